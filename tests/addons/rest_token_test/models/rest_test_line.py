from odoo import fields, models


class RestTestLine(models.Model):
    _name = "rest.test.line"
    _description = "REST Test Line"

    item_id = fields.Many2one("rest.test.item", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    amount = fields.Float()
