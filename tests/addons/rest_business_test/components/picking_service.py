from odoo.addons.odoo_rest_token_api.restapi import Component


class PickingService(Component):
    """Transfers with their moves."""

    _name = "rest.business.picking.service"
    _inherit = "rest.record.service"
    _usage = "test-pickings"
    _description = __doc__
    _model = "stock.picking"
    _moves = {
        "name": "required",
        "product_id": "required",
        "product_uom_qty": "write",
        "product_uom": "required",
        "location_id": "write",
        "location_dest_id": "write",
    }

    def _get_declared_fields(self):
        known = self.env["stock.picking"]._fields
        return {
            "name": "read",
            "picking_type_id": "required",
            "location_id": "required",
            "location_dest_id": "required",
            "state": "read",
            # The latter from 16.0
            "move_lines" if "move_lines" in known else "move_ids": self._moves,
        }
