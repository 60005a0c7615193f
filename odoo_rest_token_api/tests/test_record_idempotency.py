from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordIdempotency(RecordCase):
    def setUp(self):
        super().setUp()
        self.body = {"name": "Ada", "ref": self.origin}

    def _send(self, body=None, key="a key", **kwargs):
        return self._post(body or self.body, headers={"Idempotency-Key": key}, **kwargs)

    def _count(self):
        return self.partners.search_count([("ref", "=", self.origin)])

    def test_request_that_is_sent_again_creates_once(self):
        first, second = self._send(), self._send()
        self.assertEqual(self.assertDone(first, 201), self.assertDone(second, 201))
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertNotIn("Idempotency-Replayed", first.headers)
        self.assertEqual(second.headers["Idempotency-Replayed"], "true")
        self.assertEqual(self._count(), 1)

    def test_list_that_is_sent_again_creates_once(self):
        first, second = self._send([self.body, self.body]), self._send(2 * [self.body])
        self.assertEqual(self.assertDone(first, 201), self.assertDone(second, 201))
        self.assertEqual(self._count(), 2)

    def test_order_of_the_keys_of_an_object_does_not_matter(self):
        self.assertDone(self._send({"name": "A", "ref": self.origin}), 201)
        self.assertDone(self._send({"ref": self.origin, "name": "A"}), 201)
        self.assertEqual(self._count(), 1)

    def test_without_key_or_with_another_each_request_creates(self):
        self.assertDone(self._post(self.body), 201)
        self.assertDone(self._post(self.body), 201)
        self.assertDone(self._send(key="one"), 201)
        self.assertDone(self._send(key="two"), 201)
        self.assertEqual(self._count(), 4)

    def test_key_is_for_one_request(self):
        self._send()
        response = self._send({**self.body, "city": "Porto"})
        self.assertError(response, 422, "Idempotency-Key: ")
        self.assertEqual(self._count(), 1)

    def test_keys_are_each_users_own(self):
        self._send()
        other = self._new_user("other", "base.group_user,base.group_partner_manager")
        self.client = self._new_client(other)
        response = self._send()
        self.assertDone(response, 201)
        self.assertNotIn("Idempotency-Replayed", response.headers)
        self.assertEqual(self._count(), 2)

    def test_keys_hold_for_all_tokens_of_a_user(self):
        self._send()
        self.client = self._new_client()
        self.assertEqual(self._send().headers["Idempotency-Replayed"], "true")

    def test_request_that_failed_keeps_nothing(self):
        self.assertError(self._send({"city": "Porto"}), 400)
        self.assertError(self._send({"name": "A", "country_id": 2**31 - 1}), 400)
        self.assertFalse(self.env["rest.idempotency.key"].sudo().search([]))
        self.assertDone(self._send(), 201)
        self.assertEqual(self._count(), 1)

    def test_key_is_forgotten_after_a_day(self):
        self._send()
        key = self.env["rest.idempotency.key"].sudo().search([("key", "=", "a key")])
        self.assertEqual(key.user_id, self.holder)
        with mute_logger("odoo.models.unlink"):
            key._gc_keys()
            self.assertTrue(key.exists())
            key.created_at = fields.Datetime.now() - timedelta(hours=25)
            key._gc_keys()
        self.assertFalse(key.exists())
        self._send()
        self.assertEqual(self._count(), 2)

    def test_key_may_be_long_but_not_endless(self):
        self.assertDone(self._send(key=255 * "k"), 201)
        self.assertError(self._send(key=256 * "k"), 400, "Idempotency-Key: ")

    def test_nobody_reads_the_keys_of_others(self):
        for user in (self.holder, self.env.ref("base.user_admin")):
            model = self.env["rest.idempotency.key"].with_user(user)
            with mute_logger("odoo.addons.base.models.ir_model"):
                self.assertFalse(
                    model.check_access_rights("read", raise_exception=False)
                )
