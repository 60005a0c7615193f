import base64
import json

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordPages(RecordCase):
    def setUp(self):
        super().setUp()
        self.records = self.partners
        for name, city in [
            ("Ada", "X"),
            ("Bob", None),
            ("Cyd", "Y"),
            ("Ada", None),
            ("Eve", "X"),
            ("Bob", "X"),
            ("Fay", None),
        ]:
            self.records |= self._new_partner(name, city=city)

    def _ids(self, order):
        return self.records.search([("ref", "=", self.origin)], order=order).ids

    def assertRefused(self, **params):
        self.assertError(self._get(self.path, params=params), 400, "cursor: ")

    def test_pages_have_each_record_once_and_in_order(self):
        for order in (
            "id",
            "id desc",
            "name",
            "name desc",
            "city",
            "city desc",
            "city, name desc",
            "city desc, name",
            "city desc, id desc",
            "create_date desc, name",
        ):
            for limit in (1, 2, 3, 7):
                with self.subTest(order=order, limit=limit):
                    ids = self._walk(ref=self.origin, order=order, limit=limit)
                    self.assertEqual(ids, self._ids(f"{order}, id"))

    def test_last_page_has_no_next_one(self):
        self.assertIsNone(self._search(ref=self.origin, limit=7)["next_cursor"])
        self.assertIsNotNone(self._search(ref=self.origin, limit=6)["next_cursor"])

    def test_fractions_of_a_second_count(self):
        self._flush()
        for number, record in enumerate(self.records):
            self.env.cr.execute(
                "UPDATE res_partner SET create_date = "
                "timestamp '2026-01-01' + %s * interval '1 microsecond' WHERE id = %s",
                (number // 2, record.id),
            )
        self._invalidate()
        for order in ("create_date", "create_date desc"):
            ids = self._walk(ref=self.origin, order=order, limit=2)
            self.assertEqual(ids, self._ids(f"{order}, id"))

    def test_filters_hold_on_each_page(self):
        ids = self._walk(ref=self.origin, name__in="Ada,Bob", order="name", limit=1)
        expected = self.records.filtered(lambda record: record.name in ("Ada", "Bob"))
        self.assertEqual(ids, expected.sorted("name").ids)

    def test_total_is_that_of_all_pages(self):
        first = self._search(ref=self.origin, limit=5, total="true")
        cursor = first["next_cursor"]
        second = self._search(ref=self.origin, limit=5, total="true", cursor=cursor)
        self.assertEqual((first["total"], second["total"]), (7, 7))
        self.assertEqual(second["count"], 2)

    def test_size_and_fields_may_differ_from_page_to_page(self):
        params = {"ref": self.origin, "order": "name"}
        first = self._search(**params, limit=2, fields="name")
        second = self._search(**params, limit=100, cursor=first["next_cursor"])
        ids = [record["id"] for record in first["data"] + second["data"]]
        self.assertEqual(ids, self._ids("name, id"))

    def test_what_is_created_and_deleted_in_between_moves_nothing(self):
        params = {"ref": self.origin, "order": "name desc", "limit": 3}
        first = self._search(**params)
        last = self.partners.browse(first["data"][-1]["id"])
        self.assertEqual(last.name, "Cyd")
        self._new_partner("Zoe")  # belongs on the first page
        late = self._new_partner("Ben")  # belongs after it
        last.unlink()
        second = self._search(**params, cursor=first["next_cursor"])
        names = [record["name"] for record in second["data"]]
        self.assertEqual(names, ["Bob", "Bob", "Ben"])
        self.assertEqual(second["data"][-1]["id"], late.id)

    def test_change_of_an_earlier_record_moves_nothing(self):
        params = {"ref": self.origin, "order": "id", "limit": 3}
        first = self._search(**params)
        self.records[0].active = False
        second = self._search(**params, cursor=first["next_cursor"])
        ids = [record["id"] for record in second["data"]]
        self.assertEqual(ids, self.records.ids[3:6])

    def test_page_after_the_last_record_is_empty(self):
        cursor = self._search(ref=self.origin, limit=6)["next_cursor"]
        self.records[6].unlink()
        answer = self._search(ref=self.origin, limit=6, cursor=cursor)
        self.assertEqual(answer, {"count": 0, "data": [], "next_cursor": None})

    def test_nothing_to_find_has_no_pages(self):
        cursor = self._search(ref=self.origin, limit=6)["next_cursor"]
        domain = json.dumps([["id", "in", []]])
        self.assertEqual(self._found(domain=domain, cursor=cursor), [])

    def test_booleans_lose_no_records(self):
        self.records[::2].write({"is_company": True})
        ids = self._walk(ref=self.origin, order="is_company desc, name", limit=2)
        self.assertEqual(ids, self._ids("is_company desc, name, id"))

    def test_cursor_of_another_order_is_refused(self):
        cursor = self._search(ref=self.origin, order="name", limit=2)["next_cursor"]
        for order in ("name desc", "name, city", "city", "id"):
            self.assertRefused(ref=self.origin, order=order, cursor=cursor)
        self.assertRefused(ref=self.origin, cursor=cursor)

    def test_cursor_and_offset_exclude_each_other(self):
        cursor = self._search(ref=self.origin, limit=2)["next_cursor"]
        params = {"cursor": cursor, "offset": 1}
        self.assertError(self._get(self.path, params=params), 400, "offset: ")

    def test_what_is_no_cursor_is_refused(self):
        values = [
            [],
            {},
            None,
            "x",
            1,
            ["id asc"],
            ["id asc", 1],
            ["id asc", ["1", None]],
            ["id asc", [1]],
            ["id asc", [None]],
            ["id asc", ["x"]],
            ["id asc", ["99999999999999999999"]],
            ["id asc", ["1; DROP TABLE res_partner"]],
            ["name asc, id asc", ["A", "1"]],
            [["id asc"], ["1"]],
        ]
        encoded = [
            base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
            for value in values
        ]
        for cursor in ["x", "é", "====", "a" * 1001, "W10", "_w", *encoded]:
            with self.subTest(cursor=cursor):
                with mute_logger("odoo.sql_db"):
                    response = self._get(self.path, params={"cursor": cursor})
                self.assertError(response, 400)

    def test_what_postgresql_can_not_take_is_refused(self):
        for order, values in (
            ("name", ["{}", "1"]),
            ("city desc", ["{}", "1"]),
            ("name, city", ["a", "{}", "1"]),
        ):
            terms = [
                term if " " in term else f"{term} asc" for term in order.split(", ")
            ]
            terms = ", ".join([*terms, "id asc"])
            for text in ("\0", "a\ud800", "\udfff"):
                position = [value.format(text) for value in values]
                cursor = json.dumps([terms, position]).encode()
                cursor = base64.urlsafe_b64encode(cursor).decode()
                with self.subTest(order=order, text=text):
                    self.assertRefused(cursor=cursor, order=order)
