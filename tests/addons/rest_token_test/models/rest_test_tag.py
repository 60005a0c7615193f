from odoo import fields, models


class RestTestTag(models.Model):
    _name = "rest.test.tag"
    _description = "REST Test Tag"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
