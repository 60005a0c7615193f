"""What Authlib asks of applications, codes and tokens.

Models don't answer it by themselves: their methods without an underscore are open to
RPC.
"""

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin

from odoo import fields
from odoo.exceptions import AccessDenied, ValidationError

from odoo.addons.odoo_rest_token.secret import new_digits

BEARER = "Bearer"  # RFC 6750
CODE = "authorization_code"
REFRESH = "refresh_token"
CREDENTIALS = "client_credentials"
SECRET_METHODS = ("client_secret_basic", "client_secret_post")
SECRET_START = "client_secret_"  # nosec B105 # the part that is no secret


class Client(ClientMixin):
    """An application.

    :param application: record of ``rest.oauth.application``, in superuser mode
    :param Server server: that the request is for
    """

    def __init__(self, application, server):
        self.application = application
        self._server = server

    def get_client_id(self):
        return self.application.client_id

    def get_default_redirect_uri(self):
        return None  # each request names its own

    def choose_scopes(self, text):
        """Find the scopes that a request asks for.

        :param str text: names, with spaces between them; or None
        :return: records; none where there are to be no limits
        :rtype: rest.token.scope
        :raise ValidationError: it may not ask for that
        """
        return self.application._choose_scopes(text, self._server.find_audience())

    def get_allowed_scope(self, scope):
        """Return the scopes that a request for these gets: all of them, or none.

        :rtype: str, or None where one of them is not allowed
        """
        try:
            return join_scopes(self.choose_scopes(scope))
        except ValidationError:
            return None

    def check_redirect_uri(self, redirect_uri):
        return self.application._takes_redirect(redirect_uri, self._server.issuer)

    def check_client_secret(self, client_secret):
        attempts = self._server.env["rest.login.attempts"]
        try:
            with attempts._watch(self.application.client_id, "application"):
                self.application._check_secret(client_secret)
        except AccessDenied:
            return False
        return True

    def check_endpoint_auth_method(self, method, endpoint):
        if self.application.is_confidential:
            return method in SECRET_METHODS
        return method == "none"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type in self.application._get_grant_types()


class Code(AuthorizationCodeMixin):
    """A code, whose connection is held.

    :param connection: record of ``rest.oauth.connection``, in superuser mode
    """

    code_challenge_method = "S256"

    def __init__(self, connection):
        self.connection = connection
        self.code_challenge = connection.code_challenge

    def get_redirect_uri(self):
        return self.connection.redirect_uri

    def get_scope(self):
        return join_scopes(self.connection._get_scopes())


class Token(TokenMixin):
    """What was issued to an application: a refresh token, or an access token.

    :param application: record of ``rest.oauth.application``, in superuser mode
    :param connection: record of ``rest.oauth.connection``, if it came of one
    :param token: record of ``rest.token``, where it is an access token
    :param bool is_current: whether it is the refresh token that is good now
    """

    def __init__(self, application, connection, token=None, is_current=True):
        self.application = application
        self.connection = connection
        self.token = token
        self.is_current = is_current

    def check_client(self, client):
        return client.application == self.application

    def get_client(self):
        return self.application

    def get_user(self):
        return (self.token or self.connection).user_id

    def get_scope(self):
        if self.token:
            return " ".join(self.token._get_scope_names())
        return join_scopes(self.connection._get_scopes())

    @property
    def issued_at(self):
        return self.token.create_date if self.token else self.connection.connected_at

    @property
    def expires_at(self):
        return (self.token or self.connection).expires_at

    def get_expires_in(self):
        return int((self.expires_at - fields.Datetime.now()).total_seconds())

    def is_expired(self):
        return self.get_expires_in() <= 0

    def is_revoked(self):
        if self.connection and self.connection.ended_at:
            return True
        return bool(self.token and self.token.revoked_at)

    def is_usable(self):
        """Tell whether it is good for anything.

        :rtype: bool
        """
        if not self.token:
            return self.is_current and self.connection._may_go_on()
        return self.token.state == "active" and self.token._is_held()

    def revoke(self):
        """End the connection that it came of, and all its tokens."""
        if self.token:
            self.token._revoke()
        self.connection._end("the application revoked it")


def find_token(env, secret):
    """Find what was issued to an application, good or not.

    :param odoo.api.Environment env: of the request
    :param str secret: of an access token, or a refresh token
    :rtype: Token, or None
    """
    token = env["rest.token"]._find_by_secret(secret)
    if token.oauth_application_id:
        return Token(token.oauth_application_id, token.oauth_connection_id, token)
    connection, is_current = env["rest.oauth.connection"]._match_refresh_token(secret)
    if connection:
        return Token(connection.application_id, connection, is_current=is_current)
    return None


def make_client_secret():
    """Make the secret of an application.

    :rtype: str
    """
    return SECRET_START + new_digits()


def join_scopes(scopes):
    """Write scopes as OAuth does (RFC 6749, section 3.3).

    :param scopes: records of ``rest.token.scope``
    :rtype: str
    """
    return " ".join(sorted(scopes.mapped("name")))
