from datetime import timedelta

from werkzeug.exceptions import BadRequest

from odoo import _, fields
from odoo.exceptions import AccessDenied, ValidationError

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import (
    JsonError,
    TokenLimitReached,
    Unauthorized,
)

from ..errors import InvalidParameter
from ..limits import MAX_PASSWORD
from ..restapi import FORM, JSON, AbstractComponent, CerberusValidator
from ..wire import to_integer, to_iso_datetime, to_line

EXAMPLE_SECRET = f"access_token_{'482f5b6e' * 5}"
REVOKED = {
    "count": 1,
    "data": [{"desc": "access token successfully deleted", "delete": True}],
}


class CredentialsValidator(CerberusValidator):
    """Parameters of a login, as JSON or as a form. HTTP Basic may bring them, too
    (RFC 7617).
    """

    security_schemes = {"basic": {"type": "http", "scheme": "basic"}}
    media_types = (JSON, FORM)

    def from_params(self, service, params):
        try:
            basic = service.request.httprequest.authorization
        except ValueError as error:
            raise BadRequest("The header Authorization can't be read.") from error
        if isinstance(params, dict) and basic and basic.type == "basic":
            params = {"login": basic.username, "password": basic.password, **params}
        return super().from_params(service, params)

    def to_openapi_query_parameters(self, service, spec):
        parameters = super().to_openapi_query_parameters(service, spec)
        return [{**parameter, "required": False} for parameter in parameters]

    def to_openapi_requestbody(self, service, spec):
        body = super().to_openapi_requestbody(service, spec)
        text = "It may be left out where HTTP Basic brings login and password."
        return {**body, "required": False, "description": text}


