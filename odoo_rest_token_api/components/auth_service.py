from werkzeug.exceptions import NotFound

from odoo import _

from odoo.addons.odoo_rest_token.exceptions import (
    JsonError,
    TokenIsRotated,
    TooManyRequests,
)
from odoo.addons.odoo_rest_token.networks import split_networks

from .. import restapi
from ..oauth import FormValidator
from ..wire import to_integer, to_iso_datetime
from .token_issuing_service import EXAMPLE_SECRET, REVOKED, CredentialsValidator


class AuthService(restapi.Component):
    """Tokens: how to get one, look at it and revoke it."""

    _name = "auth.rest.service"
    _inherit = "rest.token.issuing.service"
    _usage = "auth"
    _description = __doc__

    def _get_title(self):
        return _("your REST tokens")

    @restapi.method(
        [("/token", "GET"), ("/token", "POST")],
        input_param=CredentialsValidator("_credentials_schema"),
        output_param=restapi.CerberusAnswer("_issued_token_schema"),
        auth="public",
        errors=(409, 429),
    )
    def issue_token(self, **params):
        """Issue a token"""
        return self._issue_token(**params)

    @restapi.method(
        [("/token", "DELETE")],
        output_param=restapi.CerberusAnswer("_revoked_schema"),
        scope=None,
    )
    def revoke_token(self):
        """Revoke the token of this request"""
        return self._revoke_own_token()

    @restapi.method(
        [("/token/rotate", "POST")],
        input_param=restapi.CerberusValidator("_rotation_schema"),
        output_param=restapi.CerberusAnswer("_issued_token_schema"),
        scope=None,
        errors=(409,),
    )
    def rotate_token(self, grace_seconds):
        """Rotate the token of this request: a new secret takes its place

        What it is limited to stays, and so does when it expires.
        """
        token = self._require_token()
        wait = token.sudo()._get_wait_to_rotate()
        if wait:
            raise TooManyRequests(wait)
        try:
            return self._describe_issued(*token._rotate(grace_seconds or 0))
        except TokenIsRotated as error:
            raise JsonError(error.args[0], code=409) from error

    @restapi.method(
        [("/revoke", "POST")],
        input_param=FormValidator("_revocation_schema"),
        output_param=restapi.CerberusAnswer({}),
        auth="public",
        oauth_errors=True,
    )
    def revoke(self, token, db=None, token_type_hint=None):
        """Revoke a token whose secret one has (RFC 7009)

        The answer is the same where there is no such token, or no more.
        """
        self._check_db(db)
        self.env["rest.token"]._revoke_secret(token)
        return {}

    @restapi.method(
        [("/tokens", "GET")], output_param=restapi.CerberusAnswer("_tokens_schema")
    )
    def list_tokens(self):
        """List one's own tokens"""
        tokens = self.env["rest.token"].search([("user_id", "=", self.env.uid)])
        return {
            "count": len(tokens),
            "data": [self._token_to_json(token) for token in tokens],
        }

    @restapi.method(
        [("/tokens/<int:token_id>", "DELETE")],
        output_param=restapi.CerberusAnswer("_revoked_schema"),
    )
    def revoke_token_by_id(self, token_id):
        """Revoke one of one's own tokens"""
        token = self.env["rest.token"].search(
            [
                ("id", "=", token_id),
                ("user_id", "=", self.env.uid),
                ("state", "=", "active"),
            ]
        )
        if not token:
            raise NotFound(_("You have no active token of that id."))
        token.action_revoke()
        return REVOKED

    @restapi.method(
        [("/me", "GET")], output_param=restapi.CerberusAnswer("_me_schema"), scope=None
    )
    def me(self):
        """Tell whose token this is"""
        user = self.env.user  # in superuser mode
        # Unlike attributes, read() fetches no other columns of the tables.
        [values] = user.read(["login", "company_id", "partner_id"], load=None)
        [partner] = user.partner_id.read(["name", "lang", "tz"], load=None)
        [company] = user.company_id.read(["name"], load=None)
        return {
            "uid": user.id,
            "login": values["login"],
            "name": partner["name"],
            "company": company,
            "partner": {"id": partner["id"], "name": partner["name"]},
            "lang": partner["lang"] or None,
            "tz": partner["tz"] or None,
            "token": self._token_to_json(self.token.sudo()) if self.token else None,
        }

    def _revocation_schema(self):
        return {
            "db": self._credentials_schema()["db"],
            "token": {
                "type": "string",
                "required": True,
                "empty": False,
                "meta": {"example": EXAMPLE_SECRET},
            },
            "token_type_hint": {
                "type": "string",
                "meta": {"description": "There are access tokens alone."},
            },
        }

    def _rotation_schema(self):
        return {
            "grace_seconds": {
                "type": "integer",
                "coerce": to_integer,
                "default": 0,
                "nullable": True,
                "min": 0,
                "max": self.env["rest.token"]._get_max_grace(),
                "meta": {
                    "description": "Seconds that the present token goes on for beside "
                    "the new one."
                },
            }
        }

    def _token_to_json(self, token):
        return {
            "id": token.id,
            "name": token.name,
            "prefix": token.prefix,
            "scopes": token._get_scope_names(),
            "state": token.state,
            "created_at": to_iso_datetime(token.create_date),
            "expires_at": to_iso_datetime(token.expires_at),
            "last_used_at": to_iso_datetime(token.last_used_at),
            "last_used_address": token.last_used_address or None,
            "networks": split_networks(token.networks),
            "rotated_from": token.sudo().rotated_from_id.id or None,
        }

    def _token_schema(self):
        text = {"type": "string", "required": True}
        time = {**text, "meta": {"format": "date-time"}}
        scope = {"type": "string", "meta": {"example": "partners:read"}}
        return {
            "id": {"type": "integer", "required": True},
            "name": text,
            "prefix": {**text, "meta": {"example": "482f5b6e"}},
            "scopes": {"type": "list", "required": True, "schema": scope},
            "state": {**text, "allowed": ["active", "expired", "revoked"]},
            "created_at": time,
            "expires_at": time,
            "last_used_at": {**time, "nullable": True},
            "last_used_address": {
                **text,
                "nullable": True,
                "meta": {"example": "192.0.2.1"},
            },
            "networks": {
                "type": "list",
                "required": True,
                "schema": {"type": "string", "meta": {"example": "192.0.2.0/24"}},
            },
            "rotated_from": {
                "type": "integer",
                "required": True,
                "nullable": True,
                "meta": {"description": "Id of the token whose place it took."},
            },
        }

    def _tokens_schema(self):
        return {
            "count": {"type": "integer", "required": True},
            "data": {
                "type": "list",
                "required": True,
                "schema": {"type": "dict", "schema": self._token_schema()},
            },
        }

    def _me_schema(self):
        text = {"type": "string", "required": True}
        record = {
            "type": "dict",
            "required": True,
            "schema": {"id": {"type": "integer", "required": True}, "name": text},
        }
        return {
            "uid": {"type": "integer", "required": True},
            "login": text,
            "name": text,
            "company": record,
            "partner": record,
            "lang": {**text, "nullable": True, "meta": {"example": "en_US"}},
            "tz": {**text, "nullable": True, "meta": {"example": "Europe/Brussels"}},
            "token": {
                "type": "dict",
                "required": True,
                "nullable": True,
                "schema": self._token_schema(),
                "meta": {"description": "Missing where something else says who calls."},
            },
        }
