from odoo.addons.odoo_rest_token_api.restapi import Component


class OrderService(Component):
    """Orders of customers with their lines."""

    _name = "rest.business.order.service"
    _inherit = "rest.record.service"
    _usage = "test-orders"
    _description = __doc__
    _model = "sale.order"

    def _get_declared_fields(self):
        known = self.env["sale.order.line"]._fields
        return {
            "name": "read",
            "partner_id": "required",
            "state": "read",
            "order_line": {
                "product_id": "required",
                "product_uom_qty": "write",
                "price_unit": "write",
                # The latter from 19.0
                "tax_id" if "tax_id" in known else "tax_ids": "write",
            },
            "amount_total": "read",
        }
