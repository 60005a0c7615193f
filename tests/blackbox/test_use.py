import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .clients import Client, assert_error, assert_works

TOKEN_KEYS = {
    "id",
    "name",
    "prefix",
    "scopes",
    "state",
    "created_at",
    "expires_at",
    "last_used_at",
    "last_used_address",
    "networks",
    "rotated_from",
}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("access-token", "{}"),
        ("access_token", "{}"),
        ("Access-Token", "{}"),
        ("Authorization", "Bearer {}"),
        ("Authorization", "bearer {}"),
    ],
)
def test_token_in_header(client, token, user, header, value):
    response = client.get("/api/auth/me", headers={header: value.format(token)})
    assert response.status_code == 200
    assert response.json()["uid"] == user.id


def test_answer_is_kept_by_no_cache_in_developer_mode(web, user, token):
    with web(user) as browser:
        browser.get("/web?debug=1")
        assert browser.me(token).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["access_token", "access-token", "token"])
@pytest.mark.parametrize("carrier", ["params", "data", "json", "cookies"])
def test_token_elsewhere_is_refused(client, token, name, carrier):
    response = client.get("/api/auth/me", **{carrier: {name: token}})
    assert_error(response, 401)
    assert "error=" not in response.headers["WWW-Authenticate"]


def test_me(client, token, user, admin):
    (owner,) = admin("res.users", "read", [user.id], ["company_id", "lang", "tz"])
    me = client.me(token).json()
    about_token = me.pop("token")
    assert me == {
        "uid": user.id,
        "login": user.login,
        "name": user.login,
        "company": dict(zip(("id", "name"), owner["company_id"])),
        "partner": {"id": user.partner_id, "name": user.login},
        "lang": owner["lang"] or None,
        "tz": owner["tz"] or None,
    }
    assert set(about_token) == TOKEN_KEYS
    assert about_token["state"] == "active"
    assert token.startswith(f"access_token_{about_token['prefix']}")


def test_list_is_of_own_tokens(client, token, other_token):
    answer = client.get("/api/auth/tokens", token).json()
    assert set(answer) == {"count", "data"}
    assert answer["count"] == len(answer["data"])
    listed = {row["id"] for row in answer["data"]}
    assert client.token_id(token) in listed
    assert client.token_id(other_token) not in listed


def test_administrator_lists_own_tokens(client, issue, administrator, other_token):
    answer = client.get("/api/auth/tokens", issue(administrator)).json()
    listed = {row["id"] for row in answer["data"]}
    assert client.token_id(other_token) not in listed


def test_list_has_no_secret(client, token):
    response = client.get("/api/auth/tokens", token)
    assert token not in response.text
    assert "access_token" not in response.text
    assert all(set(row) == TOKEN_KEYS for row in response.json()["data"])


def test_use_is_noted(client, token):
    assert_works(client, token)
    about_token = client.me(token).json()["token"]
    assert about_token["last_used_at"]
    assert about_token["last_used_address"]


def requests_of_every_kind(client, user):
    token = client.issue(user)
    yield client.get("/api/auth/token", data=user.credentials)
    yield client.get("/rest/sky/token", data=user.credentials)
    yield client.post("/api/auth/token", json={"login": user.login})
    yield client.get("/api/auth/me", token)
    yield client.get("/api/auth/tokens", token)
    yield client.delete(
        f"/api/auth/tokens/{client.token_id(client.issue(user))}", token
    )
    yield client.delete("/api/auth/token", token)
    yield client.get("/api/auth/me", token)
    yield client.get("/api/auth/me")
    yield client.get("/api/auth/nothing")
    yield client.request("PUT", "/api/auth/me")


def session_files():
    return set(Path(os.environ["REST_SESSION_DIR"]).rglob("*.sess"))


@pytest.mark.parametrize("trace", ["cookie", "file"])
def test_no_session(client, user, trace):
    if trace == "file" and not os.environ.get("REST_SESSION_DIR"):
        pytest.skip("REST_SESSION_DIR, the server's folder of sessions, is not set")
    before = session_files() if trace == "file" else None
    responses = list(requests_of_every_kind(client, user))
    if trace == "cookie":
        assert [r.url for r in responses if "Set-Cookie" in r.headers] == []
    else:
        assert session_files() - before == set()


def test_session_does_not_stand_for_token(web, other_user):
    browser = web(other_user)
    assert_error(browser.get("/api/auth/me"), 401)


def test_session_beside_token_does_not_change_who_acts(web, other_user, token, user):
    browser = web(other_user)
    response = browser.me(token)
    assert response.json()["uid"] == user.id
    assert "Set-Cookie" not in response.headers
    assert browser.session_uid() == other_user.id


def test_session_beside_credentials_does_not_change_who_acts(web, other_user, user):
    browser = web(other_user)
    response = browser.post("/api/auth/token", json=user.credentials)
    assert response.json()["uid"] == user.id
    assert "Set-Cookie" not in response.headers
    assert browser.session_uid() == other_user.id


def test_many_at_once(server, token, user):
    def use(_number):
        return Client(server.url).me(token)

    with ThreadPoolExecutor(20) as pool:
        responses = list(pool.map(use, range(20)))
    assert [response.status_code for response in responses] == [200] * 20
    assert {response.json()["uid"] for response in responses} == {user.id}
