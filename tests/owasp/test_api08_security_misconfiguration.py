"""API8:2023 Security misconfiguration."""

from urllib.parse import urljoin

import pytest
from blackbox.clients import Raw

from .attackers import LEAKS, assert_refused

EVIL = "https://evil.example.com"


def test_call_from_a_page_of_another_site(client, clerk, orders):
    for path in ("/api/auth/me", "/api/auth/token", orders, "/api/openapi.json"):
        for method in ("GET", "POST", "OPTIONS"):
            headers = {"Origin": EVIL, "Access-Control-Request-Method": "POST"}
            response = client.request(method, path, clerk.token, headers=headers)
            allowed = [
                name
                for name in response.headers
                if name.lower().startswith("access-control-")
            ]
            assert not allowed, (path, method)


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "FOO"])
def test_other_methods(server, clerk, method):
    headers = [("access-token", clerk.token)]
    response = Raw(server, method, "/api/auth/me", headers)
    assert response.status_code >= 400
    assert clerk.token not in response.text


def test_have_an_answer_kept_or_taken_for_a_page(client, clerk, orders):
    for path in ("/api/auth/me", orders, "/api/nothing"):
        headers = client.get(path, clerk.token).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Type"].startswith("application/json")
        assert "Set-Cookie" not in headers


def test_frame_the_page_or_load_from_elsewhere(client):
    headers = client.get("/api-docs").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy and "https:" not in policy and "*" not in policy


def test_a_script_in_the_address_of_the_page(client):
    script = "<script>alert(1)</script>"
    for params in ({"urls.primaryName": script}, {"url": EVIL}, {script: "x"}):
        text = client.get("/api-docs", params=params).text
        assert script not in text
        assert EVIL not in text


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"partner_id": NaN}',
        b'{"partner_id": {"id": "x"}}',
        b'{"client_order_ref": "\\u0000"}',
        b'{"client_order_ref": "\\ud800"}',
        b"null",
        b'"text"',
        b"[[]]",
        b'{"": 1}',
    ],
)
def test_have_an_error_tell_how_it_works_inside(mallory, orders, body):
    headers = {"Content-Type": "application/json"}
    response = mallory.call("POST", orders, data=body, headers=headers)
    assert_refused(response, 400)


@pytest.mark.parametrize(
    "params",
    [
        {"order": "id; DROP TABLE res_partner"},
        {"order": "(SELECT password FROM res_users LIMIT 1)"},
        {"domain": "__import__('os').system('id')"},
        {"domain": "[(1, '=', 1)]"},
        {"domain": '[["name", "=like", 1]]'},
        {"fields": "id' OR '1'='1"},
        {"cursor": "x"},
        {"cursor": "W10="},
        {"name__like": "\\"},
        {"client_order_ref": "' OR 1=1 --"},
    ],
    ids=str,
)
def test_inject_code(mallory, orders, params):
    response = mallory.get(orders, params=params)
    assert response.status_code in (200, 400)
    assert not [leak for leak in LEAKS if leak in response.text]
    if response.status_code == 200:
        assert not response.json()["data"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/../web/database/manager",
        "/api/%2e%2e/web",
        "//api/auth/me",
        "/api//auth//me",
        "/api/auth/me%00",
        "/api/auth/me;x=1",
        "/api/auth/me%0d%0aX-Injected:%201",
        "/en_US/api/auth/me",
    ],
)
def test_paths_in_other_words(server, path):
    response = Raw(server, "GET", path)
    assert "X-Injected" not in response.headers
    for _redirection in range(2):  # to the path as it is written here, by a website
        if response.status_code in (301, 302, 303):
            location = urljoin(server.url, response.headers["Location"])
            assert location.startswith(f"{server.url}/")
            assert location.endswith("/api/auth/me")
            response = Raw(server, "GET", location[len(server.url) :])
    assert response.status_code in (400, 401, 404)


@pytest.mark.parametrize("host", ["evil.example.com", "a b", "x\tx", "[::1", ""])
def test_hosts_in_other_words(server, host):
    response = Raw(server, "GET", "/api/auth/me", [("Host", host)])
    assert response.status_code in (400, 401)
    assert "evil" not in response.text
