from odoo import models

from ..authenticator import OAuthToken


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_rest_authenticators(cls):
        return [*super()._get_rest_authenticators(), OAuthToken()]
