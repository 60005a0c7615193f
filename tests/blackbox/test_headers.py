"""What answers say to caches and browsers, and which credentials go together."""

import pytest

from .clients import Raw, assert_error

ERRORS = [
    ("/api/auth/me", 401),
    ("/api/nothing", 404),
    ("/api/auth/token?login=", 400),
    ("/rest/sky/token", 400),
]


@pytest.mark.parametrize(("path", "code"), ERRORS)
def test_error_is_kept_by_no_cache(client, path, code):
    response = client.get(path)
    assert_error(response, code)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_error_of_a_method_is_kept_by_no_cache(client):
    response = client.put("/api/auth/token")
    assert_error(response, 405)
    assert response.headers["Cache-Control"] == "no-store"


def test_answer_is_taken_for_nothing_else(client, token):
    headers = client.me(token).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_document_says_what_it_depends_on(client):
    headers = client.get("/api/openapi.json").headers
    named = {name.strip().lower() for name in headers["Vary"].split(",")}
    assert named >= {"authorization", "access-token", "accept-language"}
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/api-docs", "/api-docs/index.html"])
def test_swagger_ui_is_shown_in_no_frame(client, path):
    headers = client.get(path).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_two_tokens_that_differ_are_refused(server, token, other_token):
    headers = [("access-token", token), ("Authorization", f"Bearer {other_token}")]
    response = Raw(server, "GET", "/api/auth/me", headers)
    assert_error(response, 400)
    assert 'error="invalid_request"' in response.headers["WWW-Authenticate"]


def test_token_that_is_sent_twice_is_one(server, token, user):
    headers = [("access-token", token), ("Authorization", f"Bearer {token}")]
    response = Raw(server, "GET", "/api/auth/me", headers)
    assert response.json()["uid"] == user.id


def test_login_beside_an_old_token_is_a_login(client, user, token):
    """As existing clients ask for a new token."""
    client.delete("/api/auth/token", token)
    response = client.post("/api/auth/token", token, json=user.credentials)
    assert response.status_code == 200, response.text
    basic = tuple(text.encode() for text in user.credentials.values())
    response = client.get("/api/auth/token", token, auth=basic)
    assert response.status_code == 200, response.text
