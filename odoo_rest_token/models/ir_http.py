from copy import copy

import psycopg2

from odoo import api, models
from odoo.http import Response, request
from odoo.sql_db import PoolError

from .. import compat
from ..exceptions import (
    AmbiguousCredentials,
    InsufficientScope,
    JsonError,
    ServiceUnavailable,
    UnauthorizedMissingToken,
    is_out_of_reach,
)
from ..identity import forget_proof
from ..principal import BearerToken, HeaderToken, Scope, takes_tokens


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    # ------------------------------------------------------------
    # Who calls
    # ------------------------------------------------------------

    @classmethod
    def _auth_method_rest_token(cls):
        """Authenticate a request for a route of ``auth="rest_token"``.

        :raise Unauthorized: the request has no valid token
        :raise AmbiguousCredentials: it has several that differ
        :raise ServiceUnavailable: the database can't tell
        """
        principal = cls._find_rest_principal()
        if not principal:
            raise UnauthorizedMissingToken()
        cls._set_rest_principal(principal)

    @classmethod
    def _auth_method_public_or_rest_token(cls):
        """Authenticate a request that may, but need not, have a token.

        :raise Unauthorized: it has one, which is not valid
        """
        principal = cls._find_rest_principal()
        if principal:
            cls._set_rest_principal(principal)
        else:
            cls._auth_method_public()

    @classmethod
    def _get_rest_authenticators(cls):
        """Return the kinds of credentials that ``auth="rest_token"`` takes.

        :rtype: list of :class:`~..principal.Authenticator`
        """
        return [HeaderToken(), BearerToken()]

    @classmethod
    def _get_rest_challenge_attributes(cls):
        """Return what a 401 says of how to get a token (RFC 6750, section 3).

        :return: attributes of the challenge ``Bearer``, beside ``realm`` and ``error``
        :rtype: dict of str
        """
        return {}

    @classmethod
    def _find_rest_principal(cls):
        """Find out who brings the credential of the request, and count it.

        :rtype: Principal, or None if it brings none
        :raise Unauthorized: it is not valid
        :raise AmbiguousCredentials: there are several that differ
        :raise TooManyRequests: there were too many calls
        :raise ServiceUnavailable: the database can't tell
        """
        brought = [
            (authenticator, authenticator.get_credential(request.httprequest))
            for authenticator in cls._get_rest_authenticators()
        ]
        brought = [(a, credential) for a, credential in brought if credential]
        try:
            compat.settle_language(request)
            compat.find_language(request.env)
            if not brought:
                return None
            if len({credential for _a, credential in brought}) > 1:
                raise AmbiguousCredentials()
            authenticator, credential = brought[0]
            principal = authenticator.authenticate(request.env, credential)
            cls._count_rest_call(principal)
        except (psycopg2.Error, PoolError) as error:
            if not is_out_of_reach(error):
                raise
            raise ServiceUnavailable() from error
        return principal._replace(source=authenticator.name)

    @classmethod
    def _count_rest_call(cls, principal):
        """Count the request, once, for whoever the principal says.

        It is before a transaction begins, if it can be, and costs none so.

        :param Principal principal: who calls
        :raise TooManyRequests: there were too many
        """
        if not hasattr(request, "rest_rate_headers"):
            # Odoo serves a request once more, where it has to wait for others.
            request.rest_rate_headers = request.env["rest.rate"]._check(principal)

    @classmethod
    def _set_rest_principal(cls, principal):
        """Have the request go on as a principal, in their language and time zone.

        :param Principal principal: ``request.rest_principal`` from now on
        """
        request.rest_principal = principal
        env = api.Environment(request.env.cr, principal.user_id, {})
        context = dict(env["res.users"].context_get())
        compat.find_language(env(context=context))
        compat.set_user(request, principal.user_id, context)

    # ------------------------------------------------------------
    # What routes say of it
    # ------------------------------------------------------------

    @classmethod
    def _match(cls, path_info, **kwargs):
        rule, arguments = super()._match(path_info, **kwargs)
        if takes_tokens(rule.endpoint.routing["auth"]):
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
    def _saves_rest_token_session(cls, endpoint):
        """Tell whether a route keeps the web session, for it opens one with the token.

        A route says ``rest_token_session=True`` to do so.

        :rtype: bool
        """
        return bool(endpoint.routing.get("rest_token_session"))

    @classmethod
    def _authenticate(cls, endpoint):
        result = super()._authenticate(endpoint)
        # What authenticated it may be of any addon.
        session_uid = request.session.uid
        if session_uid and request.env.uid not in (None, session_uid):
            forget_proof()
        if takes_tokens(endpoint.routing["auth"]):
            cls._check_rest_token_scopes(endpoint)
        return result

    @classmethod
    def _check_rest_token_scopes(cls, endpoint):
        """Check that the token of the request, if it is limited, is for that route.

        A route says ``rest_token_scope="stock:read"``, or a :class:`Scope`, to be open
        to limited tokens, and ``rest_token_scope=None`` to be open to all.

        :raise InsufficientScope: it is not
        """
        principal = getattr(request, "rest_principal", None)
        scope = endpoint.routing.get("rest_token_scope", "")
        if not principal or scope is None:
            return
        if isinstance(scope, Scope):
            name, scopes = scope.name, [scope]
        else:
            name, scopes = scope, cls._get_rest_token_scopes(scope)
        if not principal.may(*scopes):
            raise InsufficientScope(name)

    @classmethod
    def _get_rest_token_scopes(cls, name):
        """Return the scopes that a route means by a name, in the path of the request.

        :param str name: as the route says it, or None
        :rtype: list of Scope
        """
        return [Scope(name)] if name else []

    # ------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------

    if compat.DISPATCH_RETURNS_THE_ANSWER:

        @classmethod
        def _dispatch(cls, *endpoint):
            response = super()._dispatch(*endpoint)
            cls._keep_for_client(response)
            return response

    else:

        @classmethod
        def _post_dispatch(cls, response):
            cls._keep_for_client(response)
            return super()._post_dispatch(response)

    @classmethod
    def _keep_for_client(cls, response):
        """Have no cache store what a token was answered, unless the route says so.

        Caches know what the header ``Authorization`` means, but not ``access-token``.
        """
        is_answer = isinstance(response, Response)  # and no exception
        if is_answer and getattr(request, "rest_principal", None):
            response.headers.setdefault("Cache-Control", "no-store")

    # ------------------------------------------------------------
    # Errors
    # ------------------------------------------------------------

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
