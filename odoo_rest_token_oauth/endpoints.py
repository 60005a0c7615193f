"""What applications do beside getting tokens, each an endpoint of Authlib's."""

from calendar import timegm

from authlib.oauth2.rfc7009 import RevocationEndpoint as BaseRevocationEndpoint
from authlib.oauth2.rfc7591 import (
    ClientMetadataClaims as BaseClientMetadataClaims,
)
from authlib.oauth2.rfc7591 import (
    ClientRegistrationEndpoint as BaseClientRegistrationEndpoint,
)
from authlib.oauth2.rfc7591 import InvalidRedirectURIError
from authlib.oauth2.rfc7662 import IntrospectionEndpoint as BaseIntrospectionEndpoint

from .adapters import (
    BEARER,
    CODE,
    REFRESH,
    SECRET_METHODS,
    find_token,
    make_client_secret,
)
from .errors import TooManyApplicationsError
from .metadata import describe_server
from .redirects import find_fault


class RevocationEndpoint(BaseRevocationEndpoint):
    """An application gives a token back (RFC 7009): its connection ends with it."""

    CLIENT_AUTH_METHODS = [*SECRET_METHODS, "none"]

    def check_params(self, request, client):
        # RFC 7009, section 2.1: a hint is none that has to be understood.
        request.payload.data.pop("token_type_hint", None)
        return super().check_params(request, client)

    def query_token(self, token_string, token_type_hint):
        return find_token(self.server.env, token_string)

    def revoke_token(self, token, request):
        token.revoke()


class IntrospectionEndpoint(BaseIntrospectionEndpoint):
    """An application asks about a token of its own (RFC 7662)."""

    CLIENT_AUTH_METHODS = [*SECRET_METHODS]

    def check_params(self, request, client):
        request.payload.data.pop("token_type_hint", None)
        return super().check_params(request, client)

    def query_token(self, token_string, token_type_hint):
        return find_token(self.server.env, token_string)

    def check_permission(self, token, client, request):
        return token.check_client(client) and token.is_usable()

    def introspect_token(self, token):
        user = token.get_user()
        described = {
            "active": True,
            "client_id": token.get_client().client_id,
            "sub": str(user.id),
            "username": user.login,
            "iss": self.server.issuer,
            "aud": self.server.issuer,
            "iat": timegm(token.issued_at.timetuple()),
            "exp": timegm(token.expires_at.timetuple()),
        }
        scope = token.get_scope()
        if scope:
            described["scope"] = scope
        if token.token:
            described["token_type"] = BEARER
        return described


class ClientMetadataClaims(BaseClientMetadataClaims):
    """What is kept of what an application says of itself: nothing is fetched."""

    REGISTERED_CLAIMS = [
        "client_name",
        "redirect_uris",
        "token_endpoint_auth_method",
        "grant_types",
        "response_types",
        "scope",
    ]

    def validate_redirect_uris(self):
        uris = self.get("redirect_uris")
        if not uris or any(uri.startswith("/") or find_fault(uri) for uri in uris):
            raise InvalidRedirectURIError("There is a redirect URI that can't be used.")


class ClientRegistrationEndpoint(BaseClientRegistrationEndpoint):
    """An application registers itself (RFC 7591), where an administrator lets it."""

    def __init__(self, server):
        super().__init__(server, [ClientMetadataClaims])

    def authenticate_token(self, request):
        return True  # whether it is open is known by now

    def get_server_metadata(self):
        metadata = describe_server(self.server.env, self.server.issuer)
        return {**metadata, "grant_types_supported": [CODE, REFRESH]}

    def generate_client_id(self, request):
        return self.server.env["rest.oauth.application"]._new_client_id()

    def generate_client_secret(self, request):
        is_public = request.payload.data.get("token_endpoint_auth_method") == "none"
        return None if is_public else make_client_secret()

    def generate_client_info(self, request):
        info = super().generate_client_info(request)
        if not info["client_secret"]:
            del info["client_secret"], info["client_secret_expires_at"]
        return info

    def save_client(self, client_info, client_metadata, request):
        applications = self.server.env["rest.oauth.application"]
        if not applications._may_register():
            raise TooManyApplicationsError()
        client_metadata.setdefault("grant_types", [CODE, REFRESH])
        return applications._register_itself(
            client_info["client_id"],
            client_info.get("client_secret"),
            client_metadata.get("client_name"),
            client_metadata["redirect_uris"],
            client_metadata.get("scope"),
        )
