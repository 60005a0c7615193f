from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.sql_db import db_connect
from odoo.tests.common import tagged

from ..hooks import uninstall_hook
from ..models import rest_sync_index
from ..records.sync_index import find_indexes, get_name, update_indexes
from .record_common import RecordCase

INDEX = "res_partner_rest_sync_index"


@tagged("post_install", "-at_install")
class TestSyncIndex(RecordCase):
    """What is synced has an index that finds what has changed."""

    def setUp(self):
        super().setUp()
        self.indexes = self.env["rest.sync.index"]
        self.resource = self._expose("res.partner", "test-synced", "name", "write_date")
        self._update()

    def _update(self):
        """Do what a thread does once the transaction is committed."""
        self._flush()
        update_indexes(self.env.cr, self.indexes._find_tables(), at_once=True)
        self._invalidate()

    def test_index_is_there_for_as_long_as_a_resource_is_synced(self):
        self.assertFalse(self.indexes._is_whole("res_partner"))
        self.resource.synced = True
        self.assertIn("is not there yet", self.resource.advice)
        self._update()
        self.assertTrue(self.indexes._is_whole("res_partner"))
        self.assertFalse(self.resource.advice)
        other = self.resource.copy({"path": "test-synced-too"})
        self.resource.active = False
        self._update()
        self.assertIn(INDEX, find_indexes(self.env.cr))
        other.unlink()
        self._update()
        self.assertNotIn(INDEX, find_indexes(self.env.cr))

    def test_form_says_that_changes_are_not_served(self):
        resource = self._expose("res.partner", "test-unserved", "name", synced=True)
        self._update()
        self.assertRegex(resource.advice, "^Clients sync by the field write_date")

    def test_service_may_say_that_it_is_synced(self):
        operations = self.env.registry.rest_operations
        self.patch(operations, "synced_models", {"res.partner"})
        self._update()
        self.assertTrue(self.indexes._is_whole("res_partner"))

    def test_uninstallation_drops_it(self):
        self.resource.synced = True
        self._update()
        uninstall_hook(self.env.cr)
        self.assertEqual(find_indexes(self.env.cr), {})

    def test_nobody_waits_for_who_has_failed(self):
        cr = db_connect(self.env.cr.dbname).cursor()
        failing = patch.object(rest_sync_index, "update_indexes", side_effect=OSError)
        with failing, self.assertRaises(OSError):
            rest_sync_index._update(cr)
        self.assertTrue(rest_sync_index._try_lock(self.env.cr))
        self.env.cr.execute("SELECT pg_advisory_unlock(%s)", [rest_sync_index.LOCK])

    def test_model_without_moments_of_changes_is_not_synced(self):
        model = self.env["ir.model"]._get("res.partner")
        self.patch(type(self.env["res.partner"]), "_log_access", False)
        with self.assertRaises(ValidationError):
            self.env["rest.resource"].create(
                {"path": "test-other", "model_id": model.id, "synced": True}
            )

    def test_names_are_those_that_postgresql_takes(self):
        names = {get_name(f"{'x' * 60}_{letter}") for letter in "ab"}
        self.assertEqual({len(name) for name in names}, {63})
        self.assertEqual(len(names), 2)
