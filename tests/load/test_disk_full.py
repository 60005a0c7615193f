"""The disk of the database is full in the midst of a load."""

import time
from contextlib import contextmanager

import pytest
from blackbox.clients import Backend, User
from servers import database, odoo, serving

from .load import (
    PATIENCE,
    assert_as_before,
    assert_in_order,
    assert_whole,
    failures,
    load,
    sql,
)

NAME = "rest_load_disk"
DISK = f"/run/{NAME}"
FILLER = f"{DISK}/filler"


def as_root(script):
    odoo("run", "-u", "root", "sh", "-euc", script)


@contextmanager
def disk():
    """A small one, and a tablespace on it."""
    as_root(f"mkdir -p {DISK}; mount -t tmpfs -o size=300m tmpfs {DISK}")
    as_root(f"install -d -o postgres -m 700 {DISK}/data")
    try:
        sql("postgres", f"CREATE TABLESPACE {NAME} LOCATION '{DISK}/data'", "postgres")
        sql("postgres", f"GRANT CREATE ON TABLESPACE {NAME} TO odoo", "postgres")
        try:
            yield
        finally:
            sql("postgres", f"DROP TABLESPACE {NAME}", "postgres")
    finally:
        as_root(f"umount {DISK}; rmdir {DISK}")


@pytest.fixture
def small(server):
    with disk(), database(NAME) as name:
        sql("postgres", f"ALTER DATABASE {name} SET TABLESPACE {NAME}")
        with serving(NAME, "-d", name, "--db-filter", f"^{name}$") as url:
            yield server._replace(url=url, db=name)


def test_disk_is_full(small):
    Backend(small, small.login, small.password).lift_limits()
    with load(small, User(0, 0, small.login, small.password)) as running:
        as_root(f"cat /dev/zero >{FILLER} || true")
        try:
            deadline = time.monotonic() + PATIENCE
            while len(failures(running)) < 20:
                assert time.monotonic() < deadline
                running.wait_for(10)
        finally:
            as_root(f"rm {FILLER}")
    assert_in_order(running.answers)
    assert_as_before(running)
    assert_whole(small.db)
