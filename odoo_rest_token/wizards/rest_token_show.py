from odoo import fields, models


class RestTokenShow(models.AbstractModel):
    """Dialog that shows a secret: abstract, so that no table ever holds it."""

    _name = "rest.token.show"
    _description = "REST Token Issued"

    # The web client reads the secret by an onchange, which needs an id.
    id = fields.Id()
    secret = fields.Char(string="Access Token", readonly=True)
