import pytest
from playwright.sync_api import expect

USERS = "base.action_res_users"


@pytest.fixture
def forget_program(admin):
    """Removes the program in the end."""
    yield
    ids = admin("res.users", "search", [("name", "=", "Till Sync")])
    admin("res.users", "unlink", ids)


@pytest.mark.usefixtures("forget_program")
def test_program_is_made_with_its_token(backend, server, me, screenshot):
    backend.login(server, USERS)
    backend.app_menu("Settings", "Users & Companies", "New Program")
    backend.field("name").fill("Till Sync")
    expect(backend.dialog).to_contain_text("in 7 days")
    screenshot("new_program")
    backend.button("action_issue").click()
    backend.identify(server)
    secret = backend.secret()
    assert me(secret).json()["name"] == "Till Sync"
    backend.close()

    backend.app_menu("Settings", "Users & Companies", "REST Tokens")
    expect(backend.page.get_by_text("Active").first).to_be_visible()
    expect(backend.row("Till Sync").first).to_contain_text("Program")
    backend.search("filter", "Of Programs")
    expect(backend.row("Mitchell Admin")).to_have_count(0)
    expect(backend.row("Till Sync")).to_have_count(1)
