from odoo import fields, models


class RestTokenShow(models.AbstractModel):
    """Dialog that shows a secret: abstract, so that no table ever holds it."""

    _name = "rest.token.show"
    _description = "REST Token Issued"

    secret = fields.Char(readonly=True)
