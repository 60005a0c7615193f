"""One line protects the services that there are: ``_default_auth = "rest_token"``."""

import pytest
from blackbox.clients import assert_error

BOOK = {"id": 3, "reader": "admin"}


@pytest.fixture(scope="module")
def unlimited(admin):
    return admin.issue_in_dialog()


@pytest.fixture(scope="module")
def limited(admin):
    """Issues a token that is limited to scopes of the shelf."""

    def issue(*names):
        domain = [("name", "in", names), ("audience", "=", "shelf.services")]
        scopes = admin.call("rest.token.scope", "search", domain)
        assert len(scopes) == len(names)
        return admin.issue_in_dialog(scope_ids=[(6, 0, scopes)])

    return issue


def test_no_token_is_401_in_json(client):
    assert_error(client.get("/shelf/books/3"), 401)


def test_a_token_calls_as_its_user(client, unlimited):
    response = client.get("/shelf/books/3", unlimited)
    assert response.json() == BOOK
    assert response.headers["Cache-Control"] == "no-store"


def test_a_limited_token_does_what_its_scopes_say(client, limited):
    reader, lender = limited("books:read"), limited("books:lend")
    assert client.get("/shelf/books/3", reader).json() == BOOK
    assert client.get("/shelf/books", reader).json() == {"count": 0}
    assert_error(client.post("/shelf/books", reader, json={}), 403, "books:write")
    assert_error(client.post("/shelf/books/3/lend", reader, json={}), 403, "books:lend")
    assert client.post("/shelf/books/3/lend", lender, json={}).json() == {"id": 3}
    assert_error(client.get("/shelf/books/3", lender), 403, "books:read")


def test_scopes_of_other_services_do_not_count(client, admin):
    domain = [("name", "=", "partners:read")]
    scopes = admin.call("rest.token.scope", "search", domain)
    token = admin.issue_in_dialog(scope_ids=[(6, 0, scopes)])
    assert_error(client.get("/shelf/books/3", token), 403, "books:read")


def test_what_is_public_stays_public(client):
    assert client.get("/shelf/books/hours").json() == {"open": "9-17"}


def test_swagger_ui_can_authorize(client):
    document = client.get("/api-docs/shelf/books.json").json()
    schemes = document["components"]["securitySchemes"]
    assert {"access_token", "bearer"} <= set(schemes)
    needs = document["paths"]["/{id}/lend"]["post"]["security"]
    assert needs == [{"access_token": ["books:lend"]}, {"bearer": ["books:lend"]}]
    assert "security" not in document["paths"]["/hours"]["get"]
