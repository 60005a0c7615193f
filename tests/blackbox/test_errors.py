import secrets

import pytest

from .clients import Raw, assert_error

TOKEN_URLS = ["/api/auth/token", "/rest/sky/token"]


def unknown_token():
    return f"access_token_{secrets.token_hex(20)}"


@pytest.mark.usefixtures("forgive_failed_logins")
def test_401_for_wrong_login_does_not_tell_which_part(client, user):
    wrong_password = {"login": user.login, "password": "wrong"}
    unknown_login = {"login": f"not-{user.login}", "password": user.password}
    answers = [
        client.post(TOKEN_URLS[0], json=values)
        for values in (wrong_password, unknown_login)
    ]
    for answer in answers:
        assert_error(answer, 401)
        for name in ("Date", "X-Request-Id"):
            del answer.headers[name]
    assert answers[0].text == answers[1].text
    assert answers[0].headers == answers[1].headers


@pytest.mark.usefixtures("forgive_failed_logins")
def test_401_for_wrong_basic(client, user):
    assert_error(client.get(TOKEN_URLS[0], auth=(user.login, "wrong")), 401)


@pytest.mark.usefixtures("forgive_failed_logins")
def test_401_for_archived_user(client, admin, fresh_user):
    admin("res.users", "write", [fresh_user.id], {"active": False})
    assert_error(client.post(TOKEN_URLS[0], json=fresh_user.credentials), 401)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/auth/me"),
        ("GET", "/api/auth/tokens"),
        ("DELETE", "/api/auth/tokens/1"),
        ("DELETE", "/api/auth/token"),
        ("DELETE", "/rest/sky/token"),
    ],
)
def test_401_without_and_with_unknown_token(client, method, path):
    response = client.request(method, path)
    assert_error(response, 401, "access-token", "Bearer")
    assert "error=" not in response.headers["WWW-Authenticate"]
    response = client.request(method, path, unknown_token())
    assert_error(response, 401)
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


@pytest.mark.parametrize("value", ["", "x", "access_token_", "' OR 1=1 --", "a" * 8000])
def test_401_for_malformed_token(client, value):
    assert_error(client.me(value), 401)
    response = client.get("/api/auth/me", headers={"Authorization": f"Bearer {value}"})
    assert_error(response, 401)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda token: token[:-1], id="cut"),
        pytest.param(lambda token: token + "0", id="longer"),
        pytest.param(lambda token: token.upper(), id="upper case"),
        pytest.param(lambda token: token.replace("access_token_", ""), id="digits"),
        pytest.param(lambda token: f"{token}, {token}", id="twice"),
        pytest.param(lambda token: token[:21], id="prefix"),
    ],
)
def test_401_for_changed_token(client, token, change):
    assert_error(client.me(change(token)), 401)


def test_401_for_token_under_another_scheme(client, token):
    for scheme in ("Token", "Basic", "Bearer:", ""):
        headers = {"Authorization": f"{scheme} {token}".strip()}
        assert_error(client.get("/api/auth/me", headers=headers), 401)


@pytest.mark.parametrize(
    "headers",
    [
        [("access-token", b"\xff\xfe")],
        [("Authorization", b"Bearer \xff\xfe")],
        [("Authorization", b"\xff")],
        [("access-token", "  ")],
        [("access-token", "a"), ("access-token", "b")],
    ],
)
def test_401_for_bytes_that_are_no_token(server, headers):
    assert_error(Raw(server, "GET", "/api/auth/me", headers), 401)


def test_401_for_token_beside_a_wrong_one(server, token):
    headers = [("access-token", token), ("access-token", unknown_token())]
    assert_error(Raw(server, "GET", "/api/auth/me", headers), 401)


def test_403_for_user_who_may_not_hold_tokens(client, portal_user):
    for url in TOKEN_URLS:
        assert_error(client.post(url, json=portal_user.credentials), 403)


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/auth",
        "/api/auth/nothing",
        "/api/auth/token/nothing",
        "/api/auth/me/1",
        "/api/%3Cb%3Ex%3C/b%3E",
        "/api/auth/%FF",
        "/api/auth/%00",
        "/rest/sky/nothing",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_404_for_path(client, method, path):
    assert_error(client.request(method, path), 404)


@pytest.mark.parametrize("number", ["0", "-1", "999999999", "9" * 30, "abc", "1.5"])
def test_404_for_token_id(client, token, number):
    assert_error(client.delete(f"/api/auth/tokens/{number}", token), 404)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/auth/token", {"GET", "POST", "DELETE"}),
        ("/api/auth/tokens", {"GET"}),
        ("/api/auth/tokens/1", {"DELETE"}),
        ("/api/auth/me", {"GET"}),
        ("/rest/sky/token", {"GET", "POST", "DELETE"}),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_405_says_what_is_allowed(client, path, allowed, method):
    response = client.request(method, path)
    if method in allowed:
        assert response.status_code in (400, 401)
        return
    assert_error(response, 405)
    named = set(response.headers["Allow"].replace(" ", "").split(","))
    assert named - {"HEAD", "OPTIONS"} == allowed


@pytest.mark.parametrize("path", TOKEN_URLS)
def test_head_issues_nothing(client, admin, user, path):
    domain = [("user_id", "=", user.id)]
    before = admin("rest.token", "search_count", domain)
    response = client.request("HEAD", path, json=user.credentials)
    assert response.status_code == 405
    assert "HEAD" not in response.headers["Allow"]
    assert admin("rest.token", "search_count", domain) == before
