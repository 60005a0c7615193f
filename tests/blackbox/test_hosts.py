"""The demo answers to the names that it prints, and to no other."""

import os
from urllib.parse import urlsplit

import pytest

from .clients import Raw

PATHS = ["/api/auth/me", "/web/login", "/web/database/selector", "/xmlrpc/2/common"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example.com", "127.0.0.1.example.com", ""])
def test_other_names_are_refused(server, host, path):
    if urlsplit(server.url).port != int(os.environ.get("REST_PORT", "8016")):
        pytest.skip("this is not the demo")
    port = urlsplit(server.url).port
    for name in (host, f"{host}:{port}"):
        response = Raw(server, "GET", path, [("Host", name)])
        assert response.status_code == 421
        assert response.json()["code"] == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_its_own_names_are_answered(server, host):
    port = urlsplit(server.url).port
    for name in (host, f"{host}:{port}"):
        response = Raw(server, "GET", "/api/auth/me", [("Host", name)])
        assert response.status_code == 401
