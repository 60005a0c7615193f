"""A token that was stolen becomes nothing that outlives it.

The thief has a login of their own, and gave the password where Odoo asks for it. The
cookie of that web session goes along with what they call with the token.
"""

import re
from datetime import datetime, timedelta, timezone
from xmlrpc.client import Fault, dumps

import pytest

from .clients import Client, Program, RpcError, SessionClient

# From Odoo 16.0, Odoo itself refuses it over RPC.
REFUSAL = re.compile("web client with it|can only be accessed over HTTP")
TRANSPORTS = ["/xmlrpc/object", "/xmlrpc/2/object", "/jsonrpc"]
YEAR = f"{datetime.now(timezone.utc) + timedelta(days=360):%F %T}"
# What is there to be had: model, values of the dialog, method
ATTACKS = {
    "token": ("rest.token.issue", {"name": "Own", "expires_at": YEAR}, "action_issue"),
    "API key": ("res.users.apikeys.description", {"name": "Own"}, "make_key"),
    "second factor off": ("res.users", None, "action_totp_disable"),
    "second factor on": ("res.users", None, "action_totp_enable_wizard"),
    "devices": ("res.users", None, "revoke_all_devices"),
}
UP_TO_14 = {
    "action_totp_disable": "totp_disable",
    "action_totp_enable_wizard": "totp_enable_wizard",
    "revoke_all_devices": "api_key_wizard",  # no devices there, but that
}


@pytest.fixture(scope="module")
def owner(create_user):
    return create_user("base.group_user")


@pytest.fixture(scope="module")
def stolen(server, web, owner):
    """Token of the owner, who has a second factor since."""
    token = Client(server.url).issue(owner)
    web(owner).turn_second_factor_on(owner)
    return token


@pytest.fixture(scope="module")
def thief(web, second_user):
    """Web client of another user, who gave the password in it."""
    browser = web(second_user)
    browser.issue_in_dialog()
    return browser


@pytest.fixture
def call(server, thief, owner, stolen):
    """Calls a method with the token and the thief's cookie, and returns the answer."""

    def call(path, model, method, *args):
        params = [server.db, owner.id, stolen, model, method, list(args)]
        if path == "/jsonrpc":
            body = {"service": "object", "method": "execute_kw", "args": params}
            return thief.post(path, json={"params": body}).text
        body = dumps(tuple(params), "execute_kw")
        return thief.post(path, data=body, headers={"Content-Type": "text/xml"}).text

    return call


@pytest.fixture
def belongings(admin):
    """Reads what a user has to log in by."""

    def read(user):
        of_user = [("user_id", "=", user.id)]
        (values,) = admin("res.users", "read", [user.id], ["totp_enabled"])
        return {
            "tokens": admin(
                "rest.token", "search", [*of_user, ("state", "=", "active")]
            ),
            "API keys": admin("res.users.apikeys", "search", of_user),
            "second factor": values["totp_enabled"],
        }

    return read


@pytest.fixture(params=ATTACKS)
def attack(request, admin):
    model, values, method = ATTACKS[request.param]
    devices = admin("res.users", "fields_get", ["totp_trusted_device_ids"])
    return model, values, method if devices else UP_TO_14.get(method, method)


@pytest.mark.parametrize("path", TRANSPORTS)
def test_proof_of_the_thief_does_not_count(
    server, call, belongings, owner, stolen, attack, path
):
    model, values, method = attack
    programs = Program(server, owner.login, stolen)
    record_id = programs(model, "create", values) if values else owner.id
    before = belongings(owner)
    assert REFUSAL.search(call(path, model, method, [record_id]))
    assert belongings(owner) == before
    assert before["second factor"]


def test_proof_goes_on_for_the_session_it_was_given_in(call, thief, owner):
    for path in TRANSPORTS:
        call(path, "res.users", "api_key_wizard", [owner.id])
    wizard = thief.open_issuing()
    action = thief.call("rest.token.issue", "action_issue", [wizard])
    assert action["res_model"] == "rest.token.show"


def test_session_of_a_token_proves_nothing(client, server, belongings, user, token):
    session = SessionClient(server.url, token)
    before = belongings(user)
    for model, values, method in (ATTACKS["token"], ATTACKS["API key"]):
        record_id = session.call(model, "create", values)
        with pytest.raises(RpcError, match=REFUSAL):
            session.call(model, method, [record_id])
    assert belongings(user) == before
    client.delete("/api/auth/token", token)
    assert not session.is_logged_in()
    assert not belongings(user)["tokens"]


def test_password_that_is_typed_is_not_read(server, web, user, token):
    browser = web(user)
    action = browser.call("res.users", "api_key_wizard", [user.id])
    dialog, ids = action["res_model"], [action["res_id"]]
    browser.call(dialog, "write", ids, {"password": user.password})
    programs = Program(server, user.login, token)
    for method, *args in (
        ("read", ids, ["password"]),
        ("search", [("password", "=like", "%")]),
        ("write", ids, {"password": "known"}),
        ("run_check", ids),
    ):
        with pytest.raises(Fault, match=REFUSAL):
            programs(dialog, method, *args)
