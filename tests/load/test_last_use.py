"""To note when a token was last used never makes a request wait or fail."""

import subprocess
import time
from contextlib import contextmanager

import pytest
from blackbox.clients import Client
from servers import ODOO

from .clients import at_once, insist

LOCKS = {
    "its use": "SELECT FROM rest_token_usage FOR UPDATE",
    "the token": "SELECT FROM rest_token FOR UPDATE",
    "all uses": "LOCK rest_token_usage IN EXCLUSIVE MODE",
}


@contextmanager
def locked(database, statement):
    """Hold a lock in PostgreSQL, as a transaction does that takes long."""
    command = [ODOO, "run", "psql", "-qAtX", database]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as psql:
        psql.stdin.write(f"BEGIN;\n{statement};\nSELECT 'locked';\n")
        psql.stdin.flush()
        while psql.stdout.readline() != "locked\n":
            assert psql.poll() is None
        yield
        psql.stdin.write("ROLLBACK;\n")
        psql.stdin.close()


def forget_use(database):
    """Have the next request note its use, as a minute later."""
    statement = "UPDATE rest_token_usage SET used_at = used_at - interval '1 hour'"
    subprocess.run([ODOO, "run", "psql", "-qX", database, "-c", statement], check=True)


def use_at_once(url, token):
    """Return the statuses that are answered."""
    answers = at_once(lambda: insist(url, "GET", "/api/auth/me", token))
    return {answer.status for answer in answers}


@pytest.mark.parametrize("lock", LOCKS)
def test_requests_go_on_while_it_is_locked(loaded, user, bad_records, lock):
    client = Client(loaded.url)
    token = client.issue(user)
    assert client.me(token).status_code == 200
    forget_use(loaded.db)
    with locked(loaded.db, LOCKS[lock]):
        start = time.monotonic()
        assert client.me(token).status_code == 200
        seconds = time.monotonic() - start
    assert seconds < 5
    assert not bad_records()


def test_first_uses_at_once(loaded, user, bad_records):
    token = Client(loaded.url).issue(user)
    assert use_at_once(loaded.url, token) == {200}
    last_use = Client(loaded.url).me(token).json()["token"]["last_used_at"]
    assert last_use
    assert not bad_records()


def test_uses_at_once_a_minute_later(loaded, user, bad_records):
    token = Client(loaded.url).issue(user)
    for _round in range(3):
        forget_use(loaded.db)
        assert use_at_once(loaded.url, token) == {200}
    assert not bad_records()
