import pytest

from .clients import (
    Client,
    Program,
    assert_error,
    assert_refused,
    assert_works,
)


@pytest.fixture(scope="module")
def owner(create_user):
    return create_user("base.group_user")


@pytest.fixture(scope="module")
def earlier_token(server, owner):
    """Token of the owner, issued before they had two-factor authentication."""
    return Client(server.url).issue(owner)


@pytest.fixture(scope="module")
def browser(admin, web, owner, earlier_token):
    """Web client of the owner, who has two-factor authentication."""
    domain = [("name", "=", "auth_totp"), ("state", "=", "installed")]
    if not admin("ir.module.module", "search_count", domain):
        pytest.skip("auth_totp is not installed on the server")
    browser = web(owner)
    browser.turn_second_factor_on(owner)
    (values,) = admin("res.users", "read", [owner.id], ["totp_enabled"])
    assert values["totp_enabled"]
    return browser


@pytest.mark.usefixtures("browser")
def test_token_of_before_goes_on(client, earlier_token):
    assert_works(client, earlier_token)


@pytest.mark.parametrize("url", ["/api/auth/token", "/rest/sky/token"])
@pytest.mark.usefixtures("browser")
def test_password_alone_is_not_enough(client, owner, url):
    assert_error(client.get(url, data=owner.credentials), 403, "two-factor")
    assert_error(client.post(url, json=owner.credentials), 403, "two-factor")


@pytest.mark.usefixtures("browser", "forgive_failed_logins")
def test_wrong_password_tells_nothing_of_it(client, owner):
    wrong = {"login": owner.login, "password": "wrong"}
    assert_error(client.post("/api/auth/token", json=wrong), 401)


def test_token_is_issued_in_the_backend(client, browser, owner):
    token = browser.issue_in_dialog()
    assert client.me(token).json()["uid"] == owner.id
    assert_works(client, token)
    client.delete("/api/auth/token", token)
    assert_refused(client, token)


def test_token_logs_programs_in_and_the_password_does_not(
    client, server, browser, owner
):
    token = browser.issue_in_dialog()
    programs = Program(server, owner.login, token)
    (values,) = programs("res.users", "read", [owner.id], ["login"])
    assert values["login"] == owner.login
    with pytest.raises(AssertionError, match="can't log in"):
        Program(server, owner.login, owner.password)
    client.delete("/api/auth/token", token)


def test_token_opens_no_web_session(client, browser):
    token = browser.issue_in_dialog()
    assert_error(client.post("/api/auth/session", token), 403, "two-factor")
    client.delete("/api/auth/token", token)
