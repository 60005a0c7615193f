"""What standards of OAuth 2.0 have otherwise than the rest of the API."""

from werkzeug.exceptions import BadRequest

from odoo.addons.odoo_rest_token.exceptions import JsonError

from .restapi import CerberusValidator

ERRORS = {
    400: "invalid_request",
    413: "invalid_request",
    503: "temporarily_unavailable",
}


class OAuthError(JsonError):
    """JSON error with the key that clients of OAuth look at: RFC 6749, section 5.2.

    Operations that are declared with ``oauth_errors=True`` answer it.

    :param JsonError error: what went wrong
    """

    def __init__(self, error):
        super().__init__(error.description, error.code, error.headers)

    def get_values(self):
        return {**super().get_values(), "error": ERRORS.get(self.code, "server_error")}


class FormValidator(CerberusValidator):
    """Parameters that come in the body, as a form or as JSON.

    Others than those of the schema are left alone (RFC 6749, section 3.2).
    """

    def from_params(self, service, params):
        names = self.get_cerberus_validator(service, "input").schema
        for name in names:
            if name in service.request.httprequest.args:
                raise BadRequest(f"{name}: has to be in the body")
        return super().from_params(service, params)

    def to_openapi_requestbody(self, service, spec):
        body = super().to_openapi_requestbody(service, spec)
        (described,) = body["content"].values()
        kinds = ("application/x-www-form-urlencoded", "application/json")
        return {**body, "content": {kind: dict(described) for kind in kinds}}
