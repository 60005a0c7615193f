import html
import json
import re

import pytest

from .clients import assert_error, assert_oauth_error

DOCUMENTS = ["/api-docs/api/auth.json", "/api-docs/rest/sky/token.json"]
OPERATIONS = {
    ("/token", "get"): False,
    ("/token", "post"): False,
    ("/token", "delete"): True,
    ("/token/rotate", "post"): True,
    ("/revoke", "post"): False,
    ("/tokens", "get"): True,
    ("/tokens/{token_id}", "delete"): True,
    ("/me", "get"): True,
    ("/session", "post"): True,
    ("/session", "delete"): False,
}
METHODS = {"get", "post", "put", "patch", "delete"}


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS.intersection(item):
            yield path, method, item[method]


def needs_token(operation):
    """Tell whether it is refused to strangers: a login may have a password instead."""
    return bool(operation["security"]) and {} not in operation["security"]


def test_page_lists_the_services(client):
    response = client.get("/api-docs")
    assert response.status_code == 200
    settings = re.search(r'data-settings="([^"]*)"', response.text).group(1)
    urls = json.loads(html.unescape(settings))["urls"]
    assert {entry["url"] for entry in urls} >= set(DOCUMENTS)


@pytest.fixture(params=DOCUMENTS)
def document(client, request):
    response = client.get(request.param)
    assert response.status_code == 200
    return response.json()


def test_server_address_is_relative(document):
    urls = [server["url"] for server in document["servers"]]
    assert urls
    for url in urls:
        assert url.startswith("/") and not url.startswith("//")


def test_security_schemes(document):
    schemes = document["components"]["securitySchemes"]
    assert schemes["access_token"] == {
        "type": "apiKey",
        "in": "header",
        "name": "access-token",
    }
    assert schemes["bearer"] == {"type": "http", "scheme": "bearer"}


def test_each_operation_is_where_it_is_said_to_be(client, document):
    base = document["servers"][0]["url"]
    for path, method, operation in operations(document):
        url = base + path.replace("{token_id}", "1")
        answer = client.request(method.upper(), url)
        if needs_token(operation):
            assert_error(answer, 401)
        elif path == "/session":
            assert_error(answer, 404, "no open session")
        elif path == "/revoke":
            assert_oauth_error(answer, 400)
        else:
            assert_error(answer, 400)


def test_each_operation_of_auth_is_described(client):
    document = client.get(DOCUMENTS[0]).json()
    described = {
        (path, method): needs_token(operation)
        for path, method, operation in operations(document)
    }
    assert described == OPERATIONS


def test_protected_operation_takes_either_scheme(document):
    for _path, _method, operation in operations(document):
        if needs_token(operation):
            schemes = {name for entry in operation["security"] for name in entry}
            assert schemes == {"access_token", "bearer"}


def test_logins_take_a_password_by_basic(client):
    document = client.get(DOCUMENTS[0]).json()
    assert document["components"]["securitySchemes"]["basic"]["scheme"] == "basic"
    for method in ("get", "post"):
        security = document["paths"]["/token"][method]["security"]
        assert security == [{}, {"basic": []}]


def test_operations_are_summarised(document):
    assert all(operation["summary"] for *_place, operation in operations(document))
