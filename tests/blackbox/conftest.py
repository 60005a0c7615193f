import secrets
from datetime import datetime, timezone
from functools import cache

import pytest

from .clients import Backend, Client, User, WebClient
from .records import Resource
from .resources import Exposing

# Whatever carries a password has to carry this one.
ODD_CHARACTERS = " é☃ &=+%;:\"'<b>"


@pytest.fixture
def client(server):
    with Client(server.url) as client:
        yield client


@pytest.fixture(scope="session")
def admin(server):
    """Odoo's RPC, as the administrator."""
    return Backend(server, server.login, server.password)


@pytest.fixture(scope="session")
def backend(server):
    """Odoo's RPC, as the user given, who logs in once."""
    return cache(lambda user: Backend(server, user.login, user.password))


@pytest.fixture(scope="session")
def web(server):
    """Odoo's web client, as the user given, who has just logged in."""

    def log_in(user):
        return WebClient(server, user.login, user.password)

    return log_in


@pytest.fixture(scope="session")
def create_user(admin):
    """Creates a user of the groups given, who is removed in the end."""
    created = []

    def create(*groups):
        login = f"blackbox-{secrets.token_hex(6)}@example.com"
        password = secrets.token_hex(8) + ODD_CHARACTERS
        values = {
            "name": login,
            "login": login,
            "password": password,
            admin.groups_field: [(6, 0, [admin.ref(group) for group in groups])],
        }
        context = {"no_reset_password": True}
        uid = admin("res.users", "create", values, context=context)
        partner_id = admin("res.users", "read", [uid], ["partner_id"])[0]["partner_id"]
        created.append(User(uid, partner_id[0], login, password))
        return created[-1]

    yield create
    domain = [("id", "in", [user.id for user in created])]
    domain.append(("active", "in", [True, False]))
    admin("res.users", "unlink", admin("res.users", "search", domain))
    admin("res.partner", "unlink", [user.partner_id for user in created])


@pytest.fixture(scope="session")
def first_user(create_user):
    return create_user("base.group_user", "base.group_allow_export")


@pytest.fixture(scope="session")
def second_user(create_user):
    return create_user("base.group_user")


@pytest.fixture(scope="session")
def first_manager(create_user):
    return create_user("base.group_user", "base.group_partner_manager")


@pytest.fixture(scope="session")
def portal_user(create_user):
    return create_user("base.group_portal")


@pytest.fixture
def user(admin, first_user):
    """An internal user, without active tokens as the test begins."""
    yield first_user
    admin("res.users", "action_revoke_rest_tokens", [first_user.id])


@pytest.fixture
def other_user(admin, second_user):
    yield second_user
    admin("res.users", "action_revoke_rest_tokens", [second_user.id])


@pytest.fixture
def manager(admin, first_manager):
    """A user who may write partners."""
    yield first_manager
    admin("res.users", "action_revoke_rest_tokens", [first_manager.id])


@pytest.fixture
def fresh_user(create_user):
    """A user whom the test may change."""
    return create_user("base.group_user")


@pytest.fixture(scope="session")
def administrator(create_user):
    return create_user("base.group_user", "base.group_system")


@pytest.fixture(scope="session")
def issue(backend):
    """Issues a token in the dialog to the user given, who has given the password."""
    return lambda user: backend(user).issue_in_dialog()


@pytest.fixture
def token(issue, user):
    return issue(user)


@pytest.fixture
def other_token(issue, other_user):
    return issue(other_user)


@pytest.fixture
def token_id(client, token):
    return client.token_id(token)


@pytest.fixture
def other_token_id(client, other_token):
    return client.token_id(other_token)


@pytest.fixture
def partners(client, issue, manager):
    """The partners, served to one who may write them."""
    return Resource(client, "/api/partners", issue(manager))


@pytest.fixture
def origin(admin):
    """Reference of the partners of a test, who are removed in the end."""
    origin = f"blackbox-{secrets.token_hex(6)}"
    yield origin
    admin("res.partner", "unlink", find_partners(admin, origin))


@pytest.fixture
def committed(admin, origin):
    """Names of the test's partners that are in the database, archived ones too."""

    def read():
        rows = admin("res.partner", "read", find_partners(admin, origin), ["name"])
        return sorted(row["name"] for row in rows)

    return read


@pytest.fixture
def expose(admin):
    """Makes resources by Odoo's RPC, which are removed in the end."""
    expose = Exposing(admin)
    yield expose
    expose.remove()


@pytest.fixture
def path():
    """Path of a resource that there isn't yet."""
    return f"blackbox-{secrets.token_hex(4)}"


def find_partners(admin, origin):
    context = {"active_test": False}
    return admin("res.partner", "search", [("ref", "=", origin)], context=context)


@pytest.fixture
def rpc(backend, user):
    """Odoo's RPC, as the owner of the token."""
    return backend(user)


@pytest.fixture(params=["owner", "administrator"])
def caller(request, rpc, admin):
    return rpc if request.param == "owner" else admin


@pytest.fixture
def set_parameter(admin):
    """Sets a parameter of the tokens; without a value, the default counts."""
    before = {}

    def set_parameter(name, value=False):
        key = f"odoo_rest_token.{name}"
        before.setdefault(key, admin("ir.config_parameter", "get_param", key))
        admin("ir.config_parameter", "set_param", key, value)

    yield set_parameter
    for key, value in before.items():
        admin("ir.config_parameter", "set_param", key, value)


@pytest.fixture
def forgive_failed_logins(server):
    """Ends Odoo's count of failed logins from here, by one that succeeds."""
    yield
    Backend(server, server.login, server.password)


@pytest.fixture
def revoke_new_tokens(admin):
    """Revokes the administrator's tokens that the test issues."""
    domain = [("user_id", "=", admin.uid), ("state", "=", "active")]
    before = set(admin("rest.token", "search", domain))
    yield
    new = set(admin("rest.token", "search", domain)) - before
    admin("rest.token", "action_revoke", sorted(new))


@pytest.fixture
def now(client):
    """The server's time, in UTC."""
    date = client.get("/web/login").headers["Date"]
    return datetime.strptime(date, "%a, %d %b %Y %H:%M:%S GMT").replace(
        tzinfo=timezone.utc
    )
