"""API5:2023 Broken function level authorization."""

from xmlrpc.client import Fault

import pytest
from blackbox.clients import Program, RpcError

from .attackers import assert_refused

ALL = ["POST", "PATCH", "PUT", "DELETE"]


@pytest.fixture(scope="module")
def read_only(expose):
    return expose("sale.order", "name", "client_order_ref")


@pytest.mark.parametrize("method", ALL)
def test_write_what_is_only_read(mallory, admin, read_only, own_order, method):
    body = {"client_order_ref": "changed"}
    path = read_only if method == "POST" else f"{read_only}/{own_order}"
    assert_refused(mallory.call(method, path, json=body), 405)
    domain = [("id", "=", own_order), ("client_order_ref", "=", "private")]
    assert admin("sale.order", "search_count", domain) == 1


@pytest.mark.parametrize(
    "header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]
)
def test_call_a_method_by_another_name(mallory, admin, orders, own_order, header):
    for method in ("GET", "POST"):
        path = f"{orders}/{own_order}"
        mallory.call(method, path, headers={header: "DELETE"})
        mallory.call(method, path, params={"_method": "DELETE"})
    assert admin("sale.order", "search_count", [("id", "=", own_order)]) == 1


@pytest.mark.parametrize(
    "name",
    ["action_confirm", "action_cancel", "unlink", "write", "sudo", "_write", "copy"],
)
def test_call_a_method_of_the_model(mallory, admin, orders, own_order, name):
    before = admin("sale.order", "read", [own_order], ["state"])
    for path in (f"{orders}/{own_order}/{name}", f"{orders}/{name}"):
        for method in ("GET", "POST"):
            assert_refused(mallory.call(method, path, json={}), 404, 405)
    assert admin("sale.order", "read", [own_order], ["state"]) == before


@pytest.fixture(scope="module")
def users(expose, everything, admin):
    groups = admin.groups_field
    fields = ("name", "login", "password", groups, "active", "company_id")
    written = [(name, "write") for name in fields]
    return groups, expose("res.users", *written, **everything)


def test_become_an_administrator(mallory, admin, users):
    groups, path = users
    system = admin.ref("base.group_system")
    for body in ({groups: [system]}, {groups: [{"id": system}]}):
        assert_refused(mallory.patch(f"{path}/{mallory.id}", body))
    domain = [("id", "=", mallory.id), (groups, "in", [system])]
    assert admin("res.users", "search_count", domain) == 0


def test_make_a_user(mallory, admin, users):
    login = "user-of-owasp@example.com"
    assert_refused(mallory.post(users[1], {"name": login, "login": login}))
    domain = [("login", "=", login), ("active", "in", [True, False])]
    assert admin("res.users", "search_count", domain) == 0


def test_set_the_password_of_somebody_else(mallory, alice, users):
    body = {"password": "mine"}
    assert_refused(mallory.patch(f"{users[1]}/{alice.id}", body))
    assert alice.get("/api/auth/me").status_code == 200
    assert alice.issue()


def test_archive_somebody_else(mallory, alice, users):
    assert_refused(mallory.patch(f"{users[1]}/{alice.id}", {"active": False}))
    assert_refused(mallory.delete(f"{users[1]}/{alice.id}"))
    assert alice.get("/api/auth/me").status_code == 200


def test_expose_a_model(mallory, admin):
    model = admin("ir.model", "search", [("model", "=", "res.users")])[0]
    with pytest.raises(RpcError):
        values = {"path": "owasp-stolen", "model_id": model}
        mallory.rpc("rest.resource", "create", values)


@pytest.mark.parametrize("model", ["ir.config_parameter", "ir.cron", "ir.model.access"])
def test_models_of_the_system(expose, clerk, model):
    path = expose(model, "create_date", allow_create=True, allow_update=True)
    assert_refused(clerk.get(path), 403)
    assert_refused(clerk.get(f"{path}/1"), 403, 404)
    assert_refused(clerk.patch(f"{path}/1", {}), 403, 404)
    assert path not in clerk.get("/api/openapi.json").text


def test_go_beyond_the_scope_of_a_token(mallory, client, orders):
    token = mallory.issue(scope="partners:read")
    assert client.get("/api/partners?limit=1", token).status_code == 200
    for method, path in (
        ("POST", "/api/partners"),
        ("PATCH", "/api/partners/1"),
        ("DELETE", "/api/partners/1"),
        ("GET", orders),
        ("GET", "/api/auth/tokens"),
        ("POST", "/api/auth/session"),
    ):
        assert_refused(client.request(method, path, token, json={}), 403)


def test_widen_the_scope_of_a_token(mallory, client):
    token = mallory.issue(scope="partners:read")
    for options in (
        {"params": {"scope": "partners:write"}},
        {"headers": {"X-Scope": "partners:write"}},
        {"json": {"name": "x", "scope": "partners:write"}},
    ):
        assert_refused(client.post("/api/partners", token, **options), 400, 403)


def test_a_limited_token_in_place_of_the_password(mallory, server, client):
    token = mallory.issue(scope="partners:read")
    with pytest.raises((AssertionError, Fault)):
        Program(server, mallory.login, token)


def test_issue_a_token_to_somebody_else(mallory, alice):
    with pytest.raises(RpcError):
        mallory.rpc.issue_in_dialog(name="Stolen", user_id=alice.id)
