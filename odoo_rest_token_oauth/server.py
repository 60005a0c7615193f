"""Authlib's authorization server, for one request to Odoo."""

import json
import logging
import re
from urllib.parse import urlsplit

from authlib.oauth2 import OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidClientError,
    InvalidRequestError,
    JsonRequest,
    OAuth2Payload,
)
from authlib.oauth2.rfc6749.requests import JsonPayload
from authlib.oauth2.rfc9207 import IssuerParameter

from odoo.http import Response

from odoo.addons.odoo_rest_token.exceptions import JsonError
from odoo.addons.odoo_rest_token.log import RedactSecrets
from odoo.addons.odoo_rest_token_api.oauth import OAuthError

from .adapters import Client
from .addresses import find_audience, get_issuer
from .endpoints import ClientRegistrationEndpoint
from .errors import InvalidTargetError
from .grants import (
    AuthorizationCodeGrant,
    ClientCredentialsGrant,
    CodeChallenge,
    RefreshTokenGrant,
)

# What is read of a request. Others are ignored (RFC 6749, sections 3.1 and 3.2).
PARAMETERS = {
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "grant_type",
    "redirect_uri",
    "refresh_token",
    "resource",
    "response_type",
    "scope",
    "token",
    "token_type_hint",
}
STATE = "state"  # the application's own: it goes back as it came
# RFC 6749, appendix A, and what its errors may repeat (section 5.2)
VALUE_RE = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]*")
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
# They write what they issue to the log, at its finest level.
LOGGERS = ("authorization_code", "refresh_token", "client_credentials")

for name in LOGGERS:
    logger = logging.getLogger(f"authlib.oauth2.rfc6749.grants.{name}")
    logger.addFilter(RedactSecrets())


class Payload(OAuth2Payload):
    """What a request says.

    :param dict lists: the values of each parameter
    """

    def __init__(self, lists):
        self.datalist = lists
        self.data = {name: values[0] for name, values in lists.items() if values}

    data = None
    datalist = None


class Request(OAuth2Request):
    """A request, in Authlib's terms.

    :param werkzeug.wrappers.Request httprequest: the same, in Odoo's
    :param dict lists: the values of each parameter
    """

    def __init__(self, httprequest, lists):
        # Whether the transport is secure is known to the proxy, and not to Odoo.
        uri = urlsplit(httprequest.base_url)._replace(scheme="https").geturl()
        super().__init__(httprequest.method, uri, headers=httprequest.headers)
        self.payload = Payload(lists)

    @property
    def form(self):
        return self.payload.data

    @property
    def args(self):
        return self.payload.data


class Issuer(IssuerParameter):
    """``iss`` in each answer that a browser takes to an application (RFC 9207)."""

    def __init__(self, server):
        self._server = server

    def get_issuer(self):
        return self._server.issuer


class Server(AuthorizationServer):
    """The authorization server of a database.

    :param odoo.api.Environment env: of the request
    :param werkzeug.wrappers.Request httprequest: the request
    :param dict lists: the values of each of its parameters
    """

    def __init__(self, env, httprequest, lists=None):
        super().__init__()
        self.env = env
        self.issuer = get_issuer(httprequest)
        self._httprequest = httprequest
        known = {*PARAMETERS, STATE}
        self._lists = {
            name: values for name, values in (lists or {}).items() if name in known
        }
        self.register_grant(AuthorizationCodeGrant, [CodeChallenge()])
        self.register_grant(RefreshTokenGrant)
        self.register_grant(ClientCredentialsGrant)
        self._issuer_parameter = Issuer(self)
        self.register_hook(
            "after_create_authorization_response",
            self._issuer_parameter.add_issuer_parameter,
        )

    def authenticate_client(self, request, methods, endpoint="token"):
        try:
            return super().authenticate_client(request, methods, endpoint)
        except ValueError as error:  # of what is no Base64, or no text
            raise InvalidClientError(status_code=401) from error

    def find_audience(self):
        """Find whose scopes the request means.

        :rtype: str
        :raise InvalidTargetError: it is for a resource that is not served here
        """
        resources = self._lists.get("resource") or [None]
        audiences = {find_audience(self.env, self.issuer, each) for each in resources}
        if None in audiences or len(audiences) > 1:
            raise InvalidTargetError()
        return audiences.pop()

    def check_values(self):
        """Check that the request has nothing that no parameter has.

        :raise InvalidRequestError: it has
        """
        for name in PARAMETERS.intersection(self._lists):
            values = self._lists[name]
            if not all(isinstance(v, str) and VALUE_RE.fullmatch(v) for v in values):
                raise InvalidRequestError("A parameter has characters that none has.")

    def takes_redirect(self):
        """Tell whether what the request names is a redirect URI of its application.

        Authlib has looked at it before, or has forgotten to.

        :rtype: bool
        """
        payload = Payload(self._lists)
        client = self.query_client(payload.client_id or "")
        return bool(client and client.check_redirect_uri(payload.redirect_uri))

    def answer_refusal(self, error):
        """Send a browser back to an application whose request is refused.

        :param OAuth2Error error: with a redirect URI that is the application's
        :rtype: odoo.http.Response
        """
        response = self.handle_error_response(None, error)
        self._issuer_parameter.add_issuer_parameter(self, response)
        response.status_code = 303
        return response

    def answer(self, endpoint=None):
        """Answer what an application asks by itself, for a token if not told otherwise.

        :param endpoint: class of Authlib's endpoint
        :rtype: odoo.http.Response
        """
        try:
            self.check_values()
            self.find_audience()
        except OAuth2Error as error:
            return self.handle_error_response(None, error)
        if not endpoint:
            return self.create_token_response()
        self.register_endpoint(endpoint)
        return self.create_endpoint_response(endpoint.ENDPOINT_NAME)

    def register(self, metadata):
        """Answer an application that registers itself.

        :param dict metadata: what it says of itself
        :rtype: odoo.http.Response
        """
        self._metadata = metadata
        self.register_endpoint(ClientRegistrationEndpoint)
        return self.create_endpoint_response(ClientRegistrationEndpoint.ENDPOINT_NAME)

    def query_client(self, client_id):
        applications = self.env["rest.oauth.application"]
        if not VALUE_RE.fullmatch(client_id):
            return None
        application = applications._find(client_id)
        if not application:
            return None
        return Client(application, self)

    def save_token(self, token, request):
        """Do nothing: a token is there once its secret is."""

    def send_signal(self, name, *args, **kwargs):
        """Do nothing: nobody listens."""

    def create_oauth2_request(self, request):
        return Request(self._httprequest, self._lists)

    def create_json_request(self, request):
        request = JsonRequest(
            self._httprequest.method, "", headers=self._httprequest.headers
        )
        request.payload = RegistrationPayload(self._metadata)
        return request

    def handle_response(self, status, body, headers):
        """Make the answer.

        Errors are answers, and not raised: what a replay has ended stays ended.

        :rtype: odoo.http.Response
        """
        if isinstance(body, dict) and "error" in body:
            body = describe_error(status, body)
        text = json.dumps(body) if isinstance(body, dict) else body
        response = Response(text, status=status, headers={**dict(headers), **NO_STORE})
        response.autocorrect_location_header = False
        return response


class RegistrationPayload(JsonPayload):
    """What an application says of itself."""

    def __init__(self, data):
        self.data = data

    data = None


def describe_error(status, body):
    """Say an error in the shape that all errors of the API have.

    :param int status: of HTTP
    :param dict body: as Authlib says it
    :rtype: dict
    """
    error = JsonError(body.get("error_description"), status)
    return {**body, **OAuthError(error, body["error"]).get_values()}
