from odoo import fields, models


class RestTokenScope(models.Model):
    """What a token can be limited to."""

    _name = "rest.token.scope"
    _description = "REST Token Scope"
    _order = "name"

    name = fields.Char(required=True, readonly=True)

    _sql_constraints = [
        ("name_unique", "UNIQUE (name)", "There is a scope of that name already."),
    ]
