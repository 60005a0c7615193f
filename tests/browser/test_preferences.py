import pytest
from playwright.sync_api import expect

from .rpc import issue, wait_until

# Any page from which the user's menu can be opened.
CONTACTS = "base.action_partner_form"


@pytest.fixture
def refused(me):
    return lambda secret: wait_until(lambda: me(secret).status_code == 401)


def test_user_issues_and_revokes_in_preferences(
    backend, server, make_user, me, refused, screenshot
):
    user = make_user("Robin Field")
    issue(server, make_user("Kim Marsh"), "Of a stranger")
    issue(server, user, "Web shop")
    backend.login(user, CONTACTS)
    backend.preferences()
    expect(backend.row("Web shop")).to_be_visible()
    expect(backend.rows).to_have_count(1)

    secret = backend.issue(user, "Till")
    assert me(secret).json()["login"] == user.login
    backend.close()
    backend.reload()
    backend.preferences()
    expect(backend.rows).to_have_count(2)
    screenshot("preferences")

    backend.revoke("Till")
    refused(secret)
    backend.reload()
    backend.preferences()
    expect(backend.row("Till")).to_contain_text("Revoked")
    expect(backend.row("Web shop")).to_contain_text("Active")


def test_user_revokes_all_in_preferences(backend, server, user, refused):
    secret = issue(server, user, "Till")
    backend.login(user, CONTACTS)
    backend.preferences()
    backend.button("action_revoke_rest_tokens").click()
    backend.confirm()
    refused(secret)
    backend.reload()
    backend.preferences()
    expect(backend.row("Till")).to_contain_text("Revoked")
