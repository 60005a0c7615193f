"""API9:2023 Improper inventory management."""

import re

import pytest

from .attackers import assert_refused

VERBS = {"get", "post", "put", "patch", "delete"}
PUBLIC = {  # and why: they are where one logs in or out, or asks whether it is there
    ("post", "/api/auth/token"),
    ("get", "/api/auth/token"),
    ("post", "/api/auth/revoke"),
    ("delete", "/api/auth/session"),
    ("get", "/api/health"),
}


def operations(document):
    for path, item in document["paths"].items():
        for verb in VERBS & item.keys():
            yield verb, path, item[verb]


@pytest.fixture
def document(client, orders):
    return client.get("/api/openapi.json").json()


def fill(path):
    return re.sub(r"{\w+}", "1", path)


def test_call_what_is_documented_without_a_token(client, document):
    for verb, path, operation in operations(document):
        security = operation["security"]
        needs_token = bool(security) and {} not in security
        assert needs_token is ((verb, path) not in PUBLIC), (verb, path)
        if needs_token:
            assert_refused(client.request(verb.upper(), fill(path), json={}), 401)


def test_call_what_is_not_documented(client, clerk, document):
    for path, item in document["paths"].items():
        for verb in VERBS - item.keys():
            response = client.request(verb.upper(), fill(path), clerk.token, json={})
            assert_refused(response, 405)


@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1", "/api/v2/partners", "/api/beta", "/api/internal", "/api/admin"),
        *("/api/debug", "/api/swagger.json", "/api/graphql", "/api/.git/config"),
        *("/api/.env", "/api/status", "/api/usage", "/api/users", "/api/auth/users"),
        *("/rest/", "/rest/sky/users", "/rest/sky/token/1", "/api/partners.bak"),
    ],
)
def test_find_what_was_forgotten(client, clerk, path):
    for token in (None, clerk.token):
        assert client.get(path, token).status_code in (401, 404, 405)


def test_call_a_resource_that_is_archived(exposing, client, mallory):
    path = "owasp-archived"
    resource = exposing(path, "sale.order", "name")
    assert mallory.get(f"/api/{path}").status_code == 200
    exposing.write(resource, active=False)
    assert_refused(mallory.get(f"/api/{path}"), 404)
    assert path not in mallory.get("/api/openapi.json").text
    assert path not in client.get("/api-docs").text


def test_learn_from_the_document_what_one_may_not_call(mallory, clerk, orders):
    assert orders in mallory.get("/api/openapi.json").json()["paths"]
    document = clerk.get("/api/openapi.json").json()
    assert orders not in document["paths"]


def test_the_older_path_has_the_same_guards(client, clerk):
    body = {"login": clerk.login, "password": "wrong"}
    assert_refused(client.post("/rest/sky/token", json=body), 401)
    assert_refused(client.delete("/rest/sky/token"), 401)
    assert_refused(client.post("/rest/sky/token", data=b"x" * 100_000), 413)
