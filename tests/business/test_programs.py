"""Odoo invites people to set a password, and programs not."""

import secrets

import pytest
from blackbox.clients import RpcError


@pytest.fixture
def make_user(admin):
    """Makes a user as Odoo's form does."""
    ids = []

    def make(**values):
        login = f"invited-{secrets.token_hex(4)}@example.com"
        values.update(name=login, login=login, email=login)
        ids.append(admin("res.users", "create", values))
        return ids[-1], login

    yield make
    admin("res.users", "unlink", ids)


def count_invitations(admin, login):
    return admin("mail.mail", "search_count", [("email_to", "like", login)])


def test_person_is_invited_and_a_program_is_not(admin, make_user):
    _person, invited = make_user()
    program, login = make_user(is_rest_program=True)
    assert count_invitations(admin, invited) == 1
    with pytest.raises(RpcError, match="A program has no password"):
        admin("res.users", "action_reset_password", [program])
    assert not count_invitations(admin, login)
