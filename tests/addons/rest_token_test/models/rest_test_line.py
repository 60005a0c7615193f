from odoo import api, fields, models


class RestTestLine(models.Model):
    _name = "rest.test.line"
    _description = "REST Test Line"
    _order = "name, id"

    item_id = fields.Many2one("rest.test.item", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    amount = fields.Float()

    @api.onchange("name")
    def _onchange_name(self):
        self.amount = len(self.name or "") + (100 if self.item_id.urgent else 0)
