import pytest

from .clients import RpcError, assert_works
from .rights import LATER, access_refused, forged_token

ATTEMPTS = [
    ("read", ["name"]),
    ("read", []),
    ("write", {"name": "Forged"}),
    ("unlink",),
    ("copy",),
    ("export_data", ["name"]),
    ("action_revoke",),
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_another_users_token(rpc, client, other_token, other_token_id, attempt):
    method, *args = attempt
    with access_refused():
        rpc("rest.token", method, [other_token_id], *args)
    assert_works(client, other_token)


def test_another_users_token_is_not_found(rpc, other_user, other_token_id):
    domain = [("id", "=", other_token_id)]
    prefixed = [("user_id", "=", other_user.id)]
    assert rpc("rest.token", "search", domain) == []
    assert rpc("rest.token", "search_count", prefixed) == 0
    assert rpc("rest.token", "search_read", prefixed, ["name"]) == []
    assert rpc("rest.token", "name_search", "", prefixed) == []
    assert rpc("rest.token", "read_group", prefixed, ["user_id"], ["user_id"]) == []


def test_another_users_token_is_not_found_through_the_user(
    rpc, other_user, other_token_id
):
    domain = [("rest_token_ids.id", "=", other_token_id)]
    assert rpc("res.users", "search", domain) == []
    (row,) = rpc("res.users", "read", [other_user.id], ["rest_token_ids"])
    assert row["rest_token_ids"] == []


def test_another_users_usage(rpc, admin, other_token_id):
    domain = [("token_id", "=", other_token_id)]
    usage_ids = admin("rest.token.usage", "search", domain)
    assert usage_ids
    assert rpc("rest.token.usage", "search", domain) == []
    with access_refused():
        rpc("rest.token.usage", "read", usage_ids, ["address"])


def test_own_token_among_anothers_is_not_revoked(
    rpc, client, token, token_id, other_token, other_token_id
):
    with access_refused():
        rpc("rest.token", "action_revoke", [token_id, other_token_id])
    assert_works(client, token)
    assert_works(client, other_token)


def test_all_of_anothers_tokens_are_not_revoked(rpc, client, other_user, other_token):
    try:
        rpc("res.users", "action_revoke_rest_tokens", [other_user.id])
    except RpcError as error:
        assert error.name == "AccessError"
    assert_works(client, other_token)


def test_dialog_of_another_user(rpc, backend, other_user):
    wizard = backend(other_user)("rest.token.issue", "create", {"name": "Dialog"})
    assert rpc("rest.token.issue", "search", [("id", "=", wizard)]) == []
    for method, *args in (("read", ["name"]), ("write", {"name": "a"}), ("unlink",)):
        with access_refused():
            rpc("rest.token.issue", method, [wizard], *args)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_portal_user(
    backend, portal_user, client, other_token, other_token_id, attempt
):
    rpc = backend(portal_user)
    method, *args = attempt
    with pytest.raises(RpcError):
        rpc("rest.token", method, [other_token_id], *args)
    assert_works(client, other_token)


def test_portal_user_sees_no_model(backend, portal_user):
    rpc = backend(portal_user)
    models = ("rest.token", "rest.token.usage", "rest.token.scope", "rest.token.issue")
    for model in models:
        with access_refused():
            rpc(model, "search", [])
    with access_refused():
        rpc("rest.token", "create", forged_token(portal_user))
    with access_refused():
        rpc("rest.token.issue", "create", {"name": "Forged", "expires_at": LATER})


def test_portal_user_in_the_group_sees_own_tokens(
    backend, client, issue, create_user, other_token_id
):
    holder = create_user("base.group_portal", "odoo_rest_token.group_rest_token")
    token_id = client.token_id(issue(holder))
    rpc = backend(holder)
    assert rpc("rest.token", "search", []) == [token_id]
    with access_refused():
        rpc("rest.token", "read", [other_token_id], ["name"])
