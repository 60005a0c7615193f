"""Clients that nobody here wrote: requests-oauthlib and Authlib's."""

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from requests_oauthlib import OAuth2Session as OAuthlibSession

from .people import CALLBACK


@pytest.fixture(autouse=True)
def allow_http(monkeypatch):
    """The servers of the tests have no certificates."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture(scope="module")
def described(site):
    url = f"{site.url}/.well-known/oauth-authorization-server"
    return requests.get(url, timeout=60).json()


def test_requests_oauthlib(site, described, application, alice):
    updated = []
    with OAuthlibSession(
        application.client_id,
        redirect_uri=CALLBACK,
        scope=["partners:read"],
        pkce="S256",
        auto_refresh_url=described["token_endpoint"],
        auto_refresh_kwargs={
            "client_id": application.client_id,
            "client_secret": application.secret,
        },
        token_updater=updated.append,
    ) as client:
        url, _state = client.authorization_url(described["authorization_endpoint"])
        token = client.fetch_token(
            described["token_endpoint"],
            authorization_response=alice.allow(url),
            client_secret=application.secret,
        )
        assert token["scope"] == ["partners:read"]
        assert client.get(f"{site.url}/api/partners").status_code == 200
        client.token = {**token, "expires_in": -1, "expires_at": 1}
        assert client.get(f"{site.url}/api/partners").status_code == 200
        assert updated[0]["refresh_token"] != token["refresh_token"]


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlib(site, described, application, alice, method):
    with AuthlibSession(
        application.client_id,
        application.secret,
        token_endpoint_auth_method=method,
        revocation_endpoint_auth_method=method,
        redirect_uri=CALLBACK,
        scope="partners:read",
        code_challenge_method="S256",
    ) as client:
        verifier = "v" * 64
        url, _state = client.create_authorization_url(
            described["authorization_endpoint"], code_verifier=verifier
        )
        token = client.fetch_token(
            described["token_endpoint"],
            authorization_response=alice.allow(url),
            code_verifier=verifier,
        )
        assert client.get(f"{site.url}/api/countries").status_code == 403
        assert client.get(f"{site.url}/api/partners").status_code == 200
        again = client.refresh_token(described["token_endpoint"])
        assert again["refresh_token"] != token["refresh_token"]
        asked = client.introspect_token(
            described["introspection_endpoint"], token=again["access_token"]
        )
        assert asked.json()["active"]
        client.revoke_token(
            described["revocation_endpoint"], token=again["refresh_token"]
        )
        assert client.get(f"{site.url}/api/partners").status_code == 401


def test_authlib_of_a_phone(site, described, public, alice):
    with AuthlibSession(
        public.client_id,
        token_endpoint_auth_method="none",
        redirect_uri=CALLBACK,
        scope="partners:read",
        code_challenge_method="S256",
    ) as client:
        verifier = "v" * 64
        url, _state = client.create_authorization_url(
            described["authorization_endpoint"], code_verifier=verifier
        )
        client.fetch_token(
            described["token_endpoint"],
            authorization_response=alice.allow(url),
            code_verifier=verifier,
        )
        assert client.get(f"{site.url}/api/partners").status_code == 200


def test_authlib_by_itself(site, described, administrator, alice):
    application = administrator.make_application(
        "partners:read", name="Nightly Export", uri="", user_id=alice.user_id
    )
    with AuthlibSession(application.client_id, application.secret) as client:
        token = client.fetch_token(
            described["token_endpoint"], grant_type="client_credentials"
        )
        assert "refresh_token" not in token
        assert client.get(f"{site.url}/api/partners").status_code == 200
