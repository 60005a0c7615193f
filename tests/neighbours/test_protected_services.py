"""One line protects the services that there are: ``_default_auth = "rest_token"``."""

import pytest
from blackbox.clients import assert_error

BOOK = {"id": 3, "reader": "admin"}


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


def test_a_limited_token_does_what_its_scopes_say(client, limited):
    reader, lender = limited("books:read"), limited("books:lend")
    assert client.get("/shelf/books/3", reader).json() == BOOK
    assert client.get("/shelf/books", reader).json() == {"count": 0}
    assert_error(client.post("/shelf/books", reader, json={}), 403, "books:write")
    assert_error(client.post("/shelf/books/3/lend", reader, json={}), 403, "books:lend")
    assert client.post("/shelf/books/3/lend", lender, json={}).json() == {"id": 3}
    assert_error(client.get("/shelf/books/3", lender), 403, "books:read")
