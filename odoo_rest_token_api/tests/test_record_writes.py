import json
from unittest.mock import patch

from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordWrites(RecordCase):
    def setUp(self):
        super().setUp()
        self.country = self.env.ref("base.pt")
        self.partner = self._new_partner("Ada", city="Lisboa", phone="1")

    def _count(self):
        return self.partners.search_count([("ref", "=", self.origin)])

    def test_create_answers_with_the_record_and_where_it_is(self):
        response = self._post({"name": "Bob", "country_id": self.country.id})
        answer = self.assertDone(response, 201)
        record = self.partners.browse(answer["id"])
        self.assertEqual(record.name, "Bob")
        self.assertEqual(record.create_uid, self.holder)
        self.assertEqual(
            answer["country_id"], {"id": self.country.id, "name": self.country.name}
        )
        self.assertIsNone(answer["city"])
        location = response.headers["Location"]
        self.assertTrue(location.endswith(self._path_of(record)), location)
        self.assertEqual(self._read(record), answer)

    def test_create_of_a_list(self):
        body = [{"name": name, "ref": self.origin} for name in "BCD"]
        answer = self.assertDone(self._post(body), 201)
        self.assertEqual(answer["count"], 3)
        self.assertEqual([record["name"] for record in answer["data"]], list("BCD"))
        self.assertEqual(self._count(), 4)

    def test_list_of_one(self):
        for path in (self.path, f"{self.path}/batch"):
            answer = self.assertDone(self._post([{"name": "B"}], path=path), 201)
            self.assertEqual((answer["count"], answer["data"][0]["name"]), (1, "B"))

    def test_batch_is_a_list(self):
        for body in ({"name": "B"}, {}):
            response = self._post(body, path=f"{self.path}/batch")
            self.assertError(response, 400, "list")

    def test_empty_list_is_refused(self):
        self.assertError(self._post([]), 400, "empty")

    def test_all_of_a_list_or_none(self):
        good = {"name": "B", "ref": self.origin}
        for bad, status, description in [
            ({"city": "X"}, 400, "^1: name: "),
            ({"name": "C", "city": 5}, 400, "^1: city: "),
            ("C", 400, "^1: "),
            ([], 400, "^1: "),
            (None, 400, "^1: "),
        ]:
            with self.subTest(bad=bad):
                response = self._post([good, bad, good])
                self.assertError(response, status, description)
                self.assertEqual(self._count(), 1)

    def test_list_is_no_longer_than_a_batch(self):
        response = self._post(501 * [{"name": "B", "ref": self.origin}])
        self.assertError(response, 400, "500")
        self.assertEqual(self._count(), 1)

    def test_change_leaves_what_is_not_given(self):
        for method in ("PATCH", "PUT"):
            response = self.client.request(
                method, self._path_of(self.partner), json={"city": method}
            )
            answer = self.assertDone(response)
            self.assertEqual(answer["city"], method)
            self.assertEqual(self.partner.city, method)
            self.assertEqual(self.partner.name, "Ada")
            self.assertEqual(self.partner.phone, "1")

    def test_null_empties(self):
        answer = self.assertDone(self._patch(self.partner, {"city": None}))
        self.assertIsNone(answer["city"])
        self.assertFalse(self.partner.city)

    def test_change_of_nothing(self):
        answer = self.assertDone(self._patch(self.partner, {}))
        self.assertEqual(answer["name"], "Ada")

    def test_what_was_read_can_be_sent_back(self):
        category = self.env["res.partner.category"].create({"name": "A"})
        self.partner.write(
            {
                "country_id": self.country.id,
                "category_id": [(6, 0, category.ids)],
                "comment": "<p>Hello</p>",
            }
        )
        before = self._read(self.partner)
        response = self.client.put(self._path_of(self.partner), json=before)
        answer = self.assertDone(response)
        self.assertEqual({**answer, "write_date": None}, {**before, "write_date": None})

    def test_read_only_keys_are_named_unless_they_are_what_is_there(self):
        self._new_partner("Child", parent_id=self.partner.id)
        before = self._read(self.partner)
        for name, value in [
            ("id", 1),
            ("id", None),
            ("create_date", "2001-01-01T00:00:00Z"),
            ("create_date", None),
            ("child_ids", []),
            ("child_ids", [1]),
        ]:
            with self.subTest(name=name, value=value):
                response = self._patch(self.partner, {"city": "X", name: value})
                self.assertError(response, 400, f"{name}: can't be written")
                same = {"city": "Lisboa", name: before[name]}
                self.assertEqual(
                    self.assertDone(self._patch(self.partner, same)), before
                )
        self.assertEqual(self.partner.city, "Lisboa")

    def test_change_of_what_was_read_can_be_sent_twice(self):
        body = {**self._read(self.partner), "city": "Porto"}
        for _time in range(2):
            self._let_time_pass()
            response = self.client.put(self._path_of(self.partner), json=body)
            self.assertEqual(self.assertDone(response)["city"], "Porto")

    def _let_time_pass(self):
        query = "UPDATE res_partner SET write_date = '2001-01-01' WHERE id = %s"
        self.env.cr.execute(query, (self.partner.id,))

    def test_read_only_keys_of_what_is_created_are_named(self):
        count = self._count()
        for name, value in [
            ("id", self.partner.id),
            ("create_date", "2001-01-01T00:00:00Z"),
            ("child_ids", [self.partner.id]),
            ("child_ids", [{"name": "Child"}]),
        ]:
            with self.subTest(name=name):
                body = {"name": "B", "ref": self.origin, name: value}
                description = f"{name}: can't be written"
                self.assertError(self._post(body), 400, description)
                self.assertError(self._post([body, body]), 400, f"1: {description}")
        self.assertEqual(self._count(), count)

    def test_read_only_keys_of_what_is_created_may_be_empty(self):
        body = {"name": "B", "id": None, "create_date": None, "child_ids": []}
        self.assertDone(self._post(body), 201)

    def test_what_does_not_change_is_not_written(self):
        self.partner.comment = "<p>Hello</p>"
        before = self._read(self.partner)
        service = "odoo.addons.odoo_rest_token_api.components.record_service"
        with patch(f"{service}.RecordService._write") as write:
            for body in (before, {"city": "Lisboa"}, {"lang": "en_US"}, {}):
                response = self.client.put(self._path_of(self.partner), json=body)
                self.assertEqual(self.assertDone(response), before)
            write.assert_not_called()
            self.assertDone(self._patch(self.partner, {**before, "city": "Porto"}))
            write.assert_called_once_with(self.partner, {"city": "Porto"})

    def test_links_to_many_are_replaced(self):
        tags = self.env["res.partner.category"].create(
            [{"name": "A"}, {"name": "B"}, {"name": "C"}]
        )
        self.partner.category_id = tags[:2]
        answer = self.assertDone(
            self._patch(self.partner, {"category_id": tags[1:].ids})
        )
        self.assertEqual(sorted(answer["category_id"]), tags[1:].ids)
        self.assertDone(self._patch(self.partner, {"category_id": []}))
        self.assertFalse(self.partner.category_id)

    def test_archived_record_is_changed_and_brought_back(self):
        self.partner.active = False
        self.assertDone(self._patch(self.partner, {"active": True}))
        self.assertTrue(self.partner.active)

    def test_delete(self):
        response = self._delete(self._path_of(self.partner))
        self.assertEqual((response.status_code, response.text), (204, ""))
        self.assertFalse(self.partner.exists())
        self.assertError(self._get(self._path_of(self.partner)), 404)
        self.assertError(self._delete(self._path_of(self.partner)), 404)

    def test_form_is_read_like_json(self):
        response = self.client.post(self.path, data={"name": "Bob", "city": "Porto"})
        self.assertEqual(self.assertDone(response, 201)["city"], "Porto")

    def test_name_of_the_type_of_json_may_have_parameters(self):
        response = self.client.post(
            self.path,
            data=json.dumps({"name": "é"}),
            headers={"Content-Type": "application/json; charset=utf-8"},
        )
        self.assertEqual(self.assertDone(response, 201)["name"], "é")
