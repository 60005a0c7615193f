from odoo import models
from odoo.http import request

from ..addresses import get_resource_metadata
from ..authenticator import OAuthToken


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_rest_authenticators(cls):
        return [*super()._get_rest_authenticators(), OAuthToken()]

    @classmethod
    def _get_rest_challenge_attributes(cls):
        attributes = super()._get_rest_challenge_attributes()
        roots = request.registry.rest_operations.roots
        address = get_resource_metadata(request.httprequest, roots)
        return {**attributes, "resource_metadata": address}
