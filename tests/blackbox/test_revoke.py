import pytest

from .clients import assert_error, assert_refused, assert_works

REVOKED = {
    "count": 1,
    "data": [{"desc": "access token successfully deleted", "delete": True}],
}


def state(admin, token_id):
    return admin("rest.token", "read", [token_id], ["state"])[0]["state"]


@pytest.mark.parametrize("path", ["/api/auth/token", "/rest/sky/token"])
def test_token_revokes_itself_alone(client, issue, user, token, path):
    second = issue(user)
    response = client.delete(path, token)
    assert response.json() == REVOKED
    assert_refused(client, token)
    assert_works(client, second)


def test_whoever_has_it(client, issue, user, token):
    second = issue(user)
    response = client.post("/api/auth/revoke", data={"token": token})
    assert (response.status_code, response.json()) == (200, {})
    assert_refused(client, token)
    assert_works(client, second)
    again = client.post("/api/auth/revoke", data={"token": token})
    assert (again.status_code, again.json()) == (200, {})


def test_revoked_token_revokes_nothing(client, issue, user, token):
    second = issue(user)
    client.delete("/api/auth/token", token)
    assert_error(client.delete("/api/auth/token", token), 401)
    response = client.delete(f"/api/auth/tokens/{client.token_id(second)}", token)
    assert_error(response, 401)
    assert_works(client, second)


def test_own_token_by_id(client, issue, user, token):
    second = issue(user)
    path = f"/api/auth/tokens/{client.token_id(second)}"
    assert client.delete(path, token).json() == REVOKED
    assert_refused(client, second)
    assert_works(client, token)
    assert_error(client.delete(path, token), 404)


def test_another_users_token_by_id(client, token, other_token):
    token_id = client.token_id(other_token)
    assert_error(client.delete(f"/api/auth/tokens/{token_id}", token), 404)
    assert_works(client, other_token)


def test_administrator_revokes_own_tokens_only(
    client, issue, administrator, other_token
):
    token_id = client.token_id(other_token)
    response = client.delete(f"/api/auth/tokens/{token_id}", issue(administrator))
    assert_error(response, 404)
    assert_works(client, other_token)


def test_administrator_in_backend(client, admin, token):
    token_id = client.token_id(token)
    admin("rest.token", "action_revoke", [token_id])
    assert_refused(client, token)
    assert state(admin, token_id) == "revoked"


def test_administrator_revokes_all_in_backend(
    client, issue, admin, user, token, other_token
):
    second = issue(user)
    admin("res.users", "action_revoke_rest_tokens", [user.id])
    assert_refused(client, token)
    assert_refused(client, second)
    assert_works(client, other_token)


def test_owner_in_backend(client, backend, user, token):
    backend(user)("rest.token", "action_revoke", [client.token_id(token)])
    assert_refused(client, token)


def test_owner_revokes_all_in_backend(client, issue, backend, user, token):
    second = issue(user)
    backend(user)("res.users", "action_revoke_rest_tokens", [user.id])
    assert_refused(client, token)
    assert_refused(client, second)


def test_archived_user(client, admin, fresh_user, other_token):
    token = client.issue(fresh_user)
    admin("res.users", "write", [fresh_user.id], {"active": False})
    assert_refused(client, token)
    assert_works(client, other_token)
    admin("res.users", "write", [fresh_user.id], {"active": True})
    assert_refused(client, token)


def test_removed_user(client, admin, fresh_user):
    token = client.issue(fresh_user)
    admin("res.users", "unlink", [fresh_user.id])
    assert_refused(client, token)


def test_password_set_by_administrator(client, admin, fresh_user, other_token):
    token = client.issue(fresh_user)
    admin("res.users", "write", [fresh_user.id], {"password": "another password"})
    assert_refused(client, token)
    assert_works(client, other_token)


def test_password_changed_by_owner(client, backend, fresh_user):
    token = client.issue(fresh_user)
    rpc = backend(fresh_user)
    rpc("res.users", "change_password", fresh_user.password, "another password")
    assert_refused(client, token)
