"""Resources are served by each worker of each server, as soon as they are saved."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from subprocess import DEVNULL, CalledProcessError, check_output

import pytest
from servers import LOGS, ODOO, serving

from .clients import Backend, Client
from .resources import Exposing

NAME = "blackbox_workers"
LOG = LOGS / f"{NAME}.log"
WORKERS = 2
UUID = "SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'"


@pytest.fixture(scope="module")
def second_server(server, admin):
    """One more Odoo on the database under test, that has several workers."""
    command = [ODOO, "run", "psql", "-At", server.db, "-c", UUID]
    try:
        uuid = check_output(command, stderr=DEVNULL, text=True).strip()
    except (OSError, CalledProcessError):
        uuid = None
    if uuid != admin("ir.config_parameter", "get_param", "database.uuid"):
        pytest.skip("the database is not one of tests/server/odoo")
    options = ["-d", server.db, "--db-filter", f"^{server.db}$"]
    with serving(NAME, *options, "--workers", str(WORKERS)) as url:
        yield server._replace(url=url)


@pytest.fixture
def other_admin(second_server):
    """Odoo's RPC on the second server."""
    return Backend(second_server, second_server.login, second_server.password)


def answers(url, path, token):
    """Statuses that a server answers, once each of its workers has been asked.

    Its log says which worker answered. One of them may be asked more than the others.
    """
    called = re.escape(f"GET /api/{path} ")
    record = re.compile(rf"^\S+ \S+ (\d+) .*{called}", re.MULTILINE)
    begin = LOG.stat().st_size
    statuses = set()
    deadline = time.monotonic() + 30

    def ask(_number):
        with Client(url) as client:
            return client.get(f"/api/{path}", token).status_code

    with ThreadPoolExecutor(2 * WORKERS) as pool:
        while time.monotonic() < deadline:
            statuses.update(pool.map(ask, range(4 * WORKERS)))
            with LOG.open() as log:
                log.seek(begin)
                workers = set(record.findall(log.read()))
            if len(workers) == WORKERS:
                return statuses
    pytest.fail(f"not every worker was asked: {workers}")


def test_each_worker_serves_what_another_server_saves(
    client, token, expose, path, second_server
):
    assert answers(second_server.url, path, token) == {404}
    resource = expose(path, "res.country", "name")
    assert answers(second_server.url, path, token) == {200}
    assert client.get(f"/api/{path}", token).status_code == 200
    expose.write(resource, active=False)
    assert answers(second_server.url, path, token) == {404}
    assert client.get(f"/api/{path}", token).status_code == 404


def test_another_server_serves_what_a_worker_saves(
    client, token, path, second_server, other_admin
):
    expose = Exposing(other_admin)
    assert client.get(f"/api/{path}", token).status_code == 404
    resource = expose(path, "res.country", "name")
    try:
        assert client.get(f"/api/{path}", token).status_code == 200
        assert answers(second_server.url, path, token) == {200}
        expose.write(resource, active=False)
        assert client.get(f"/api/{path}", token).status_code == 404
        assert answers(second_server.url, path, token) == {404}
    finally:
        expose.remove()


def test_each_worker_serves_the_fields_that_there_are(
    client, token, expose, path, second_server
):
    resource = expose(path, "res.country", "name", "code")
    asked = f"{path}?fields=code"
    assert answers(second_server.url, asked, token) == {200}
    expose.write(resource, field_ids=[[5, 0, 0]])
    assert answers(second_server.url, asked, token) == {400}
    assert client.get(f"/api/{asked}", token).status_code == 400
