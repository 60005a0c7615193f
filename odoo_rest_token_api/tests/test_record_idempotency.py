from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.odoo_rest_token import compat

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

    def _new_company(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.holder.company_ids |= company
        return company

    def test_key_is_for_one_company(self):
        first, second = self.holder.company_id, self._new_company()
        keys = {"Idempotency-Key": "a key"}
        for company, code in ((first, 201), (first, 201), (second, 422)):
            headers = {**keys, "X-Company-Id": str(company.id)}
            response = self._post(self.body, headers=headers)
            self.assertEqual(response.status_code, code, response.text)
        self.assertError(self._send(), 422, "Idempotency-Key: ")
        self.assertEqual(self._count(), 1)

    def test_key_is_for_one_language(self):
        self._install_french()
        keys = {"Idempotency-Key": "a key"}
        self.assertDone(self._send(), 201)
        response = self._post(self.body, headers={**keys, "Accept-Language": "fr"})
        self.assertEqual(response.status_code, 422, response.text)
        same = self._post(self.body, headers={**keys, "Accept-Language": "en"})
        self.assertEqual(same.headers["Idempotency-Replayed"], "true")
        self.assertEqual(self._count(), 1)

    def test_record_is_shown_as_it_is_by_now(self):
        answer = self.assertDone(self._send(), 201)
        partner = self.partners.browse(answer["id"])
        partner.write({"city": "Porto", "active": False})
        response = self._send()
        replayed = self.assertDone(response, 201)
        self.assertEqual((replayed["id"], replayed["city"]), (partner.id, "Porto"))
        etag = self._get(self._path_of(partner)).headers["ETag"]
        self.assertEqual(response.headers["ETag"], etag)

    def test_right_to_create_that_was_taken_away(self):
        self._send()
        group = self.env.ref(self.holder_group)
        compat.remove_from_group(self.holder, group)
        self.assertError(self._send(), 403)
        self.assertError(self._send(key="another"), 403)

    def test_record_that_is_out_of_sight_by_now(self):
        answer = self.assertDone(self._send([self.body, self.body]), 201)
        self._hide(self.partners.browse(answer["data"][1]["id"]))
        self.assertError(self._send([self.body, self.body]), 404)

    def test_record_that_was_deleted_is_not_created_again(self):
        answer = self.assertDone(self._send(), 201)
        with mute_logger("odoo.models.unlink"):
            self.partners.browse(answer["id"]).unlink()
        self.assertError(self._send(), 404)
        self.assertFalse(self._count())

    def test_token_that_is_limited_to_something_else(self):
        self._send()
        self.client = self._new_client(scope="partners:read")
        self.assertError(self._send(), 403, "limited")

    def test_what_is_kept_has_no_value_of_a_record(self):
        answer = self.assertDone(self._send(), 201)
        key = self.env["rest.idempotency.key"].sudo().search([("key", "=", "a key")])
        self.assertEqual(key.answer, f"[{answer['id']}]")

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
