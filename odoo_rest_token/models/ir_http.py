import re
from copy import copy

import psycopg2

from odoo import api, models
from odoo.http import request
from odoo.sql_db import PoolError

from ..exceptions import (
    InsufficientScope,
    JsonError,
    ServiceUnavailable,
    UnauthorizedMissingToken,
)

# RFC 6750, section 2.1; RFC 9110, section 11.1: the scheme is case-insensitive
BEARER_RE = re.compile(r"^bearer +(\S+)$", re.IGNORECASE)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_rest_token(cls):
        """Authenticate a request for a route of ``auth="rest_token"``.

        :raise Unauthorized: the request has no valid token
        :raise ServiceUnavailable: the database can't tell
        """
        secret = cls._get_rest_token_secret()
        if not secret:
            raise UnauthorizedMissingToken()
        try:
            tokens = request.env["rest.token"]
            token_id, user_id, scopes = tokens._authenticate(secret)
        except (psycopg2.OperationalError, psycopg2.InterfaceError, PoolError) as error:
            raise ServiceUnavailable() from error
        request.rest_token_id = token_id
        request.rest_token_scopes = scopes
        cls._set_rest_token_user(user_id)

    @classmethod
    def _auth_method_public_or_rest_token(cls):
        """Authenticate a request that may, but need not, have a token.

        :raise Unauthorized: it has one, which is not valid
        """
        if cls._get_rest_token_secret():
            cls._auth_method_rest_token()
        else:
            cls._auth_method_public()

    @classmethod
    def _get_rest_token_secret(cls):
        """Read the token of the request.

        Never from the query string: it ends up in logs and browser histories.

        :rtype: str or None
        """
        headers = request.httprequest.headers
        # WSGI gives 'access-token' and 'access_token' the same key.
        if headers.get("access-token"):
            return headers["access-token"].strip()
        bearer = BEARER_RE.match(headers.get("Authorization", "").strip())
        return bearer and bearer.group(1)

    @classmethod
    def _set_rest_token_user(cls, user_id):
        """Have the request go on as that user, in their language and time zone.

        :param int user_id: of the token's owner
        """
        env = api.Environment(request.env.cr, user_id, {})
        context = dict(env["res.users"].context_get())
        if hasattr(request, "update_env"):
            request.update_env(user=user_id, context=context)
        else:
            request.uid = user_id
            request.context = context

    @classmethod
    def _match(cls, path_info, **kwargs):
        rule, arguments = super()._match(path_info, **kwargs)
        if "rest_token" in rule.endpoint.routing["auth"]:
            if not hasattr(rule, "rest_token_rule"):
                rule.rest_token_rule = cls._get_rest_token_rule(rule)
            rule = rule.rest_token_rule
        return rule, arguments

    @classmethod
    def _get_rest_token_rule(cls, rule):
        """Return a copy of a rule that says whether the web session is kept.

        A copy, as Odoo 15.0 finds its rules by what their routes say.

        :rtype: werkzeug.routing.Rule
        """
        rule, endpoint = copy(rule), copy(rule.endpoint)
        saves = cls._saves_rest_token_session(endpoint)
        endpoint.routing = {**endpoint.routing, "save_session": saves}
        rule.endpoint = endpoint
        return rule

    @classmethod
    def _authenticate(cls, endpoint):
        if "rest_token" not in endpoint.routing["auth"]:
            return super()._authenticate(endpoint)
        result = super()._authenticate(endpoint)
        if getattr(request, "rest_token_scopes", None):
            cls._check_rest_token_scopes(endpoint)
        return result

    @classmethod
    def _saves_rest_token_session(cls, endpoint):
        """Tell whether a route keeps the web session, for it opens one with the token.

        A route says ``rest_token_session=True`` to do so.

        :rtype: bool
        """
        return bool(endpoint.routing.get("rest_token_session"))

    @classmethod
    def _check_rest_token_scopes(cls, endpoint):
        """Check that the token of the request, which is limited, is for that route.

        A route says ``rest_token_scope="stock:read"`` to be open to limited tokens.

        :raise InsufficientScope: it is not
        """
        scope = endpoint.routing.get("rest_token_scope")
        if scope not in request.rest_token_scopes:
            raise InsufficientScope(scope)

    @classmethod
    def _handle_exception(cls, exception):
        """Up to Odoo 15.0: turn an exception into a response."""
        if isinstance(exception, JsonError):
            request._failed = exception  # roll back
            request.session.modified = False
            return exception
        return super()._handle_exception(exception)

    @classmethod
    def _handle_error(cls, exception):
        """From Odoo 16.0: turn an exception into a response."""
        if isinstance(exception, JsonError):
            return exception
        return super()._handle_error(exception)
