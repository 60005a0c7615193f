"""What tests share that talk to a server which has more than the addons."""

import pytest
from blackbox.clients import Backend, Client


@pytest.fixture(scope="session")
def admin(server):
    """Odoo's RPC, as the administrator: the oracle."""
    backend = Backend(server, server.login, server.password)
    backend.lift_limits()
    return backend


@pytest.fixture(scope="session")
def client(server):
    with Client(server.url) as client:
        yield client
