"""From a token to Odoo's web client, without a password."""

import pytest
from playwright.sync_api import expect

from .rpc import issue


@pytest.fixture
def secret(server, user):
    return issue(server, user, "Kiosk")


@pytest.fixture
def session(page, secret):
    """The browser's session, as the token opens it."""
    headers = {"access-token": secret}
    response = page.request.post("/api/auth/session", headers=headers)
    assert response.ok, response.text()
    return response.json()


def test_token_opens_the_web_client(backend, page, session, user):
    page.goto("/web#action=base.action_partner_form")
    backend.loaded()
    expect(page.locator(".o_user_menu")).to_contain_text(user.name)
    backend.preferences()
    expect(backend.row("Kiosk")).to_contain_text("Active")
    page.goto("/web#action=base.action_partner_form")
    backend.reload()


@pytest.mark.usefixtures("session")
def test_revoked_token_logs_the_web_client_out(backend, page, secret):
    page.goto("/web#action=base.action_partner_form")
    backend.loaded()
    page.request.delete("/api/auth/token", headers={"access-token": secret})
    page.reload()
    expect(page.locator("input[name=password]")).to_be_visible()


@pytest.mark.usefixtures("session")
def test_closed_session_is_logged_out(backend, page):
    page.goto("/web#action=base.action_partner_form")
    backend.loaded()
    assert page.request.delete("/api/auth/session").ok
    page.reload()
    expect(page.locator("input[name=password]")).to_be_visible()
