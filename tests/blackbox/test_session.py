"""Web sessions that a token opens."""

import pytest

from .clients import RpcError, SessionClient, assert_error, assert_works

SESSION = "/api/auth/session"


@pytest.fixture
def web_client(server, token):
    with SessionClient(server.url, token) as web_client:
        yield web_client


@pytest.fixture
def limited(client, user, admin):
    name = "partners:read"
    assert admin("rest.token.scope", "search_count", [("name", "=", name)])
    return client.issue(user, scope=name)


def test_answer(client, web_client, user, token):
    assert web_client.opened.status_code == 200
    answer = web_client.opened.json()
    assert answer == {
        "uid": user.id,
        "company_id": 1,
        "partner_id": user.partner_id,
        "expires_at": client.me(token).json()["token"]["expires_at"],
    }
    cookie = web_client.opened.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert token not in cookie


def test_web_client_accepts_it(web_client, user):
    assert web_client.session_uid() == user.id
    (values,) = web_client.call("res.users", "read", [user.id], ["login"])
    assert values["login"] == user.login
    response = web_client.get("/web", allow_redirects=False)
    assert response.status_code == 200, response.headers.get("Location")


def test_revoked_token_ends_it(client, web_client, user, token):
    assert web_client.is_logged_in()
    client.delete("/api/auth/token", token)
    with pytest.raises(RpcError, match="Session [Ee]xpired"):
        web_client.call("res.users", "read", [user.id], ["login"])
    response = web_client.get("/web", allow_redirects=False)
    assert response.status_code in (302, 303)
    assert "/web/login" in response.headers["Location"]


def test_token_revoked_in_the_backend_ends_it(web_client, admin, token_id):
    assert web_client.is_logged_in()
    admin("rest.token", "action_revoke", [token_id])
    assert not web_client.is_logged_in()


def test_other_sessions_go_on(client, server, web, issue, user, token):
    other = SessionClient(server.url, issue(user))
    by_password = web(user)
    session = SessionClient(server.url, token)
    client.delete("/api/auth/token", token)
    assert not session.is_logged_in()
    assert other.is_logged_in()
    assert by_password.session_uid() == user.id


def test_it_is_closed(client, web_client, token):
    assert web_client.delete(SESSION).json() == {"closed": True}
    assert not web_client.is_logged_in()
    assert_works(client, token)


def test_none_to_close(client):
    assert_error(client.delete(SESSION), 404)


def test_it_gets_a_new_id(client, web_client, token):
    before = web_client.cookies["session_id"]
    web_client.post(SESSION, token)
    after = web_client.cookies["session_id"]
    assert after != before
    web_client.cookies.clear()
    web_client.cookies.set("session_id", before)
    assert not web_client.is_logged_in()


def test_id_that_another_one_chose_is_not_taken(client, web_client, server, token):
    """Session fixation."""
    chosen = "f" * 40
    cookies = {"session_id": chosen}
    response = client.post(SESSION, token, cookies=cookies)
    assert response.cookies["session_id"] != chosen


def test_it_takes_the_place_of_another_users(server, web, other_user, user, token):
    browser = web(other_user)
    browser.post(SESSION, token)
    assert browser.session_uid() == user.id


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH"])
def test_other_methods(client, token, method):
    assert_error(client.request(method, SESSION, token), 405)


def test_without_a_token(client):
    assert_error(client.post(SESSION), 401)
    assert_error(client.post(SESSION, "access_token_" + "0" * 40), 401)


def test_limited_token_opens_none(client, limited):
    response = client.post(SESSION, limited)
    assert_error(response, 403)
    assert 'error="insufficient_scope"' in response.headers["WWW-Authenticate"]


def test_limited_token_finds_it_nowhere_in_the_document(client, limited, token):
    def methods(secret):
        document = client.get("/api/openapi.json", secret).json()
        return set(document["paths"].get(SESSION, ())) & {"post", "delete"}

    assert "post" in methods(token)
    assert "post" not in methods(limited)


def test_administrator_forbids_them(client, web_client, token, set_parameter):
    set_parameter("allow_session", "0")
    assert_error(client.post(SESSION, token), 403)
    assert not web_client.is_logged_in()


def test_requests_with_a_token_open_none(client, token):
    for path in ("/api/auth/me", "/api/partners", "/api/openapi.json"):
        assert "Set-Cookie" not in client.get(path, token).headers
