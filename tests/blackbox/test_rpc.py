"""A token in place of the password, in XML-RPC and JSON-RPC."""

import odoorpc
import pytest
from odoorpc.error import RPCError
from urllib3.util import parse_url

from .clients import Program


@pytest.fixture
def connect(server):
    """Logs in by OdooRPC, and returns its client."""
    url = parse_url(server.url)

    def log_in(login, password):
        odoo = odoorpc.ODOO(url.host, port=url.port or 80, timeout=60)
        odoo.login(server.db, login, password)
        return odoo

    return log_in


@pytest.fixture
def json_rpc(client, server):
    def call(service, method, *args):
        params = {"service": service, "method": method, "args": [server.db, *args]}
        answer = client.post("/jsonrpc", json={"jsonrpc": "2.0", "params": params})
        return answer.json()

    return call


def refused():
    return pytest.raises(RPCError, match="(?i)wrong login|access denied")


def test_odoorpc_works_with_a_token(connect, user, token):
    odoo = connect(user.login, token)
    assert odoo.env.uid == user.id
    partners = odoo.env["res.partner"]
    assert partners.search([("user_ids", "=", user.id)]) == [user.partner_id]
    (values,) = partners.read([user.partner_id], ["name"])
    assert values["name"] == user.login


def test_json_rpc(json_rpc, user, token):
    assert json_rpc("common", "login", user.login, token)["result"] == user.id
    call = ["res.users", "read", [user.id], ["login"]]
    answer = json_rpc("object", "execute", user.id, token, *call)
    assert answer["result"] == [{"id": user.id, "login": user.login}]


def test_xml_rpc(server, user, token):
    models = Program(server, user.login, token)
    assert models.uid == user.id
    (values,) = models("res.users", "read", [user.id], ["login"])
    assert values["login"] == user.login


def test_rights_are_the_users(connect, user, token):
    odoo = connect(user.login, token)
    with pytest.raises(RPCError, match="(?i)not allowed"):
        odoo.env["ir.config_parameter"].search([])


def test_revoked_token_is_refused_by_the_next_call(client, connect, user, token):
    odoo = connect(user.login, token)
    assert odoo.env["res.users"].search_count([]) >= 1
    client.delete("/api/auth/token", token)
    with refused():
        odoo.env["res.users"].search_count([])
    with refused():
        connect(user.login, token)


@pytest.mark.usefixtures("forgive_failed_logins")
def test_token_of_another_user(connect, json_rpc, other_user, token, user, admin):
    for login in (other_user.login, "admin"):
        with refused():
            connect(login, token)
    answer = json_rpc("object", "execute", admin.uid, token, "res.users", "read", [1])
    assert "AccessDenied" in answer["error"]["data"]["name"]


@pytest.mark.usefixtures("forgive_failed_logins")
def test_limited_token(client, connect, user):
    limited = client.issue(user, scope="partners:read")
    with refused():
        connect(user.login, limited)


@pytest.mark.usefixtures("forgive_failed_logins")
def test_administrator_forbids_it(connect, user, token, set_parameter):
    set_parameter("allow_rpc", "0")
    with refused():
        connect(user.login, token)


@pytest.mark.usefixtures("forgive_failed_logins")
def test_token_is_no_password_on_the_login_page(client, server, user, token):
    params = {"db": server.db, "login": user.login, "password": token}
    answer = client.post("/web/session/authenticate", json={"params": params}).json()
    assert "AccessDenied" in answer["error"]["data"]["name"]
