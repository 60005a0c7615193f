"""A program has no password, and Odoo sends it no link to set one."""

import secrets

import pytest
from blackbox.clients import Client, RpcError


@pytest.fixture
def program(admin):
    login = f"program-{secrets.token_hex(4)}"
    values = {"name": login, "login": login, "email": f"{login}@example.com"}
    values["is_rest_program"] = True
    context = {"no_reset_password": True}
    user_id = admin("res.users", "create", values, context=context)
    yield {"id": user_id, "login": login, "email": values["email"]}
    admin("res.users", "unlink", [user_id])


def test_program_is_sent_no_link(admin, program):
    with pytest.raises(RpcError, match="A program has no password"):
        admin("res.users", "action_reset_password", [program["id"]])
    mails = admin("mail.mail", "search", [("email_to", "like", program["email"])])
    assert not mails


def test_program_is_given_no_password(admin, program):
    with pytest.raises(RpcError, match="A program has no password"):
        admin("res.users", "write", [program["id"]], {"password": "secret"})


def test_program_gets_no_token_for_a_password(program, server):
    credentials = {"login": program["login"], "password": "secret"}
    with Client(server.url) as client:
        answer = client.post("/api/auth/token", json=credentials)
    assert answer.status_code == 401
