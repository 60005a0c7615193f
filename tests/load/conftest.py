import secrets

import pytest
from blackbox.clients import Backend, User
from fuzz.verdict import get_bad_records
from servers import LOGS, database, odoo, serving

NAME = "rest_load"
# A request may need a second connection to PostgreSQL while it has one.
KINDS = {"threads": ("--db_maxconn", "110"), "workers": ("--workers", "2")}


@pytest.fixture(scope="session")
def database_name():
    with database(NAME) as name:
        # From PostgreSQL 15, a copy has sequences that a crash sets back, up to then.
        odoo("run", "-u", "postgres", "psql", "-qc", "CHECKPOINT")
        yield name


@pytest.fixture(scope="session", params=KINDS)
def loaded(request, server, database_name):
    """Server of threads, or of two workers, on a database of its own."""
    name = f"{NAME}_{request.param}"
    filters = ("-d", database_name, "--db-filter", f"^{database_name}$")
    with serving(name, *filters, *KINDS[request.param]) as url:
        server = server._replace(url=url, db=database_name)
        admin = Backend(server, server.login, server.password)
        admin.lift_limits()
        yield server


@pytest.fixture
def bad_records(request, loaded):
    """Returns what the server has logged of errors since the test began."""
    kind = request.node.callspec.params["loaded"]
    log = LOGS / f"{NAME}_{kind}.log"
    begin = log.stat().st_size

    def read():
        with log.open(errors="replace") as file:
            file.seek(begin)
            return get_bad_records(file.read())

    return read


@pytest.fixture
def admin(loaded):
    """Odoo's RPC, as the administrator."""
    return Backend(loaded, loaded.login, loaded.password)


@pytest.fixture
def user(admin):
    """A user of one test."""
    login = f"load-{secrets.token_hex(6)}"
    password = secrets.token_hex(8)
    groups = ("base.group_user", "base.group_partner_manager")
    values = {"name": login, "login": login, "password": password}
    values[admin.groups_field] = [(6, 0, [admin.ref(group) for group in groups])]
    context = {"no_reset_password": True}
    uid = admin("res.users", "create", values, context=context)
    partner = admin("res.users", "read", [uid], ["partner_id"])[0]["partner_id"]
    return User(uid, partner[0], login, password)


@pytest.fixture
def parameter(admin):
    """Sets a parameter for a test."""
    before = {}

    def set_parameter(name, value):
        before[name] = admin("ir.config_parameter", "get_param", name)
        admin("ir.config_parameter", "set_param", name, value)

    yield set_parameter
    for name, value in before.items():
        admin("ir.config_parameter", "set_param", name, value)
