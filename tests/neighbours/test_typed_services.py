"""Datamodels and Pydantic's models are parameters of services that tokens protect."""

import pytest
from blackbox.clients import assert_error
from openapi_spec_validator import validate

TYPED = "/api/neighbour_typed"
BOOK = {"title": "Dune", "pages": 412, "author": {"name": "Herbert"}}
NOTE = {"text": "Good", "stars": 5, "tags": ["sand"]}


@pytest.fixture(scope="module")
def call(client, admin):
    token = admin.issue_in_dialog()

    def call(verb, path, **options):
        return client.request(verb, TYPED + path, token, **options)

    return call


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/books", BOOK),
        ("/books/many", [BOOK, BOOK]),
        ("/notes", NOTE),
        ("/notes/many", [NOTE, NOTE]),
        ("/plain", {"name": None, "tags": ["a"]}),
    ],
)
def test_bodies_are_read_and_answered(call, path, sent):
    response = call("POST", path, json=sent)
    assert response.status_code == 200, response.text
    assert response.json() == sent


def test_queries_are_read(call):
    response = call("GET", "/books", params={"title": "Solaris", "limit": 3})
    assert response.json() == [{"title": "Solaris", "pages": 3}]
    response = call("GET", "/notes", params={"text": "Fine", "stars": 1})
    assert response.json() == [{"text": "Fine", "stars": 1, "tags": []}]


def test_forms_are_read(call):
    form = {
        "scan": ("scan.txt", b"page one", "text/plain"),
        "book": (None, '{"title": "Dune"}', "application/json"),
        "note": (None, '{"text": "Good"}', "application/json"),
    }
    response = call("POST", "/scans", files=form)
    assert response.json() == {"size": 8, "title": "Dune", "text": "Good"}
    assert call("GET", "/scans/1").content == b"page"


@pytest.mark.parametrize("path", ["/books", "/notes", "/plain"])
@pytest.mark.parametrize(
    "sent", [[], [{}], {}, [1], {"title": 1, "text": [], "name": 1}]
)
def test_what_is_no_such_object_is_400(call, path, sent):
    assert_error(call("POST", path, json=sent), 400)


@pytest.mark.parametrize("path", ["/books/many", "/notes/many"])
@pytest.mark.parametrize("sent", [{}, BOOK, [1], [[]], [NOTE, BOOK, NOTE]])
def test_what_is_no_such_list_is_400(call, path, sent):
    assert_error(call("POST", path, json=sent), 400)


@pytest.mark.parametrize("query", ["limit=x", "stars=x"])
@pytest.mark.parametrize("path", ["/books", "/notes"])
def test_a_query_of_another_type_is_400_or_ignored(call, path, query):
    response = call("GET", f"{path}?{query}")
    knows = {"/books": "limit", "/notes": "stars"}[path] in query
    if knows:
        assert_error(response, 400)
    else:
        assert response.status_code == 200


@pytest.mark.parametrize("missing", ["scan", "book", "note"])
def test_a_form_without_a_part_is_400(call, missing):
    form = {
        "scan": ("scan.txt", b"page one", "text/plain"),
        "book": (None, '{"title": "Dune"}', "application/json"),
        "note": (None, '{"text": "Good"}', "application/json"),
    }
    del form[missing]
    assert_error(call("POST", "/scans", files=form), 400, missing)


def test_json_where_a_form_is_meant_is_400(call):
    assert_error(call("POST", "/scans", json=BOOK), 400)


@pytest.mark.parametrize("version", ["3.1", "3.0"])
def test_the_documents_are_valid(client, version):
    path = {"3.1": "/api/openapi.json", "3.0": f"/api-docs{TYPED}.json"}[version]
    document = client.get(path).json()
    validate(document)
    assert "/books/many" in str(document["paths"].keys())
