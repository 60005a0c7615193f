"""The page without a mouse, and by the names that a screen reader tells."""

from playwright.sync_api import expect

from .pages import SECRET
from .rpc import issue, wait_until

USERS = "base.action_res_users"


def test_token_is_issued_by_keyboard(backend, keyboard, page, server, user, me):
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    keyboard.press(backend.button("action_new_rest_token"))
    keyboard.type(backend.field("name"), "Nightly export")
    keyboard.press(backend.button("action_issue"))
    keyboard.type(backend.field("password"), server.password)
    keyboard.press(backend.button("run_check"))

    secret = backend.secret()
    keyboard.press(backend.copy_button("secret"))
    wait_until(lambda: page.evaluate("navigator.clipboard.readText()") == secret, 10)
    assert me(secret).json()["login"] == user.login
    keyboard.press(backend.dialog.get_by_role("button", name="Done"))
    expect(page.get_by_text(SECRET)).to_have_count(0)

    keyboard.press(backend.row("Nightly export").locator("[name=action_revoke]"))
    keyboard.press(backend.dialog.get_by_role("button", name="Ok", exact=True))
    expect(backend.row("Nightly export")).to_contain_text("Revoked")
    assert me(secret).status_code == 401


def test_token_is_rotated_by_keyboard(backend, keyboard, page, server, user, me):
    secret = issue(server, user, "Nightly export", lifetime_days=7)
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    keyboard.reach(backend.row("Nightly export").locator("[name=action_revoke]"))
    page.keyboard.press("Enter")  # opens the token
    keyboard.press(backend.dialog.locator("[name=action_rotate]"))
    keyboard.press(backend.dialog.get_by_role("button", name="Rotate token"))
    keyboard.type(backend.field("password"), server.password)
    keyboard.press(backend.button("run_check"))
    new_secret = backend.secret()
    assert me(secret).status_code == 401
    assert me(new_secret).json()["login"] == user.login


def test_everything_has_a_name(backend, page, server, user):
    backend.login(server, USERS, user.id)
    backend.tab("REST Tokens")
    expect(page.get_by_role("button", name="Revoke all")).to_be_visible()
    expect(page.get_by_role("link", name="Swagger UI")).to_be_visible()
    page.get_by_role("button", name="New token").click()
    for name, text in (
        ("name", "Name"),
        ("expires_at", "Expires"),
        ("scope_ids", "Scopes"),
    ):
        # Up to Odoo 16.0, the form behind the dialog may have the same id.
        label = f"label[for='{backend.field(name).first.get_attribute('id')}']"
        expect(backend.dialog.locator(label)).to_contain_text(text)
    backend.field("name").fill("Nightly export")
    page.get_by_role("button", name="Issue token").click()
    backend.identify(server)
    backend.secret()
    expect(backend.dialog.get_by_role("alert")).to_contain_text("won't be shown again")
    for name in ("Access Token", "Example"):
        shown = backend.dialog.get_by_role("group", name=name)
        expect(shown.get_by_role("button")).to_be_visible()
