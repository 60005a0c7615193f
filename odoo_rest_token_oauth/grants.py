"""The ways to a token, each a grant of Authlib's."""

from authlib.oauth2.rfc6749 import (
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    UnauthorizedClientError,
    grants,
)
from authlib.oauth2.rfc7636 import CodeChallenge as BaseCodeChallenge

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from odoo.addons.odoo_rest_token.exceptions import TokenLimitReached

from .adapters import BEARER, SECRET_METHODS, Code, Token
from .errors import UnavailableError
from .redirects import MAX_URI


class CodeChallenge(BaseCodeChallenge):
    """PKCE (RFC 7636), of everybody, and by SHA-256 alone (RFC 9700, section 2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant, redirect_uri):
        result = super().validate_code_challenge(grant, redirect_uri)
        data = grant.request.payload.data
        if not data.get("code_challenge"):
            raise InvalidRequestError("Missing 'code_challenge'")
        if data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("The 'code_challenge_method' has to be S256")
        return result


class GrantMixin:
    """What all grants do in Odoo."""

    def validate_requested_scope(self):
        self.server.find_audience()
        client, scope = self.request.client, self.request.payload.scope
        if client.get_allowed_scope(scope) is None:
            raise InvalidScopeError()

    def generate_token(self, user=None, scope=None, **options):
        try:
            # Errors are answers, which are committed: they leave nothing half done.
            with self.server.env.cr.savepoint():
                return self.issue(scope)
        except TokenLimitReached as error:
            raise UnavailableError() from error
        except UserError as error:
            raise InvalidGrantError() from error

    def issue(self, scope):
        """Issue what the request is for.

        :param str scope: names of scopes, with spaces between them
        :return: what the client is told of it (RFC 6749, section 5.1)
        :rtype: dict
        """
        raise NotImplementedError()

    def describe(self, token, secret, refresh_token=None):
        """Return what the client is told of a token.

        :param token: record of ``rest.token``, in superuser mode
        :rtype: dict
        """
        lifetime = token.expires_at - fields.Datetime.now()
        answer = {
            "access_token": secret,
            "token_type": BEARER,
            "expires_in": int(lifetime.total_seconds()),
        }
        if refresh_token:
            answer["refresh_token"] = refresh_token
        scopes = token._get_scope_names()
        if scopes:
            answer["scope"] = " ".join(scopes)
        return answer


class AuthorizationCodeGrant(GrantMixin, grants.AuthorizationCodeGrant):
    """A code, for which a user was asked (RFC 6749, section 4.1)."""

    TOKEN_ENDPOINT_AUTH_METHODS = [*SECRET_METHODS, "none"]

    @staticmethod
    def validate_authorization_redirect_uri(request, client):
        uri = request.payload.redirect_uri
        if not uri:
            raise InvalidRequestError("Missing 'redirect_uri' in request.")
        if len(uri) > MAX_URI or not client.check_redirect_uri(uri):
            raise InvalidRequestError("The 'redirect_uri' is not registered.")
        if not client.check_grant_type(AuthorizationCodeGrant.GRANT_TYPE):
            raise UnauthorizedClientError("The application asks nobody.")
        return uri

    def choose_scopes(self):
        """Return what the user is asked for.

        :return: none for no limits
        :rtype: rest.token.scope
        """
        try:
            return self.request.client.choose_scopes(self.request.payload.scope)
        except ValidationError as error:
            raise InvalidScopeError() from error

    def generate_authorization_code(self):
        connections = self.server.env["rest.oauth.connection"]
        return connections._allow(
            self.request.client.application,
            self.request.user,
            self.choose_scopes(),
            self.request.payload.redirect_uri,
            self.request.payload.data["code_challenge"],
        )

    def save_authorization_code(self, code, request):
        """Do nothing: it is saved once it is there."""

    def query_authorization_code(self, code, client):
        connection = self.server.env["rest.oauth.connection"]._find_by_code(code)
        if connection.application_id != client.application:
            return None
        return Code(connection)

    def authenticate_user(self, authorization_code):
        connection = authorization_code.connection
        return connection._may_go_on() and connection.user_id

    def issue(self, scope):
        connection = self.request.authorization_code.connection
        return self.describe(*connection._connect())

    def delete_authorization_code(self, authorization_code):
        """Do nothing: it is used, and stays known for having been."""


class RefreshTokenGrant(GrantMixin, grants.RefreshTokenGrant):
    """The next token, for which nobody is asked (RFC 6749, section 6)."""

    TOKEN_ENDPOINT_AUTH_METHODS = [*SECRET_METHODS, "none"]
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token):
        connections = self.server.env["rest.oauth.connection"]
        connection = connections._find_by_refresh_token(refresh_token)
        return Token(connection.application_id, connection) if connection else None

    def authenticate_user(self, refresh_token):
        if not refresh_token.connection._may_go_on():
            raise InvalidGrantError()
        return refresh_token.connection.user_id

    def issue(self, scope):
        connection = self.request.refresh_token.connection
        names = set((scope or "").split())
        scopes = connection._get_scopes().filtered(lambda each: each.name in names)
        if connection.is_limited and not scopes:
            raise InvalidScopeError()  # blanks, say, name none
        return self.describe(*connection._refresh(scopes))

    def revoke_old_credential(self, refresh_token):
        """Do nothing: the next one is good in its place."""


class ClientCredentialsGrant(GrantMixin, grants.ClientCredentialsGrant):
    """A token for the user that an application acts as (RFC 6749, section 4.4)."""

    TOKEN_ENDPOINT_AUTH_METHODS = [*SECRET_METHODS]

    def issue(self, scope):
        client = self.request.client
        scopes = client.choose_scopes(scope)
        token, secret = self.server.env["rest.token"]._issue_for_application(
            client.application, client.application.user_id, scopes
        )
        return self.describe(token, secret)
