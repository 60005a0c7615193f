import psycopg2
from psycopg2.extensions import STATUS_IN_TRANSACTION, STATUS_READY

from odoo import api
from odoo.sql_db import db_connect
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..lookup import FIND_BY_ID, find_token
from .common import RestTokenCase


@tagged("post_install", "-at_install")
class TestLookup(RestTokenCase):
    """A token is looked up outside of a transaction, if none has begun."""

    def setUp(self):
        super().setUp()
        self.cr = db_connect(self.env.cr.dbname).cursor()  # no test's transaction
        self.addCleanup(self.cr.close)

    def _find(self, value=0):
        return find_token(self.cr, FIND_BY_ID, value, (None,))

    def _fetch(self, expression):
        self.cr.execute(f"SELECT {expression}")
        return self.cr.fetchone()[0]

    def assertIsUsable(self):
        level = self._fetch("current_setting('transaction_isolation')")
        self.assertEqual(level, "repeatable read")
        self.assertEqual(self.cr.connection.status, STATUS_IN_TRANSACTION)

    def test_no_transaction_is_begun(self):
        self.assertIsNone(self._find())
        self.assertEqual(self.cr.connection.status, STATUS_READY)

    def test_later_statements_are_in_a_transaction_of_odoos_isolation(self):
        self._find()
        self.assertIsUsable()

    def test_modes_of_the_connection_stay_as_they_are(self):
        self.cr.connection.readonly = True  # as Odoo 18.0 says of each, yes or no
        self._find()
        self.assertTrue(self.cr.connection.readonly)
        self.assertEqual(self._fetch("current_setting('transaction_read_only')"), "on")
        self.cr.rollback()
        self.cr.connection.readonly = None

    def test_transaction_goes_on(self):
        transaction = self._fetch("txid_current()")
        self._find()
        self.assertEqual(self._fetch("txid_current()"), transaction)

    def test_groups_are_found_before_anybody_is_logged_in(self):
        """A server that was just started remembers nothing."""
        clear = getattr(self.registry, "clear_all_caches", None)  # from 17.0
        (clear or self.registry.clear_caches)()
        env = api.Environment(self.cr, None, {})
        self.assertTrue(all(env["rest.token"]._get_holders_groups()))

    def test_cursor_is_usable_after_a_failure(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.DataError):
            self._find("no id")
        self.assertIsUsable()