class TokenIssuingService(AbstractComponent):
    """Base of the services that issue a token for a login and password."""

    _name = "rest.token.issuing.service"
    _inherit = "rest.token.service"

    def _credentials_schema(self):
        """Return the Cerberus schema of what a request for a token may say.

        :rtype: dict
        """
        longest = self.env["rest.token"]._get_max_lifetime().days
        return {
            "db": {
                "type": "string",
                "meta": {"description": "Has to be the database that answers."},
            },
            "login": {
                "type": "string",
                "required": True,
                "empty": False,
                "coerce": to_line,  # Odoo writes it to its log
            },
            "password": {
                "type": "string",
                "required": True,
                "empty": False,
                "maxlength": MAX_PASSWORD,
            },
            "name": {
                "type": "string",
                "maxlength": 128,
                "meta": {"description": "Which program will use the token."},
            },
            "lifetime_days": {
                "type": "integer",
                "coerce": to_integer,
                "min": 1,
                "max": longest,
                "meta": {"description": "Days until the token expires."},
            },
            "scope": {
                "type": "string",
                "meta": {
                    "description": "Scopes that the token is limited to, with spaces "
                    "between them."
                },
            },
        }

    def _issued_token_schema(self):
        """Return the Cerberus schema of the answer to it.

        :rtype: dict
        """
        return {
            "uid": {"type": "integer", "required": True},
            "company_id": {"type": "integer", "required": True},
            "partner_id": {"type": "integer", "required": True},
            "access_token": {
                "type": "string",
                "required": True,
                "meta": {"example": EXAMPLE_SECRET},
            },
            "expires_at": {
                "type": "string",
                "required": True,
                "meta": {"format": "date-time"},
            },
            "scope": {
                "type": "string",
                "meta": {
                    "description": "Scopes that the token is limited to, if it is.",
                    "example": "partners:read",
                },
            },
            "token_type": {"type": "string", "required": True, "allowed": ["Bearer"]},
            "expires_in": {
                "type": "integer",
                "required": True,
                "meta": {"description": "Seconds until it expires."},
            },
        }

    def _revoked_schema(self):
        answer = {
            "desc": {
                "type": "string",
                "required": True,
                "meta": {"example": REVOKED["data"][0]["desc"]},
            },
            "delete": {"type": "boolean", "required": True},
        }
        return {
            "count": {"type": "integer", "required": True},
            "data": {
                "type": "list",
                "required": True,
                "schema": {"type": "dict", "schema": answer},
            },
        }

    def _issue_token(self, db=None, login=None, password=None, **options):
        """Issue a token to whom the credentials belong.

        :param str db: has to be the database that answers, if given
        :param dict options: ``name``, ``lifetime_days``, ``scope``
        :return: what the client is told, the secret among it
        :rtype: dict
        """
        self._check_db(db)
        user = self._login(login, password)
        return self._describe_issued(*self._issue_for(user, **options))

    def _describe_issued(self, token, secret):
        """Return what a client is told of a token that was issued.

        :param token: record of ``rest.token``, in superuser mode
        :rtype: dict
        """
        user = token.user_id
        answer = {
            "uid": user.id,
            "company_id": user.company_id.id,
            "partner_id": user.partner_id.id,
            "access_token": secret,
            "expires_at": to_iso_datetime(token.expires_at),
        }
        scopes = token._get_scope_names()
        if scopes:
            answer["scope"] = " ".join(scopes)
        lifetime = token.expires_at - fields.Datetime.now()
        answer["token_type"] = "Bearer"  # nosec B105 # RFC 6749, section 5.1
        answer["expires_in"] = int(lifetime.total_seconds())
        return answer

    def _check_db(self, db):
        """Check that a request is for this database, if it names one.

        :param str db: name of the database, or ``None``
        :raise JsonError: 400, as it is for another one
        """
        if db and db != self.env.cr.dbname:
            raise JsonError("db: no such database is served here", code=400)

    def _login(self, login, password):
        """Check credentials by Odoo's own rules, its cooldown included.

        :rtype: res.users, in superuser mode
        :raise TooManyRequests: they were wrong too often
        :raise Unauthorized: they are wrong, or there were too many from this address
        :raise JsonError: 403, as two-factor authentication asks for more
        """
        users = self.env["res.users"]
        try:
            with self.env["rest.login.attempts"]._watch(login):
                user_id = compat.authenticate(users, login, password)
        except AccessDenied as error:
            raise Unauthorized(str(error)) from error
        user = users.sudo().browse(user_id)
        if user._mfa_url():
            raise JsonError(
                _(
                    "This user has two-factor authentication: a token can be issued "
                    "in the backend only."
                ),
                code=403,
            )
        return user

    def _issue_for(self, user, name=None, lifetime_days=None, scope=None):
        """Issue a token to a user who has logged in.

        :param user: record of ``res.users``
        :param str name: what the token is for
        :param int lifetime_days: days until it expires; the default if not given
        :param str scope: names of scopes, with spaces between them; the token is
            without limits if it is not given
        :return: the token, in superuser mode, and its secret
        :rtype: (rest.token, str)
        :raise InvalidParameter: there is no such scope, or none is named
        :raise JsonError: 409, as the user has as many tokens as allowed, and none that
            was issued over HTTP
        """
        tokens = self.env["rest.token"].with_user(user)
        scopes = self.env["rest.token.scope"]
        try:
            scopes = scopes if scope is None else scopes._parse(scope, self._collection)
        except ValidationError as error:
            raise InvalidParameter("scope", error.args[0]) from error
        expires_at = None
        if lifetime_days:
            expires_at = fields.Datetime.now() + timedelta(days=lifetime_days)
        try:
            return tokens._issue(user, name or "API", expires_at, scopes, "http")
        except TokenLimitReached as error:
            raise JsonError(error.args[0], code=409) from error

    def _revoke_own_token(self):
        """Revoke the token of the request.

        :return: what existing clients of this API expect
        :rtype: dict
        :raise JsonError: 403, as there is none
        """
        self._require_token().action_revoke()
        return REVOKED
