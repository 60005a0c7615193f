from unittest.mock import patch

from psycopg2.errorcodes import SERIALIZATION_FAILURE
from psycopg2.errors import SerializationFailure

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import RestApiCase

IR_HTTP = "odoo.addons.odoo_rest_token_api.models.ir_http"


class InTheWay(SerializationFailure):
    pgcode = SERIALIZATION_FAILURE


@tagged("post_install", "-at_install")
class TestRestLog(RestApiCase):
    """OCA's ``rest_log`` is told of calls by a method, as where it is installed."""

    def setUp(self):
        super().setUp()
        self.entries = []
        registration = self.env["rest.service.registration"]
        services = registration._get_services("rest.token.services")
        [self.service] = [type(each) for each in services if each._usage == "auth"]
        self._patch("_is_logged_by_rest_log", lambda service, name: True)
        self._patch("_log_call_in_db", self._log)

    def _patch(self, name, method):
        patcher = patch.object(self.service, name, method, create=True)
        patcher.start()
        self.addCleanup(patcher.stop)

    def _log(self, env, request, *args, **outcome):
        self.entries.append(outcome)

    def _fail(self, error, times=1):
        """Have a call fail, as often as that."""
        errors = times * [error]
        describe = self.service._token_to_json

        def fail_first(service, token):
            if errors:
                raise errors.pop()
            return describe(service, token)

        self._patch("_token_to_json", fail_first)

    def _call_me(self):
        loggers = ("odoo.http", "odoo.service.model", IR_HTTP)
        with mute_logger(*loggers):
            return self.client.get("/api/auth/me").status_code

    def test_call_is_logged(self):
        self.assertEqual(self._call_me(), 200)
        self.assertEqual([set(each) for each in self.entries], [{"params", "result"}])

    def test_failure_is_logged(self):
        self._fail(ValueError())
        self.assertEqual(self._call_me(), 500)
        [entry] = self.entries
        self.assertIn("ValueError", entry["traceback"])

    def test_call_that_odoo_makes_again_is_logged_once(self):
        self._fail(InTheWay())
        self.assertEqual(self._call_me(), 200)
        self.assertEqual([set(each) for each in self.entries], [{"params", "result"}])

    def test_log_that_fails_changes_nothing(self):
        def fail(*args, **outcome):
            raise ValueError()

        self._patch("_log_call_in_db", fail)
        with mute_logger("odoo.addons.odoo_rest_token_api.components.rest_log"):
            self.assertEqual(self._call_me(), 200)
            self._fail(AssertionError())
            self.assertEqual(self._call_me(), 500)
