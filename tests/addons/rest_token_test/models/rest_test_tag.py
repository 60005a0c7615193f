from odoo import fields, models


class RestTestTag(models.Model):
    _name = "rest.test.tag"
    _description = "REST Test Tag"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
