"""What fails in the midst of a load, and that all goes on as if nothing had been.

Requests are answered, by an error of the server in JSON if not otherwise. Nothing is
half issued, and nothing half revoked.
"""

import re

import pytest
from servers import LOGS, odoo

from .clients import call
from .load import (
    CLIENTS,
    assert_as_before,
    assert_in_order,
    assert_whole,
    disconnect,
    failures,
    load,
    sql,
)

LOG = LOGS / "rest_load_workers.log"
WORKER_RE = re.compile(r"Worker WorkerHTTP \((\d+)\) alive")


def test_postgresql_is_restarted(loaded, user):
    with load(loaded, user) as running:
        odoo("postgres-restart")
        running.wait_for(10 * CLIENTS)
    assert failures(running)
    assert not [answer for answer in running.answers if answer.status == 400]
    assert_in_order(running.answers)
    assert_as_before(running)
    assert_whole(loaded.db)


def test_database_is_read_only(loaded, user):
    """As after a failover to a standby."""
    setting = f"ALTER DATABASE {loaded.db} %s default_transaction_read_only %s"
    with load(loaded, user) as running:
        sql("postgres", setting % ("SET", "= on"))
        try:
            disconnect(loaded.db)
            token = next(iter(running.issued))
            running.wait_for(5 * CLIENTS)
            before = call(loaded.url, "GET", "/api/auth/me", token).status
            running.wait_for(5 * CLIENTS)
        finally:
            sql("postgres", setting % ("RESET", ""))
            disconnect(loaded.db)
        running.wait_for(5 * CLIENTS)
    assert before in (200, 401)
    assert failures(running)
    assert_in_order(running.answers)
    assert_as_before(running)
    assert_whole(loaded.db)


@pytest.mark.parametrize("loaded", ["workers"], indirect=True)
def test_worker_is_killed(loaded, user):
    with load(loaded, user) as running:
        for pid in WORKER_RE.findall(LOG.read_text(errors="replace"))[-2:]:
            odoo("run", "-u", "root", "sh", "-c", f"kill -KILL {pid}")
            running.wait_for(5 * CLIENTS)
    assert_in_order(running.answers, may_be_lost=True)
    assert_as_before(running)
    assert_whole(loaded.db)
