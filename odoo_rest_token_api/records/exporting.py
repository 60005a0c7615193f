"""All records that a search finds, one after the other, as they are at one moment.

They are read by a cursor of their own, in a transaction that sees nothing of what
others do meanwhile. Values that have a column are read by SQL, and nothing is kept of
them; others by the ORM, a batch at a time.
"""

import time
from contextlib import suppress
from zlib import crc32

import psycopg2

from odoo import api
from odoo.modules.registry import Registry

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..dispatch.operations import reopen_service
from .expanding import expand
from .pages import Order, complete_domain, find_sorted_ids
from .rights import searches_by_itself

BATCH = 1000  # records that are read at once
MAX_AT_ONCE = 8  # exports of a database
MAX_OF_USER = 2
MAX_SECONDS = 3600
# How long a client may take to read what was sent
MAX_IDLE = "SET LOCAL idle_in_transaction_session_timeout = '60s'"
LOCK = crc32(b"odoo_rest_token_api.export") >> 1  # of PostgreSQL's advisory locks


class Export:
    """What is read of which records.

    :param service: component of ``rest.record.service``
    :param list domain: in which the records are
    :param str order: that they come in
    :param int limit: records at the most; None for all
    :param Branch tree: of what is read
    :param export_format: of the records as they are sent, as :mod:`.formats` has it
    """

    def __init__(self, service, domain, order, limit, tree, export_format):
        self._service = service
        self._domain = domain
        self._order = order
        self._limit = limit
        self._tree = tree
        self._format = export_format
        self._cr = None
        self._ends_at = None

    def open(self):
        """Begin the transaction.

        :rtype: iterator of str
        :raise JsonError: 429, as there are too many
        """
        env = self._service.env
        self._ends_at = time.monotonic() + MAX_SECONDS
        self._cr = Registry(env.cr.dbname).cursor()
        self._cr.execute(MAX_IDLE)
        self._take_slot(range(MAX_AT_ONCE))
        first = MAX_AT_ONCE + env.uid * MAX_OF_USER
        self._take_slot(range(first, first + MAX_OF_USER))
        env = api.Environment(self._cr, env.uid, env.context)
        return self._iter_texts(reopen_service(self._service, env))

    def close(self):
        """End the transaction, whatever became of it."""
        if self._cr is not None:
            with suppress(psycopg2.Error):  # it may have ended by itself
                self._cr.close()
            self._cr = None

    def _take_slot(self, slots):
        """Take one of some slots, until the end of the transaction.

        :param slots: their numbers
        :raise JsonError: 429, as all are taken
        """
        tries = " OR ".join(["pg_try_advisory_xact_lock(%s, %s)"] * len(slots))
        parameters = [each for slot in slots for each in (LOCK, slot)]
        self._cr.execute(f"SELECT {tries}", parameters)  # nosec B608
        if not self._cr.fetchone()[0]:
            retry = [("Retry-After", "60")]
            raise JsonError("Too many exports run at once.", code=429, headers=retry)

    def _iter_texts(self, service):
        yield self._format.begin(service, self._tree)
        for text in self._iter_batches(service):
            if time.monotonic() > self._ends_at:
                raise TimeoutError(f"an export takes more than {MAX_SECONDS} s")
            yield text

    def _iter_batches(self, service):
        found = self._find(service)
        columns = service._find_columns(self._tree.get_names())
        if columns and not (self._tree.links or isinstance(found, list)):
            for rows in self._select(found, columns.selected):
                values = columns.to_values(rows)
                yield self._format.write_columns(columns.fields, values)
                service.env.clear()
            return
        tree = self._tree.move(lambda each: reopen_service(each, service.env))
        for ids in self._iter_ids(found):
            records = service._get_model().browse(ids)
            shown = service._to_json(records, tree.get_names())
            expand(shown, tree)
            yield self._format.write_records(shown)
            service.env.clear()  # nothing is written, and nothing is kept

    def _find(self, service):
        """Find the records, by a query that is not run, or by their ids.

        :rtype: odoo.osv.query.Query, or list of int
        """
        model = service._get_model()
        domain = complete_domain(model, self._domain)
        order = Order(self._order, service._get_fields())
        if order.may_be_masked:
            return find_sorted_ids(model, domain, order)[: self._limit]
        if searches_by_itself(model):
            return model.search(domain, order=str(order), limit=self._limit).ids
        query = model._search(domain, order=str(order), limit=self._limit)
        return query if compat.is_pending(query) else list(query)

    def _iter_ids(self, found):
        if isinstance(found, list):
            for start in range(0, len(found), BATCH):
                yield found[start : start + BATCH]
            return
        column = f'"{self._service._get_model()._table}"."id"'
        for rows in self._select(found, [column]):
            yield [record_id for (record_id,) in rows]

    def _select(self, query, columns):
        with self._cr._cnx.cursor("rest_export") as cursor:
            cursor.execute(*compat.make_select(query, columns))
            while True:
                rows = cursor.fetchmany(BATCH)
                if not rows:
                    return
                yield rows
