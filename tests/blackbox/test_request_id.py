import re

import pytest

from .clients import Raw, assert_error

HEADER = "X-Request-Id"
MADE = re.compile("[0-9a-f]{32}")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/auth/me", 401),
        ("GET", "/api/nothing", 404),
        ("PUT", "/api/auth/me", 405),
        ("OPTIONS", "/api/auth/me", 405),
        ("GET", "/api/health", 200),
        ("HEAD", "/api/health", 200),
        ("GET", f"/api/{'x' * 3000}", 414),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/rest/sky/token", 400),
    ],
)
def test_answers_have_an_id(client, method, path, status):
    made = client.request(method, path)
    assert made.status_code == status
    assert MADE.fullmatch(made.headers[HEADER])
    given = client.request(method, path, headers={HEADER: "job-7/42"})
    assert given.headers[HEADER] == "job-7/42"


def test_answers_with_a_token_have_an_id(client, token):
    assert client.me(token).headers[HEADER] != client.me(token).headers[HEADER]
    headers = {HEADER: "mine", "Accept": "application/x-ndjson"}
    export = client.get("/api/partners?limit=1", token, headers=headers)
    assert export.headers[HEADER] == "mine"


@pytest.mark.parametrize("given", ["a b", "x" * 129, "<script>", "a\tb", ""])
def test_what_is_no_id_is_replaced(server, given):
    response = Raw(server, "GET", "/api/auth/me", [(HEADER, given)])
    assert_error(response, 401)
    assert MADE.fullmatch(response.headers[HEADER])


def test_two_ids_are_none(server):
    headers = [(HEADER, "first"), (HEADER, "second")]
    response = Raw(server, "GET", "/api/auth/me", headers)
    assert MADE.fullmatch(response.headers[HEADER])


def test_pages_of_odoo_are_left_alone(client):
    assert HEADER not in client.get("/web/login").headers
