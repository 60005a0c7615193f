"""What standards of OAuth 2.0 have otherwise than the rest of the API."""

from werkzeug.exceptions import BadRequest

from odoo.addons.odoo_rest_token.exceptions import JsonError

from .restapi import FORM, JSON, CerberusValidator

LATER = (429, 503)  # the same request may be answered later


class OAuthError(JsonError):
    """JSON error with the key that clients of OAuth look at: RFC 6749, section 5.2.

    Operations that are declared with ``oauth_errors=True`` answer it.

    :param JsonError error: what went wrong
    :param str error_code: of OAuth 2.0, if it is not the one of the HTTP status
    """

    def __init__(self, error, error_code=None):
        super().__init__(error.description, error.code, error.headers)
        self.error_code = error_code or get_error_code(self.code)

    def get_values(self):
        return {**super().get_values(), "error": self.error_code}


def get_error_code(status):
    """Return the error code that says the least that a status of HTTP says.

    :param int status: of HTTP
    :rtype: str
    """
    if status in LATER:
        return "temporarily_unavailable"
    return "invalid_request" if status < 500 else "server_error"


class FormValidator(CerberusValidator):
    """Parameters that come in the body, as a form or as JSON.

    Others than those of the schema are left alone (RFC 6749, section 3.2).
    """

    media_types = (JSON, FORM)

    def from_params(self, service, params):
        names = self.get_cerberus_validator(service, "input").schema
        for name in names:
            if name in service.request.httprequest.args:
                raise BadRequest(f"{name}: has to be in the body")
        return super().from_params(service, params)
