from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..monitoring import gathered as gathering
from .usage_common import UsageCase

SECRET = "access_token_" + 40 * "7"
HTTP = "odoo.http"


@tagged("post_install", "-at_install")
class TestFailedCalls(UsageCase):
    """Calls that fail are kept for a while, where an administrator asks for it."""

    def setUp(self):
        super().setUp()
        self.manager = self._new_user(
            "manager", "base.group_user,base.group_erp_manager"
        )
        self.tomorrow = fields.Datetime.now() + timedelta(days=1)

    def _watch(self, client=None):
        (client or self.client).token.with_user(self.manager).action_keep_failed_calls()

    def _find(self, **values):
        self.env["rest.usage"]._write_gathered()
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["rest.failed.call"].search(domain)

    def test_nothing_is_kept_unless_it_is_asked_for(self):
        self.client.get("/api/partners/0")
        self.assertFalse(self._find())

    def test_failed_calls_of_a_token_are_kept(self):
        self._watch()
        response = self.client.get("/api/partners/0?fields=name")
        self.client.get("/api/auth/me")
        self._new_client().get("/api/partners/0")
        failed = self._find()
        self.assertEqual(len(failed), 1)
        self.assertEqual(
            (failed.method, failed.path, failed.service, failed.operation),
            ("GET", "/api/partners/0", "/api/partners", "partners_get"),
        )
        self.assertEqual(failed.status, 404)
        self.assertEqual(failed.description, response.json()["description"])
        self.assertEqual(failed.request_id, response.headers["X-Request-Id"])
        self.assertEqual(failed.token_id, self.client.token)
        self.assertEqual(failed.user_id, self.holder)
        self.assertLess(fields.Datetime.now() - failed.at, timedelta(minutes=1))

    def test_failed_calls_of_a_resource_are_kept_whoever_calls(self):
        self.resource.failures_until = self.tomorrow
        self.client.get(f"{self.path}/0")
        self._request("GET", self.path)
        self.client.get("/api/partners/0")
        of_token, of_nobody = self._find().sorted("status", reverse=True)
        self.assertEqual((of_token.status, of_nobody.status), (404, 401))
        self.assertFalse(of_nobody.token_id or of_nobody.user_id)

    def test_they_are_kept_though_their_transaction_is_rolled_back(self):
        self._watch()
        self._add_group(self.holder, "base.group_partner_manager")
        partners = self.env["res.partner"]
        with patch.object(type(partners), "create", side_effect=ZeroDivisionError):
            with mute_logger(HTTP, "odoo.addons.odoo_rest_token_api.models.ir_http"):
                self.client.post("/api/partners", json={"name": "Ada"})
        failed = self._find()
        self.assertEqual(failed.status, 500)
        self.assertNotIn("ZeroDivision", failed.description)

    def test_nothing_is_kept_of_what_the_client_sent(self):
        self._watch()
        self.client.post(
            "/api/partners?ref=private",
            json={"nmae": "private", "password": "private"},
            headers={"X-Other": "private"},
            cookies={"a": "private"},
        )
        [row] = self._find().read()
        self.assertEqual(row["status"], 400)
        self.assertNotIn("private", str(row))

    def test_secrets_are_left_out_of_paths_and_descriptions(self):
        self._watch()
        self.client.get(f"/api/partners/by/{SECRET}/{SECRET}")
        self.client.get(f"/api/partners?order={SECRET}")
        rows = self._find().read()
        self.assertTrue(rows)
        self.assertNotIn(SECRET, str(rows))

    def test_it_ends_by_itself_or_as_it_is_told_to(self):
        self._watch()
        self.client.token.with_user(self.manager).action_keep_no_failed_calls()
        self.client.get("/api/partners/0")
        self.assertFalse(self._find())
        self._watch()
        before = self.env["rest.failed.call"]._get_watched()
        self.client.token.sudo().failures_until = fields.Datetime.now() - timedelta(1)
        self.client.get("/api/partners/0")
        self.assertFalse(self._find())
        self.assertFalse(before.has(self.client.token.id + 1, "/api/partners"))

    def test_it_is_for_a_week_at_the_most(self):
        with self.assertRaises(ValidationError):
            self.resource.failures_until = self.tomorrow + timedelta(days=7)

    def test_there_are_so_many_a_minute_and_no_more(self):
        self._watch()
        with patch.object(gathering, "MAX_FAILED_CALLS", 2), patch.object(
            gathering.time, "monotonic", return_value=60.0
        ):
            for _number in range(4):
                self.client.get("/api/partners/0")
        self.assertEqual(len(self._find()), 2)

    def test_they_are_kept_as_long_as_the_parameter_says(self):
        self._watch()
        self.client.get("/api/partners/0")
        failed = self._find()
        self._set_parameter("failed_calls_days", "3")
        failed.env["rest.failed.call"]._gc_failed_calls()
        self.assertTrue(self._find())
        failed.sudo().write({"at": fields.Datetime.now() - timedelta(days=4)})
        self._flush()
        failed._gc_failed_calls()
        self.assertFalse(self._find())

    def test_nobody_but_administrators_has_to_do_with_them(self):
        self._watch()
        self.client.get("/api/partners/0")
        failed = self._find()
        self.assertTrue(failed.with_user(self.manager).read(["path"]))
        with self.assertRaises(AccessError):
            failed.with_user(self.holder).read(["path"])
        with self.assertRaises(AccessError):
            self.client.token.with_user(self.holder).action_keep_failed_calls()
        self.assertEqual(self.client.token.with_user(self.manager).failed_calls, 1)

    def test_a_token_may_be_removed(self):
        self._watch()
        self.client.get("/api/partners/0")
        failed = self._find()
        name = failed.token
        self.client.token.unlink()
        self._flush()
        self._invalidate()
        self.assertEqual((failed.token, failed.token_id.id), (name, False))
