"""How Swagger UI, and whoever reads the document, gets a token by OAuth."""

from odoo.http import request

from odoo.addons.odoo_rest_token.principal import BearerToken

from .addresses import AUTHORIZE, TOKEN


class OAuthToken(BearerToken):
    """``Authorization: Bearer access_token_…``, as an application gets it for a user.

    The same header brings tokens of all origins: :class:`BearerToken` reads it.
    """

    name = "oauth2"
    header = "Authorization"

    @property
    def scheme(self):
        # Each service of a document asks for it.
        if not hasattr(request, "rest_oauth_scheme"):
            request.rest_oauth_scheme = self._make_scheme()
        return request.rest_oauth_scheme

    def _make_scheme(self):
        scopes = request.env["rest.token.scope"].sudo()._find_all()
        flow = {
            "authorizationUrl": AUTHORIZE,
            "tokenUrl": TOKEN,
            "refreshUrl": TOKEN,
            "scopes": {scope.name: scope._get_words() for scope in scopes},
        }
        return {"type": "oauth2", "flows": {"authorizationCode": flow}}

    def get_credential(self, httprequest):
        return None
