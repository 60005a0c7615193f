"""API2:2023 Broken authentication."""

import base64

import pytest

from .attackers import assert_refused

ME = "/api/auth/me"
UNKNOWN = "access_token_" + 40 * "0"


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"access-token": ""},
        {"access-token": "access_token_"},
        {"access-token": UNKNOWN},
        {"access-token": "access_token_%"},
        {"access-token": "' OR 1=1 --"},
        {"access-token": "null"},
        bearer("eyJhbGciOiJub25lIn0.eyJzdWIiOiIyIn0."),
        bearer(UNKNOWN),
        {"Authorization": "Bearer"},
        {"Authorization": "Basic YWRtaW46YWRtaW4="},
        {"X-User-Id": "2"},
        {"Cookie": "session_id=0000000000000000000000000000000000000000"},
    ],
    ids=str,
)
def test_come_in_with(client, headers):
    assert_refused(client.get(ME, headers=headers), 401)


def test_a_token_that_is_almost_right(client, clerk):
    token = clerk.token
    for wrong in (token.upper(), token.title(), token[:-1], f"{token}0", token[13:]):
        assert_refused(client.get(ME, wrong), 401)


def test_a_token_where_it_is_not_looked_for(client, clerk):
    for name in ("access_token", "access-token", "token"):
        for carrier in ("params", "cookies", "data", "json"):
            assert_refused(client.get(ME, **{carrier: {name: clerk.token}}), 401)


def test_two_tokens_at_once(client, clerk, mallory):
    response = client.get(ME, clerk.token, headers=bearer(mallory.token))
    assert_refused(response, 400)


def test_use_a_token_after_its_end(client, clerk):
    token = clerk.issue()
    assert client.post("/api/auth/revoke", data={"token": token}).status_code == 200
    assert_refused(client.get(ME, token), 401)
    assert_refused(client.post("/api/auth/session", token), 401)


def test_learn_which_logins_there_are(client, clerk):
    known = client.post("/api/auth/token", json={"login": clerk.login, "password": "?"})
    unknown = client.post("/api/auth/token", json={"login": "nobody", "password": "?"})
    assert_refused(known, 401)
    assert known.text == unknown.text


@pytest.mark.parametrize("password", ["", None, True, 0, [], {}, {"$ne": ""}, "%"])
def test_a_password_that_matches_all(client, clerk, password):
    body = {"login": clerk.login, "password": password}
    assert_refused(client.post("/api/auth/token", json=body), 400, 401)


def test_a_token_in_place_of_the_password(client, clerk):
    body = {"login": clerk.login, "password": clerk.token}
    assert_refused(client.post("/api/auth/token", json=body), 401)
    basic = base64.b64encode(f"{clerk.login}:{clerk.token}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}"}
    assert_refused(client.post("/api/auth/token", headers=headers), 401)


def test_prolong_a_token(clerk, admin):
    token_id = clerk.client.token_id(clerk.token)
    before = admin("rest.token", "read", [token_id], ["expires_at"])
    for method in ("PATCH", "PUT", "POST"):
        body = {"expires_at": "2099-01-01T00:00:00Z", "lifetime_days": 365}
        path = f"/api/auth/tokens/{token_id}"
        assert_refused(clerk.call(method, path, json=body), 405)
    assert admin("rest.token", "read", [token_id], ["expires_at"]) == before


@pytest.mark.parametrize("days", [0, -1, 366, 10**9, "1e3", "inf", None])
def test_a_token_that_never_expires(client, clerk, days):
    body = {"login": clerk.login, "password": clerk.password, "lifetime_days": days}
    assert_refused(client.post("/api/auth/token", json=body), 400)


def test_a_web_session_in_place_of_a_token(server, client, clerk):
    opened = client.post("/api/auth/session", clerk.token)
    cookie = opened.headers["Set-Cookie"].split(";")[0]
    assert_refused(client.get(ME, headers={"Cookie": cookie}), 401)


def test_tell_by_revoking_whether_a_token_exists(client, clerk):
    token = clerk.issue()
    answers = [
        client.post("/api/auth/revoke", data={"token": secret})
        for secret in (token, token, UNKNOWN, "x")
    ]
    assert len({(each.status_code, each.text) for each in answers}) == 1
