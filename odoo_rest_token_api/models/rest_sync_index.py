import logging
import time
from contextlib import closing, contextmanager
from functools import partial
from threading import Thread

import psycopg2

from odoo import SUPERUSER_ID, api, models
from odoo.modules.registry import Registry
from odoo.tools import config

from odoo.addons.odoo_rest_token import compat

from ..records.sync_index import find_indexes, get_name, update_indexes

_logger = logging.getLogger(__name__)

LOCK = 1_919_251_315  # of PostgreSQL's advisory locks
MAX_WAIT = 3600  # seconds, for who makes indexes already
PAUSE = 5


class RestSyncIndex(models.AbstractModel):
    """The indexes of what is synced, as resources and services say.

    PostgreSQL makes and drops them while others write, which takes as long as it takes:
    a thread waits for it. One that ends midway leaves an index that is not whole, which
    the next start of the server makes anew.
    """

    _name = "rest.sync.index"
    _description = "REST Sync Index"

    @api.model
    def _find_tables(self):
        """Return the tables that are to have an index.

        :rtype: set of str
        """
        domain = [("synced", "=", True)]
        resources = self.env["rest.resource"].sudo().search(domain)
        names = {*self.pool.rest_operations.synced_models, *resources.mapped("model")}
        return {self.env[name]._table for name in names if name in self.env}

    @api.model
    def _is_whole(self, table):
        """Tell whether the index of a table is there.

        :rtype: bool
        """
        return find_indexes(self.env.cr).get(get_name(table), False)

    @api.model
    def _update(self):
        """Make and drop indexes, once the transaction is committed."""
        if not compat.in_test_mode(self.pool):
            self.env.cr.postcommit.add(partial(_start, self.env.cr.dbname))

    @api.model
    def _update_at_start(self):
        """Make and drop indexes, where something differs as the server starts."""
        if config["stop_after_init"] or compat.in_test_mode(self.pool):
            return
        indexes = find_indexes(self.env.cr)
        names = set(map(get_name, self._find_tables()))
        if set(indexes) != names or not all(indexes.values()):
            _start(self.env.cr.dbname)


def _start(dbname):
    Thread(target=_run, args=[dbname], daemon=True, name="rest.sync.index").start()


def _run(dbname):
    try:
        with compat.manage_environments():
            _update(Registry(dbname).cursor())
    except (psycopg2.Error, OSError):
        _logger.exception("The indexes of what is synced were not made")


def _update(cr):
    """Make and drop indexes, one process after the other.

    No transaction is open meanwhile: PostgreSQL would wait for its end, too.
    """
    with closing(cr), _autocommit(cr._cnx), _lock(cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        update_indexes(cr, env["rest.sync.index"]._find_tables())


@contextmanager
def _autocommit(connection):
    connection.autocommit = True
    try:
        yield
    finally:
        connection.autocommit = False


@contextmanager
def _lock(cr):
    """Keep other processes from it: the connection goes on, and a lock with it.

    :raise TimeoutError: others do it, and don't end
    """
    ends_at = time.monotonic() + MAX_WAIT
    while not _try_lock(cr):
        if time.monotonic() > ends_at:
            raise TimeoutError("others have been making indexes for too long")
        time.sleep(PAUSE)
    try:
        yield
    finally:
        cr.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _try_lock(cr):
    cr.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
    return cr.fetchone()[0]
