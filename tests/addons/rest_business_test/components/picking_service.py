from odoo.addons.odoo_rest_token_api.restapi import Component


class PickingService(Component):
    """Transfers with their moves."""

    _name = "rest.business.picking.service"
    _inherit = "rest.record.service"
    _usage = "test-pickings"
    _description = __doc__
    _model = "stock.picking"
    _fields = {
        "name": "read",
        "picking_type_id": "required",
        "location_id": "required",
        "location_dest_id": "required",
        "state": "read",
        "move_lines": {
            "name": "required",
            "product_id": "required",
            "product_uom_qty": "write",
            "product_uom": "required",
            "location_id": "write",
            "location_dest_id": "write",
        },
    }
