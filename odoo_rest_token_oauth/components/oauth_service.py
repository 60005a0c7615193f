from odoo import _
from odoo.http import Response

from odoo.addons.odoo_rest_token_api import restapi
from odoo.addons.odoo_rest_token_api.oauth import FormValidator

from ..endpoints import IntrospectionEndpoint, RevocationEndpoint
from ..server import Server

EXAMPLE_SECRET = f"access_token_{'482f5b6e' * 5}"


def check_line(field, value, error):
    """Check that a text is one of one line, of characters that can be seen."""
    if not value.isprintable():
        error(field, "must be one line of printable text")


class OAuthAnswer(restapi.CerberusAnswer):
    """Schema of what is answered where it is done: errors are answers, too."""

    def to_response(self, service, result):
        if isinstance(result, Response):
            return result
        return super().to_response(service, result)


class OAuthService(restapi.Component):
    """Where applications get tokens by OAuth 2.0, and give them back."""

    _name = "oauth.rest.service"
    _inherit = "rest.token.service"
    _usage = "oauth"
    _description = __doc__

    def _make_server(self, params):
        lists = {name: [value] for name, value in params.items() if value is not None}
        return Server(self.env, self.request.httprequest, lists)

    @restapi.method(
        [("/token", "POST")],
        input_param=FormValidator("_token_request_schema"),
        output_param=OAuthAnswer("_token_schema"),
        auth="public",
        errors=(401, 429),
        oauth_errors=True,
    )
    def token(self, **params):
        """Get a token for a code, for a refresh token, or by itself (RFC 6749)

        Applications that keep a secret send it by HTTP Basic, or in the body.
        """
        return self._make_server(params).answer()

    @restapi.method(
        [("/revoke", "POST")],
        input_param=FormValidator("_issued_schema"),
        output_param=OAuthAnswer({}),
        auth="public",
        errors=(401, 429),
        oauth_errors=True,
    )
    def revoke(self, **params):
        """Give a token back: what it came of ends (RFC 7009)"""
        return self._make_server(params).answer(RevocationEndpoint)

    @restapi.method(
        [("/introspect", "POST")],
        input_param=FormValidator("_issued_schema"),
        output_param=OAuthAnswer("_introspection_schema"),
        auth="public",
        errors=(401, 429),
        oauth_errors=True,
    )
    def introspect(self, **params):
        """Ask about a token of one's own (RFC 7662)"""
        return self._make_server(params).answer(IntrospectionEndpoint)

    @restapi.method(
        [("/register", "POST")],
        input_param=FormValidator("_registration_schema"),
        output_param=OAuthAnswer("_registered_schema"),
        auth="public",
        oauth_errors=True,
    )
    def register(self, **params):
        """Register an application (RFC 7591)"""
        return Server(self.env, self.request.httprequest).register(params)

    def _is_served(self, name):
        if name == "register":
            return self.env["rest.oauth.application"]._is_registration_open()
        return super()._is_served(name)

    def _get_title(self):
        return _("connected applications")

    def _credentials_of_client_schema(self):
        text = {"type": "string"}
        return {"client_id": text, "client_secret": text, "db": text}

    def _token_request_schema(self):
        text = {"type": "string"}
        return {
            "grant_type": {
                **text,
                "required": True,
                "meta": {"example": "authorization_code"},
            },
            **self._credentials_of_client_schema(),
            "code": text,
            "redirect_uri": text,
            "code_verifier": text,
            "refresh_token": text,
            "scope": {**text, "meta": {"example": "partners:read"}},
            "resource": text,
        }

    def _token_schema(self):
        text = {"type": "string", "required": True}
        return {
            "access_token": {**text, "meta": {"example": EXAMPLE_SECRET}},
            "token_type": {**text, "allowed": ["Bearer"]},
            "expires_in": {"type": "integer", "required": True},
            "refresh_token": {"type": "string"},
            "scope": {"type": "string", "meta": {"example": "partners:read"}},
        }

    def _issued_schema(self):
        token = {"type": "string", "required": True, "empty": False}
        return {
            "token": {**token, "meta": {"example": EXAMPLE_SECRET}},
            "token_type_hint": {"type": "string"},
            **self._credentials_of_client_schema(),
        }

    def _introspection_schema(self):
        text, number = {"type": "string"}, {"type": "integer"}
        return {
            "active": {"type": "boolean", "required": True},
            "client_id": text,
            "scope": text,
            "sub": text,
            "username": text,
            "token_type": text,
            "iss": text,
            "aud": text,
            "iat": number,
            "exp": number,
        }

    def _registration_schema(self):
        text = {"type": "string"}
        texts = {"type": "list", "schema": text, "maxlength": 20}
        return {
            "client_name": {**text, "maxlength": 100, "check_with": check_line},
            "redirect_uris": {**texts, "required": True, "minlength": 1},
            "token_endpoint_auth_method": text,
            "grant_types": texts,
            "response_types": texts,
            "scope": {**text, "maxlength": 4000},
        }

    def _registered_schema(self):
        return {
            **self._registration_schema(),
            "client_id": {"type": "string", "required": True},
            "client_secret": {"type": "string"},
            "client_id_issued_at": {"type": "integer"},
            "client_secret_expires_at": {"type": "integer"},
        }
