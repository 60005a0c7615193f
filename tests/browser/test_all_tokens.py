import re

import pytest
import requests
from playwright.sync_api import expect

from .rpc import Rpc, issue, wait_until

FOUND = {
    "Active": ["Price labels", "Web shop", "Stock export"],
    "Expired": ["Old till"],
    "Revoked": ["Trial"],
    "Expires Within 7 Days": ["Stock export"],
    "Never Used": ["Price labels", "Stock export"],
}
STATES = {"Active", "Expired", "Revoked"}


@pytest.fixture
def robin(make_user):
    return make_user("Robin Field")


@pytest.fixture
def kim(make_user):
    return make_user("Kim Marsh")


@pytest.fixture
def secrets(server, robin, kim, me):
    """Tokens of every kind."""
    session = Rpc(server, robin.login, robin.password)
    expired = session.issue_briefly("Old till", seconds=5)
    unused = issue(server, robin, "Stock export", lifetime_days=2)
    used = issue(server, robin, "Web shop", lifetime_days=30)
    me(used)
    revoked = issue(server, robin, "Trial", lifetime_days=30)
    requests.delete(
        f"{server.url}/api/auth/token", headers={"access-token": revoked}, timeout=60
    )
    others = issue(server, kim, "Price labels", lifetime_days=30)
    wait_until(lambda: me(expired).status_code == 401)
    return [expired, unused, used, revoked, others]


def test_tokens_of_all_users_are_filtered_and_grouped(
    backend, server, robin, kim, secrets, screenshot
):
    digits = [secret[len("access_token_") :][:8] for secret in secrets]
    rows = backend.row(re.compile("|".join(digits)))
    backend.login(server, "base.action_res_users")
    backend.app_menu("Settings", "Users & Companies", "REST Tokens")
    expect(rows).to_contain_text(FOUND["Active"])
    backend.search_all()
    expect(rows).to_have_count(len(secrets))
    screenshot("all_tokens")

    for name, found in FOUND.items():
        backend.search("filter", name)
        expect(rows).to_contain_text(found)
        if name in STATES:
            expect(backend.rows.filter(has_not_text=name)).to_have_count(0)
        screenshot(f"filter_{name.lower().replace(' ', '_')}")

    backend.search("group_by", "User")
    for user, count in ((robin, 4), (kim, 1)):
        expect(backend.group(f"{user.name} ({count})")).to_be_visible()
    backend.group(f"{kim.name} (1)").click()
    expect(rows).to_contain_text(["Price labels"])
    screenshot("grouped_by_user")


def test_token_of_another_user_is_opened(backend, server, robin, screenshot):
    issue(server, robin, "Web shop")
    backend.login(server, "odoo_rest_token.rest_token_action")
    backend.row("Web shop").filter(has_text=robin.name).first.click()
    expect(backend.page.locator(".o_form_view")).to_contain_text(robin.name)
    screenshot("token_form")
