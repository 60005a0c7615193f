"""Odoo with its addon ``mail``, which tells owners of tokens that expire soon."""

import pytest
from blackbox.clients import Client, WebClient
from conftest import Server
from openapi.backend import Backend
from servers import ADDONS, database, odoo, serving

NAME = "rest_mail"
DATES = """
    UPDATE rest_token SET create_date = now() AT TIME ZONE 'UTC' - interval '27 days',
        expires_at = now() AT TIME ZONE 'UTC' + interval '2 days'
    WHERE user_id = {}"""


@pytest.fixture(scope="module")
def server():
    """A server whose database has ``mail``, and French."""
    options = ("-d", NAME, "--db-filter", f"^{NAME}$")
    language = ("--load-language", "fr_FR")
    with database(NAME, f"{ADDONS},mail", language), serving(NAME, *options) as url:
        yield Server(url, NAME, "admin", "admin")


@pytest.fixture(scope="module")
def admin(server):
    return Backend(server)


@pytest.fixture
def issue_to(admin, server):
    """Issues a token to a new user, has it expire in two days, and returns them."""

    def issue(login, **values):
        values = {"name": login, "login": login, "password": login, **values}
        context = {"no_reset_password": True}
        uid = admin("res.users", "create", values, context=context)
        owner = server._replace(login=login, password=login)
        secret = Client(server.url).issue(owner, name="<b>Stock</b> & Co")
        odoo("run", "psql", NAME, "-c", DATES.format(uid))
        return owner, secret

    return issue


@pytest.fixture
def clean_up(admin):
    """Has Odoo do what it does each day."""
    job = admin.ref("base.autovacuum_job")
    return lambda: admin("ir.cron", "method_direct_trigger", [job])


def test_owner_is_told_once_in_odoo(issue_to, clean_up):
    owner, secret = issue_to("robin", notification_type="inbox")
    clean_up()
    clean_up()
    inbox = [("needaction", "=", True)]
    names = ["subject", "body"]
    (message,) = Backend(owner)("mail.message", "search_read", inbox, names)
    assert message["subject"] == "REST token <b>Stock</b> & Co expires soon"
    assert "&lt;b&gt;Stock&lt;/b&gt; &amp; Co" in message["body"]
    assert "expires in 2 days" in message["body"]
    assert secret not in str(message)


def test_owner_is_told_by_email_in_their_language(admin, issue_to, clean_up):
    address = "camille@example.com"
    values = {"email": address, "lang": "fr_FR", "notification_type": "email"}
    _owner, secret = issue_to("camille", **values)
    clean_up()
    domain = [("recipient_ids.email", "=", address)]
    (email,) = admin("mail.mail", "search_read", domain, ["subject", "body_html"])
    assert email["subject"] == "Le jeton REST <b>Stock</b> & Co expire bientôt"
    assert "expire dans 2 jours" in email["body_html"]
    assert secret not in str(email)


def test_owner_is_told_by_email_what_somebody_else_issued(admin, server):
    address = "dominique@example.com"
    values = {"name": "Dominique", "login": address, "email": address}
    values.update(lang="fr_FR", notification_type="email")
    owner_id = admin("res.users", "create", values, context={"no_reset_password": True})
    browser = WebClient(server, server.login, server.password)
    secret = browser.issue_in_dialog(user_id=owner_id, name="Stock")
    domain = [("recipient_ids.email", "=", address)]
    (email,) = admin("mail.mail", "search_read", domain, ["subject", "body_html"])
    assert email["subject"] == "Le jeton REST Stock a été émis pour vous"
    assert secret[13:21] in email["body_html"]
    assert secret[21:] not in str(email)
    browser.issue_in_dialog(name="Own")
    assert admin("mail.mail", "search_count", [("subject", "like", "Own")]) == 0


def test_parameter_turns_it_off(admin, issue_to, clean_up):
    owner, _secret = issue_to("kim", notification_type="inbox")
    parameter = "odoo_rest_token.announce_days"
    admin("ir.config_parameter", "set_param", parameter, "0")
    clean_up()
    inbox = [("needaction", "=", True)]
    assert not Backend(owner)("mail.message", "search_count", inbox)
