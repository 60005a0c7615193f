import pytest

from .clients import RpcError, assert_refused
from .rights import LATER, access_refused, forged_token


def test_own_tokens_are_read(rpc, user, token_id, other_token_id):
    found = rpc("rest.token", "search", [])
    assert token_id in found and other_token_id not in found
    (row,) = rpc("res.users", "read", [user.id], ["rest_token_ids"])
    assert row["rest_token_ids"] == found


FIELDS = {
    "name": "Forged",
    "prefix": "00000000",
    "expires_at": LATER,
    "revoked_at": False,
    "scope_ids": [(5, 0, 0)],
    "scope_keys": "",
    "state": "active",
    "create_date": "2001-01-01 00:00:00",
}


@pytest.mark.parametrize("field", FIELDS)
def test_token_is_not_written(caller, admin, token_id, field):
    before = admin("rest.token", "read", [token_id], list(FIELDS))
    with access_refused():
        caller("rest.token", "write", [token_id], {field: FIELDS[field]})
    assert admin("rest.token", "read", [token_id], list(FIELDS)) == before


def test_token_is_not_given_away(caller, token_id, other_user):
    with access_refused():
        caller("rest.token", "write", [token_id], {"user_id": other_user.id})


def test_token_is_not_created_removed_or_copied(caller, user, token_id):
    with access_refused():
        caller("rest.token", "create", forged_token(user))
    with access_refused():
        caller("rest.token", "unlink", [token_id])
    with access_refused():
        caller("rest.token", "copy", [token_id])


def test_token_is_not_imported(rpc, user):
    names = ["name", "user_id/.id", "expires_at"]
    rows = [["Forged", str(user.id), LATER]]
    try:
        assert not rpc("rest.token", "load", names, rows)["ids"]
    except RpcError as error:
        assert error.name == "AccessError"
    assert rpc("rest.token", "search", [("name", "=", "Forged")]) == []


def test_token_is_not_changed_through_the_user(caller, admin, user, token_id):
    commands = [
        (0, 0, {"name": "Forged", "expires_at": LATER}),
        (1, token_id, {"expires_at": LATER}),
        (2, token_id),
        (3, token_id),
    ]
    # "2 seconds ago" becomes "3 seconds ago".
    fields = ["name", "user_id", "create_date", "expires_at", "revoked_at"]
    listing = ["rest.token", "search_read", [("user_id", "=", user.id)], fields]
    before = admin(*listing)
    for command in commands:
        with access_refused():
            caller("res.users", "write", [user.id], {"rest_token_ids": [command]})
    assert admin(*listing) == before


def test_revoked_token_is_not_revived(rpc, client, token, token_id):
    rpc("rest.token", "action_revoke", [token_id])
    with access_refused():
        rpc("rest.token", "write", [token_id], {"revoked_at": False})
    assert_refused(client, token)


def test_usage_is_not_written(rpc, admin, token_id):
    usage_ids = admin("rest.token.usage", "search", [("token_id", "=", token_id)])
    with access_refused():
        rpc("rest.token.usage", "write", usage_ids, {"address": "192.0.2.1"})
    with access_refused():
        rpc("rest.token.usage", "unlink", usage_ids)
    values = {"token_id": token_id, "used_at": LATER}
    with access_refused():
        rpc("rest.token.usage", "create", values)


def test_scopes_are_not_created(rpc):
    with access_refused():
        rpc("rest.token.scope", "create", {"name": "forged"})
