"""Resources that an administrator makes while the server runs."""

import html
import json
import re
from functools import reduce
from operator import getitem

import pytest

from .clients import RpcError, assert_error
from .records import Resource, done
from .rights import access_refused

COUNTRY = "res.country"


@pytest.fixture
def portugal(admin):
    return admin.ref("base.pt")


@pytest.fixture
def countries(expose, path, client, token):
    """The countries, exposed just now, and served to an ordinary user."""
    expose(path, COUNTRY, "name", "code")
    return Resource(client, f"/api/{path}", token)


@pytest.fixture
def writable(issue, administrator, countries):
    """The same, served to one who may write countries."""
    return countries.with_token(issue(administrator))


@pytest.fixture
def change(expose, countries):
    """Changes the resource of the countries."""
    return lambda **values: expose.write(expose.ids[0], **values)


def document(client, token=None):
    return done(client.get("/api/openapi.json", token))


def documented_fields(client, resource):
    api = document(client)
    operation = api["paths"][f"{resource.path}/{{record_id}}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    while "$ref" in schema:
        _root, *keys = schema["$ref"].split("/")
        schema = reduce(getitem, keys, api)
    return set(schema["properties"])


def swagger_definitions(client):
    page = client.get("/api-docs").text
    settings = re.search(r'data-settings="([^"]*)"', page).group(1)
    return {entry["url"] for entry in json.loads(html.unescape(settings))["urls"]}


def test_resource_is_served_at_once(client, token, expose, path, portugal):
    resource = Resource(client, f"/api/{path}", token)
    assert_error(resource.request("GET"), 404)
    expose(path, COUNTRY, "name", "code")
    record = {"id": portugal, "name": "Portugal", "code": "PT"}
    assert resource.search(code="PT")["data"] == [record]
    assert resource.read(portugal) == record


def test_archived_resource_is_gone_until_it_is_brought_back(
    countries, change, portugal
):
    countries.search()
    change(active=False)
    assert_error(countries.request("GET"), 404)
    assert_error(countries.request("GET", portugal), 404)
    change(active=True)
    assert countries.read(portugal)["code"] == "PT"


def test_deleted_resource_is_gone(client, token, admin, expose, path):
    resource = expose(path, COUNTRY, "name")
    client.get(f"/api/{path}", token)
    admin("rest.resource", "unlink", [resource])
    expose.ids.remove(resource)
    assert_error(client.get(f"/api/{path}", token), 404)


def test_resource_moves_with_its_path(countries, change, path):
    change(path=f"{path}-moved")
    assert_error(countries.request("GET"), 404)
    countries.path += "-moved"
    assert countries.names(code="PT") == ["Portugal"]


def test_operations_are_closed_until_they_are_allowed(writable, change, portugal):
    for method, record_id in (
        ("POST", None),
        ("PATCH", portugal),
        ("PUT", portugal),
        ("DELETE", portugal),
    ):
        json = {"name": "X"} if method != "DELETE" else None
        response = writable.request(method, record_id, json=json)
        assert_error(response, 405)
        assert response.headers["Allow"] == "GET"
    change(allow_search=False, allow_create=True)
    assert_error(writable.request("GET"), 405)


def test_address_without_operations_does_not_exist(writable, change, portugal):
    change(allow_get=False)
    for method in ("GET", "PATCH", "DELETE"):
        assert_error(writable.request(method, portugal), 404)
    assert writable.names(code="PT") == ["Portugal"]


def test_records_are_created_changed_and_deleted_once_allowed(
    writable, expose, change, admin
):
    lines = admin("rest.resource.field", "search", [("resource_id", "in", expose.ids)])
    admin("rest.resource.field", "write", lines, {"access": "required"})
    change(allow_create=True, allow_update=True, allow_delete=True)
    assert_error(writable.request("POST", json={"name": "Land"}), 400, "code")
    country = writable.create({"name": "Land", "code": "QZ"})
    try:
        assert writable.update(country["id"], name="Island")["name"] == "Island"
    finally:
        response = writable.request("DELETE", country["id"])
    assert response.status_code == 204
    assert writable.names(code="QZ") == []


def test_custom_field_is_served_as_it_is_called_and_no_longer_than_it_is_there(
    countries, expose, change, admin, portugal
):
    model_id = expose.find("ir.model", model=COUNTRY)
    values = {"name": "x_motto", "ttype": "char", "field_description": "Motto"}
    field = admin("ir.model.fields", "create", {"model_id": model_id, **values})
    try:
        change(field_ids=[(0, 0, {"field_id": field})])
        assert "x_motto" in countries.read(portugal)
        admin("ir.model.fields", "write", [field], {"name": "x_hymn"})
        assert set(countries.read(portugal)) == {"id", "name", "code", "x_hymn"}
    finally:
        admin("ir.model.fields", "unlink", [field])
    assert set(countries.read(portugal)) == {"id", "name", "code"}


def test_field_that_may_only_be_read_is_refused_or_as_it_is(writable, change, portugal):
    change(allow_update=True)
    assert_error(writable.request("PATCH", portugal, json={"name": "X"}), 400, "name")
    assert writable.update(portugal, name="Portugal")["name"] == "Portugal"


def test_fields_are_those_of_this_moment(
    countries, expose, change, admin, client, portugal
):
    country = admin("ir.model", "search", [("model", "=", COUNTRY)])[0]
    change(field_ids=[(0, 0, expose.line(country, "phone_code"))])
    assert countries.read(portugal)["phone_code"] == 351
    assert countries.names(phone_code="351") == ["Portugal"]
    assert documented_fields(client, countries) == {"id", "name", "code", "phone_code"}
    domain = [("resource_id", "in", expose.ids), ("field_id.name", "!=", "name")]
    lines = admin("rest.resource.field", "search", domain)
    change(field_ids=[(2, line) for line in lines])
    assert countries.read(portugal) == {"id": portugal, "name": "Portugal"}
    for params in ({"code": "PT"}, {"fields": "code"}, {"order": "code"}):
        assert_error(countries.request("GET", params=params), 400)


def test_filter_is_that_of_this_moment(countries, change, portugal):
    change(domain="[('code', 'in', ['PT', 'ES'])]")
    assert countries.names(order="code") == ["Spain", "Portugal"]
    assert countries.search(total="true")["total"] == 2
    change(domain="[('code', '!=', 'PT')]")
    assert_error(countries.request("GET", portugal), 404)
    assert countries.names(code="PT") == []


def test_resource_is_documented_as_long_as_it_is_served(client, countries, change):
    url = f"/api-docs{countries.path}.json"
    assert {"get"} == set(document(client)["paths"][countries.path])
    assert url in swagger_definitions(client)
    assert set(client.get(url).json()["paths"]["/"]) == {"get"}
    change(allow_create=True)
    assert {"get", "post"} == set(document(client)["paths"][countries.path])
    change(active=False)
    assert countries.path not in document(client)["paths"]
    assert url not in swagger_definitions(client)
    assert client.get(url).status_code == 404


def test_document_for_a_token_shows_what_it_can_call(client, change, writable, token):
    change(allow_create=True)
    path = writable.path
    assert set(document(client, token)["paths"][path]) == {"get"}
    assert set(document(client, writable.token)["paths"][path]) == {"get", "post"}


def test_resource_has_scopes_of_its_own(client, user, countries, path):
    other = countries.with_token(client.issue(user, scope="partners:read"))
    assert_error(other.request("GET"), 403, f"{path}:read")
    limited = countries.with_token(client.issue(user, scope=f"{path}:read"))
    assert limited.names(code="PT") == ["Portugal"]
    assert_error(client.get("/api/partners", limited.token), 403, "partners:read")


def test_token_is_needed(countries, portugal):
    stranger = countries.with_token(None)
    assert_error(stranger.request("GET"), 401)
    assert_error(stranger.request("GET", portugal), 401)


def test_exposing_gives_no_right(client, user, expose, path, countries, change):
    change(allow_create=True, allow_delete=True)
    values = {"name": "Land", "code": "QZ"}
    assert_error(countries.request("POST", json=values), 403)
    expose(f"{path}-parameters", "ir.config_parameter", "key", "value")
    parameters = Resource(client, f"/api/{path}-parameters", countries.token)
    assert_error(parameters.request("GET"), 403)
    assert_error(parameters.request("GET", 1), 403)


@pytest.mark.parametrize("method", ["read", "search", "create", "write", "unlink"])
def test_only_administrators_see_and_make_resources(
    backend, create_user, expose, countries, method
):
    manager = backend(create_user("base.group_user", "base.group_erp_manager"))
    arguments = {
        "read": [expose.ids, ["path"]],
        "search": [[]],
        "create": [{"path": "forged", "model_id": 1}],
        "write": [expose.ids, {"allow_delete": True}],
        "unlink": [expose.ids],
    }
    with access_refused():
        manager("rest.resource", method, *arguments[method])
    countries.search()


@pytest.mark.parametrize(
    "bad",
    [
        "partners",
        "auth",
        "openapi.json",
        "Countries",
        "a/b",
        "../partners",
        "a b",
        "é",
        "1st",
        "_x",
        "-x",
        "a?b",
        "%70artners",
        "partners\n",
        "",
        " ",
    ],
)
def test_path_that_is_taken_or_no_word_is_refused(expose, client, token, bad):
    before = client.get("/api/partners", token, params={"limit": 1}).json()
    with pytest.raises(RpcError):
        expose(bad, COUNTRY, "name")
    after = client.get("/api/partners", token, params={"limit": 1}).json()
    assert after == before


def test_path_of_another_resource_is_refused(expose, countries, path, change):
    with pytest.raises(RpcError, match="path"):
        expose(path, "res.currency", "name")
    change(active=False)
    with pytest.raises(RpcError, match="path"):
        expose(path, "res.currency", "name")


@pytest.mark.parametrize(
    "domain", ["[('nothing', '=', 1)]", "[", "{}", "x", "[('code', '=', uid)]"]
)
def test_filter_that_can_not_be_used_is_refused(expose, countries, change, domain):
    with pytest.raises(RpcError, match="filter"):
        change(domain=domain)
    countries.search()


def test_model_without_records_is_refused(expose, path):
    for model in ("base", "res.config.settings"):
        with pytest.raises(RpcError, match="records"):
            expose(path, model)
