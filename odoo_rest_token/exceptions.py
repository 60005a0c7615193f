import json

import psycopg2
from werkzeug.exceptions import HTTPException

from odoo import _
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.sql_db import PoolError

MAX_DESCRIPTION = 2000
MAX_REPEATED = 100


class TokenLimitReached(UserError):
    """The user has as many active tokens as ``odoo_rest_token.max_active`` allows."""


class TokenIsRotated(UserError):
    """The token has been rotated already, or it is not active."""


class JsonError(HTTPException):
    """HTTP error that is answered as JSON: ``code``, ``name`` and ``description``.

    It carries its own body and headers because Odoo answers an exception that is
    raised while it routes or authenticates a request as an HTML page.

    :param str description: what went wrong, for a person
    :param int code: HTTP status; the one of the class by default
    :param headers: (name, value) pairs to add to the answer
    """

    def __init__(self, description=None, code=None, headers=()):
        super().__init__(description)
        if code:
            self.code = code
        self.headers = headers

    def get_body(self, *args, **kwargs):
        return json.dumps(self.get_values())

    def get_values(self):
        """Return what the JSON says.

        :rtype: dict
        """
        description = shorten(str(self.description or self.name), MAX_DESCRIPTION)
        return {"code": self.code, "name": self.name, "description": description}

    def get_headers(self, *args, **kwargs):
        return [
            ("Content-Type", "application/json"),
            ("Cache-Control", "no-store"),
            *self.headers,
        ]


class Unauthorized(JsonError):
    """401 with the challenge of RFC 6750, section 3.

    :param str error: error code of RFC 6750, section 3.1; none where the request
        carried no token
    """

    code = 401
    error = None

    def __init__(self, description=None):
        super().__init__(description)
        self.attributes = {}
        # The request is over by the time that headers are asked for.
        if request and request.db:
            ir_http = request.registry["ir.http"]
            self.attributes = ir_http._get_rest_challenge_attributes()

    def get_headers(self, *args, **kwargs):
        challenge = bearer_challenge(self.error, **self.attributes)
        return [
            *super().get_headers(*args, **kwargs),
            ("WWW-Authenticate", challenge),
        ]


class UnauthorizedMissingToken(Unauthorized):
    def __init__(self):
        super().__init__(
            _(
                "An access token is needed, in the header 'access-token' or as "
                "'Authorization: Bearer'."
            )
        )


class UnauthorizedInvalidToken(Unauthorized):
    error = "invalid_token"

    def __init__(self):
        super().__init__(
            _(
                "The access token is unknown, expired or revoked, or not for this "
                "address."
            )
        )


class AmbiguousCredentials(JsonError):
    """400 of RFC 6750, sections 2 and 3.1: one request has one credential."""

    code = 400

    def __init__(self):
        challenge = bearer_challenge("invalid_request")
        super().__init__(
            _("The request has two access tokens that differ: send one."),
            headers=[("WWW-Authenticate", challenge)],
        )


class InsufficientScope(JsonError):
    """403 of RFC 6750, section 3.1.

    :param str scope: name of the scope that would do, if any would
    """

    code = 403

    def __init__(self, scope=None):
        description = _("The access token is limited, and not for this.")
        if scope:
            description = _("The access token is limited, and not for %s.", scope)
        challenge = bearer_challenge("insufficient_scope", scope=scope)
        super().__init__(description, headers=[("WWW-Authenticate", challenge)])


class TooManyRequests(JsonError):
    """429 of RFC 6585, section 4.

    :param int seconds: after which there may be one more
    :param headers: (name, value) pairs that tell more of it
    """

    code = 429

    def __init__(self, seconds, headers=(), description=None):
        super().__init__(
            description or _("Too many calls: wait for %s seconds.", seconds),
            headers=[("Retry-After", str(seconds)), *headers],
        )


class ServiceUnavailable(JsonError):
    code = 503
    # Not translated: the database, which knows the translations, can't be reached.
    description = "The service is unavailable for the moment: try again later."


def is_out_of_reach(exception):
    """Tell whether an exception says that the database can't be reached.

    A connection that breaks as it is reset is an error of no class and no code.

    :rtype: bool
    """
    kinds = (psycopg2.OperationalError, psycopg2.InterfaceError, PoolError)
    is_plain = type(exception) is psycopg2.DatabaseError and not exception.pgcode
    return is_plain or isinstance(exception, kinds)


def not_allowed(description):
    """Return an access error whose words are for clients.

    Those of Odoo's own name records, rules and groups that the user can't see. It is
    of no class of its own: by their name, Odoo's web client knows what to show.

    :param str description: what the user may not do
    :rtype: AccessError
    """
    error = AccessError(description)
    error.is_for_clients = True
    return error


def shorten(text, length=MAX_REPEATED):
    """Cut what a message repeats of what a client sent.

    :param str text: of any length
    :param int length: that is kept, in characters
    :rtype: str
    """
    return text if len(text) <= length else f"{text[:length]}…"


def bearer_challenge(error=None, **attributes):
    """Value of ``WWW-Authenticate`` for the scheme Bearer (RFC 6750, section 3).

    :param str error: error code
    :param attributes: further attributes, such as ``scope``
    :rtype: str
    """
    attributes = {"realm": "Odoo", "error": error, **attributes}
    return "Bearer " + ", ".join(
        f"{name}={_quote(value)}" for name, value in attributes.items() if value
    )


def _quote(text):
    """Write a quoted string of RFC 9110, section 5.6.4."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
