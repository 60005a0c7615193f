import os
from contextlib import ExitStack
from unittest.mock import patch

import pytest
from blackbox.clients import WebClient
from business_server import client
from conftest import Server
from servers import ADDONS, odoo, serving

from .databases import (
    ADDONS_PATH,
    ALONE,
    BESIDE_OURS,
    PROGRAM,
    SERVICES_ADDON,
    TEST_ADDON,
    WHEELS,
    get_neighbours,
    install,
)

__all__ = ["client"]

collect_ignore = ["addons"]  # Odoo runs their tests


@pytest.fixture(scope="session")
def without_ours():
    """A database with OCA's addons, and none of ours."""
    name = "rest_neighbours"
    odoo("fresh", name)
    needed = (each.parent.name for each in WHEELS.glob("odoo/addons/*/__manifest__.py"))
    addons = {"sale_management", *get_neighbours(), *needed, TEST_ADDON}
    install(name, ALONE, ",".join(sorted(addons)))
    yield name
    odoo("run", "dropdb", "--if-exists", "--force", name)


@pytest.fixture(scope="session")
def with_ours(without_ours):
    """A database with OCA's addons, and ours beside."""
    name = "rest_neighbours_ours"
    odoo("fresh", name, without_ours)
    install(name, BESIDE_OURS, ADDONS)
    yield name
    odoo("run", "dropdb", "--if-exists", "--force", name)


@pytest.fixture(scope="session")
def server(request):
    """An Odoo with OCA's addons and ours, and services of their users."""
    if "REST_URL" in os.environ:
        yield Server(os.environ["REST_URL"], os.environ["REST_DB"], "admin", "admin")
        return
    with_ours = request.getfixturevalue("with_ours")
    install(with_ours, BESIDE_OURS, SERVICES_ADDON)
    place = ("-d", with_ours, "--db-filter", f"^{with_ours}$")
    addons = ("--addons-path", ADDONS_PATH, "--load", BESIDE_OURS)
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, REST_ODOO=PROGRAM))
        url = stack.enter_context(serving("neighbours", *place, *addons))
        yield Server(url, with_ours, "admin", "admin")


@pytest.fixture(scope="session")
def admin(server):
    """Odoo's web client, as the administrator."""
    return WebClient(server, server.login, server.password)
