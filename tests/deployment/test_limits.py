"""Calls are counted right, whoever serves them: two servers of two workers each."""

import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from blackbox.clients import Backend, Client, User
from servers import INSIDE, OWN, REPO, free_port, two_nodes

LIMIT = 30  # calls in a minute
PASSWORD = "secret"  # of Redis


@contextmanager
def redis():
    """Run a Redis that nobody else knows.

    :return: its address, and the process
    """
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    # It ends with the tests, however they end.
    command = ["setpriv", "--pdeathsig", "KILL", "--", "redis-server", *options]
    command += ["--requirepass", PASSWORD]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield f"redis://:{PASSWORD}@127.0.0.1:{port}/0", process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def make_token(server):
    """Make a user who may make so many calls in a minute, and a token of theirs."""
    admin = Backend(server, server.login, server.password)
    ids = []

    def make():
        login = f"limits-{time.time_ns()}"
        values = {"name": login, "login": login, "password": login}
        values["rest_calls_per_minute"] = LIMIT
        ids.append(admin("res.users", "create", values))
        return Client(server.url).issue(User(ids[-1], 0, login, login))

    yield make
    admin("res.users", "unlink", ids)


def count_statuses(nodes, token, calls):
    """Make so many calls, eight at a time, and count the answers by their statuses."""
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(nodes[n % 2].me, token) for n in range(calls)]
        return Counter(each.result().status_code for each in asked)


def test_redis_counts_and_postgresql_does_where_it_is_gone(server, make_token):
    config = OWN / "limits.conf"
    with redis() as (uri, process):
        text = (REPO / "tests" / "server" / "odoo.conf").read_text()
        config.write_text(f"{text}rest_limits_storage = {uri}\n")
        inside = INSIDE / config.relative_to(REPO)
        options = ("--config", str(inside))
        with two_nodes("rest_limit", server.db, *options) as urls:
            nodes = [*map(Client, urls)]
            token = make_token()
            statuses = count_statuses(nodes, token, 2 * LIMIT)
            assert statuses == {200: LIMIT, 429: LIMIT}
            process.kill()
            process.wait()
            # As PostgreSQL has counted none, each may be made once more.
            statuses = count_statuses(nodes, token, 2 * LIMIT)
            assert statuses == {200: LIMIT, 429: LIMIT}
