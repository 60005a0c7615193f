import json
import re
import shlex
import subprocess

import pytest
from playwright.sync_api import expect

from .rpc import issue

USERS = "base.action_res_users"
REFUSED = re.compile("Access Denied|Incorrect Password")


def test_token_is_issued_copied_used_and_revoked(backend, server, user, me, screenshot):
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    expect(backend.page.get_by_text("No token yet")).to_be_visible()
    screenshot("user_form")

    backend.button("action_new_rest_token").click()
    backend.field("name").fill("Nightly export")
    expect(backend.dialog).to_contain_text("in 7 days")
    screenshot("new_token")
    backend.button("action_issue").click()
    expect(backend.field("password")).to_be_visible()
    screenshot("identity_check")
    backend.identify(server)

    secret = backend.secret()
    expect(backend.dialog).to_contain_text("won't be shown again")
    screenshot("secret_shown")
    assert backend.copy("secret") == secret
    answer = me(secret)
    assert answer.status_code == 200
    assert answer.json()["login"] == user.login

    backend.close()
    row = backend.row("Nightly export")
    expect(row).to_contain_text("Active")
    expect(row).to_contain_text("in 7 days")
    expect(backend.page.get_by_text("No token yet")).to_be_hidden()
    screenshot("user_form_tokens")

    row.locator("button[name=action_revoke]").click()
    expect(backend.dialog).to_contain_text("will be refused")
    screenshot("confirm_revoke")
    backend.confirm()
    expect(row).to_contain_text("Revoked")
    expect(row.locator("button[name=action_revoke]")).to_be_hidden()
    screenshot("user_form_revoked")
    assert me(secret).status_code == 401


def test_example_is_copied_and_runs(backend, server, user):
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    secret = backend.issue(server, "Nightly export")
    command = shlex.split(backend.copy("curl"))
    assert command[0] == "curl"
    assert f"access-token: {secret}" in command
    answer = subprocess.run([*command, "-s"], capture_output=True, check=True)
    assert json.loads(answer.stdout)["login"] == user.login


@pytest.mark.parametrize("dialog", [False, True])
def test_swagger_ui_is_one_click_away(backend, server, user, dialog):
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    if dialog:
        backend.issue(server, "Nightly export")
    link = backend.page.get_by_role("link", name="Swagger UI").last
    with backend.page.expect_popup() as popup:
        link.click()
    expect(popup.value.locator("select#select")).to_be_visible()


def test_all_tokens_of_a_user_are_revoked(backend, server, user, me, screenshot):
    secrets = [issue(server, user, name) for name in ("Export", "Import")]
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    expect(backend.row("Active")).to_have_count(2)

    backend.button("action_revoke_rest_tokens").click()
    expect(backend.dialog).to_contain_text("Revoke them all?")
    screenshot("confirm_revoke_all")
    backend.confirm()
    expect(backend.row("Revoked")).to_have_count(2)
    screenshot("all_revoked")
    assert [me(secret).status_code for secret in secrets] == [401, 401]


def test_wrong_password_issues_nothing(backend, server, admin, user):
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    backend.button("action_new_rest_token").click()
    backend.field("name").fill("Nightly export")
    backend.button("action_issue").click()
    backend.identify(server._replace(password="wrong"))
    expect(backend.dialog).to_contain_text(REFUSED)
    assert admin("rest.token", "search_count", [("user_id", "=", user.id)]) == 0


def test_token_is_rotated(backend, server, user, me):
    before = issue(server, user, "Till")
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    backend.row("Till").locator("button[name=action_rotate]").click()
    expect(backend.dialog).to_contain_text("takes the place of the present one")
    backend.field("grace_minutes").fill("5")
    backend.dialog.locator("button[name=action_rotate]").click()
    backend.identify(server)
    secret = backend.secret()
    assert secret != before
    assert {me(each).status_code for each in (before, secret)} == {200}
    backend.close()
    expect(backend.row("Till")).to_have_count(2)
