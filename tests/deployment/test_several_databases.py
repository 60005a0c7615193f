"""A server of several databases, whose addresses don't tell which one is meant."""

import time
from contextlib import ExitStack
from statistics import median

import pytest
from blackbox.clients import Client, assert_error
from servers import database, serving

NAMES = ("rest_several_a", "rest_several_b")
NOT_SERVED = ("rest_template", "postgres", "rest_several_missing", "x' OR '1'='1")
JSON = {"Content-Type": "application/json"}
TOKEN_URLS = ("/api/auth/token", "/rest/sky/token")


@pytest.fixture(scope="module")
def client():
    with ExitStack() as stack:
        for name in NAMES:
            stack.enter_context(database(name))
        options = ["-d", NAMES[0], "--db-filter", "^rest_several_"]
        url = stack.enter_context(serving("rest_several", *options))
        yield stack.enter_context(Client(url))


def ask(client, token, db):
    return client.get("/api/auth/me", token, headers={"X-Odoo-Database": db})


@pytest.mark.parametrize("url", TOKEN_URLS)
@pytest.mark.parametrize("carrier", ["params", "data", "json"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("db", NAMES)
def test_token_of_a_database(client, server, url, carrier, method, db):
    body = {**server.credentials, "db": db}
    answer = client.request(method, url, **{carrier: body})
    assert answer.status_code == 200, answer.text
    token = answer.json()["access_token"]
    assert ask(client, token, db).status_code == 200
    (other,) = set(NAMES) - {db}
    assert_error(ask(client, token, other), 401)


def test_header_is_enough_to_get_a_token(client, server):
    headers = {"X-Odoo-Database": NAMES[1]}
    answer = client.post("/api/auth/token", json=server.credentials, headers=headers)
    assert answer.status_code == 200, answer.text


def test_header_and_parameter_have_to_agree(client, server):
    answer = client.post(
        "/api/auth/token",
        json={**server.credentials, "db": NAMES[0]},
        headers={"X-Odoo-Database": NAMES[1]},
    )
    assert_error(answer, 400, "db")


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("GET", "/api/auth/me", {}),
        ("GET", "/api/partners", {}),
        ("GET", "/api/nothing", {}),
        ("DELETE", "/api/auth/token", {}),
        ("GET", "/api/openapi.json", {}),
        ("POST", "/api/auth/token", {"json": {"login": "admin"}}),
        ("POST", "/api/auth/token", {"data": b"{", "headers": JSON}),
        ("POST", "/rest/sky/token", {"data": {"login": "admin"}}),
    ],
)
def test_what_to_send_is_said_without_it(client, method, path, options):
    answer = client.request(method, path, token="access_token_" + "0" * 40, **options)
    assert_error(answer, 400, "X-Odoo-Database")


def test_pages_that_describe_services_need_a_session(client):
    for path in ("/api-docs", "/api-docs/api/auth.json"):
        answer = client.get(path, allow_redirects=False)
        assert_error(answer, 400, "log in")
        for name in NOT_SERVED:
            headers = {"X-Odoo-Database": name}
            answer = client.get(path, headers=headers, allow_redirects=False)
            assert_error(answer, 400, "X-Odoo-Database: no such database")


@pytest.mark.parametrize("name", NOT_SERVED)
def test_databases_that_are_not_served(client, server, name):
    answer = client.post("/api/auth/token", json={**server.credentials, "db": name})
    assert_error(answer, 400, "db: no such database is served here")
    answer = ask(client, None, name)
    assert_error(answer, 400, "X-Odoo-Database: no such database is served here")


def test_time_does_not_tell_which_databases_exist(client):
    times = {"rest_template": [], "rest_several_missing": []}
    for _round in range(60):
        for name, seconds in times.items():
            start = time.perf_counter()
            ask(client, None, name)
            seconds.append(time.perf_counter() - start)
    exists, missing = map(median, times.values())
    assert 0.7 < exists / missing < 1.4, times


def test_header_beats_the_cookie_of_another_database(client, server):
    login = client.post(
        "/web/session/authenticate",
        json={"params": {**server.credentials, "db": NAMES[0]}},
    )
    cookie = {"session_id": login.cookies["session_id"]}
    token = client.issue(server, db=NAMES[1])
    headers = {"access-token": token, "X-Odoo-Database": NAMES[1]}
    answer = client.get("/api/auth/me", headers=headers, cookies=cookie)
    assert answer.status_code == 200, answer.text
    # and the session goes on
    answer = client.post("/web/session/get_session_info", json={}, cookies=cookie)
    assert answer.json()["result"]["db"] == NAMES[0]


def test_session_that_a_token_opens(client, server):
    token = client.issue(server, db=NAMES[1])
    headers = {"access-token": token, "X-Odoo-Database": NAMES[1]}
    answer = client.post("/api/auth/session", headers=headers)
    cookie = {"session_id": answer.cookies["session_id"]}
    answer = client.post("/web/session/get_session_info", json={}, cookies=cookie)
    assert answer.json()["result"]["db"] == NAMES[1]


def test_pages_without_a_database_are_as_ever(client):
    answer = client.get("/web/database/selector")
    assert answer.status_code == 200
    assert all(name in answer.text for name in NAMES)


def test_health_is_of_the_database_that_is_named(client):
    for name in NAMES:
        headers = {"X-Odoo-Database": name}
        assert client.get("/api/health", headers=headers).json() == {"status": "ok"}
    assert_error(client.get("/api/health"), 400, "X-Odoo-Database")
    for name in NOT_SERVED:
        headers = {"X-Odoo-Database": name}
        assert_error(client.get("/api/health", headers=headers), 400)
