from odoo import fields, models


class RestOauthSecret(models.AbstractModel):
    """Dialog that shows a secret: abstract, so that no table ever holds it."""

    _name = "rest.oauth.secret"
    _description = "Secret of an OAuth Application"

    # The web client reads the secret by an onchange, which needs an id.
    id = fields.Id()
    client_id = fields.Char(string="Client ID", readonly=True)
    secret = fields.Char(string="Client Secret", readonly=True)
