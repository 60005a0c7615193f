from odoo.addons.odoo_rest_token_api.restapi import Component


class PickingService(Component):
    """Transfers with their moves."""

    _name = "rest.business.picking.service"
    _inherit = "rest.record.service"
    _usage = "test-pickings"
    _description = __doc__
    _model = "stock.picking"

    def _get_declared_fields(self):
        return {
            "name": "read",
            "picking_type_id": "required",
            "location_id": "required",
            "location_dest_id": "required",
            "state": "read",
            # The latter from 16.0
            self._choose("stock.picking", "move_lines", "move_ids"): {
                # The latter from 19.0
                self._choose("stock.move", "name", "description_picking"): "write",
                "product_id": "required",
                "product_uom_qty": "write",
                "product_uom": "required",
                "location_id": "write",
                "location_dest_id": "write",
            },
        }

    def _choose(self, model, old, new):
        return old if old in self.env[model]._fields else new
