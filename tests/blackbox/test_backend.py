import time
from datetime import timedelta

import pytest

from .clients import RpcError, assert_refused, assert_works

ACTIVE = [("state", "=", "active")]


def odoo_datetime(value):
    return value.strftime("%Y-%m-%d %H:%M:%S")


def test_dialog_issues(client, web, user):
    token = web(user).issue_in_dialog(name="Dialog")
    me = client.me(token).json()
    assert me["uid"] == user.id
    assert me["token"]["name"] == "Dialog"


def test_dialog_asks_for_the_password(web, backend, user):
    browser = web(user)
    wizard = browser.open_issuing()
    action = browser.call("rest.token.issue", "action_issue", [wizard])
    assert action["res_model"] == "res.users.identitycheck"
    browser.password = "wrong"
    with pytest.raises(RpcError):
        browser.press("rest.token.issue", "action_issue", wizard)
    assert backend(user)("rest.token", "search", ACTIVE) == []


def test_manager_of_access_rights_issues_for_another(client, web, create_user, user):
    manager = create_user("base.group_user", "base.group_erp_manager")
    token = web(manager).issue_in_dialog(user_id=user.id)
    assert client.me(token).json()["uid"] == user.id


def test_user_does_not_issue_for_another(web, backend, user, other_user):
    with pytest.raises(RpcError):
        web(user).issue_in_dialog(user_id=other_user.id)
    assert backend(other_user)("rest.token", "search", ACTIVE) == []


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_dialog_refuses_expiry(web, user, now, set_parameter, days):
    set_parameter("max_lifetime_days")
    expires_at = odoo_datetime(now + timedelta(days=days))
    with pytest.raises(RpcError, match="expire"):
        web(user).issue_in_dialog(expires_at=expires_at)


def test_expired_token_is_refused(client, web, admin, user, now):
    expires_at = now + timedelta(seconds=10)
    token = web(user).issue_in_dialog(expires_at=odoo_datetime(expires_at))
    token_id = client.token_id(token)
    deadline = time.monotonic() + 30
    while client.me(token).status_code == 200 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert_refused(client, token)
    assert_works(client, client.issue(user))
    assert admin("rest.token", "read", [token_id], ["state"])[0]["state"] == "expired"


def test_group_decides_who_holds_tokens(client, admin, create_user):
    holder = create_user("base.group_portal")
    group = admin.ref("odoo_rest_token.group_rest_token")
    admin.add_to_group(holder.id, group)
    token = client.issue(holder)
    assert client.me(token).json()["uid"] == holder.id
    admin.remove_from_group(holder.id, group)
    assert_refused(client, token)
