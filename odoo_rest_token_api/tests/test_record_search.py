from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordSearch(RecordCase):
    def setUp(self):
        super().setUp()
        self.ada = self._new_partner("Ada", city="B")
        self.bob = self._new_partner("Bob", city="A")
        self.cyd = self._new_partner("Cyd", city="B")

    def _order(self, order):
        found = self._search(ref=self.origin, order=order)
        return "".join(record["name"][0] for record in found["data"])

    def assertRefused(self, description, **params):
        self.assertError(self._get(self.path, params=params), 400, description)

    def test_answer_says_how_many_records_it_has_and_that_there_are_no_more(self):
        answer = self._search(ref=self.origin)
        self.assertEqual(set(answer), {"count", "data", "next_cursor"})
        self.assertEqual(answer["count"], 3)
        self.assertIsNone(answer["next_cursor"])
        self.assertEqual(answer["data"][0]["name"], "Ada")

    def test_nothing_found(self):
        self.assertEqual(
            self._search(ref="nowhere"), {"count": 0, "data": [], "next_cursor": None}
        )

    def test_fields_are_chosen(self):
        expected = {"id": self.ada.id, "name": "Ada", "city": "B"}
        found = self._search(name="Ada", ref=self.origin, fields="name,city")
        self.assertEqual(found["data"], [expected])
        self.assertEqual(self._read(self.ada, fields="name, city"), expected)
        self.assertEqual(self._read(self.ada, fields="id"), {"id": self.ada.id})

    def test_binary_fields_are_read_only_when_asked_for(self):
        self.assertNotIn("image_1920", self._read(self.ada))
        self.assertIsNone(self._read(self.ada, fields="image_1920")["image_1920"])

    def test_unknown_fields_are_named(self):
        for name in ("function", "nothing", "state_id.code", "user_ids"):
            self.assertRefused(f"fields: .*{name}", fields=f"name,{name}")
            response = self._get(self._path_of(self.ada), params={"fields": name})
            self.assertError(response, 400, f"fields: .*{name}")

    def test_order(self):
        self.assertEqual(self._order("name"), "ABC")
        self.assertEqual(self._order("name asc"), "ABC")
        self.assertEqual(self._order("name desc"), "CBA")
        self.assertEqual(self._order("name DESC"), "CBA")
        self.assertEqual(self._order("city, name desc"), "BCA")
        self.assertEqual(self._order("city desc,name"), "ACB")

    def test_ties_are_sorted_by_id(self):
        self.assertEqual(self._order("city"), "BAC")
        self.assertEqual(self._order("city desc"), "ACB")
        self.assertEqual(self._order("city, id desc"), "BCA")

    def test_what_can_not_be_sorted_by_is_named(self):
        for name in ("country_id", "category_id", "child_ids", "image_1920"):
            self.assertRefused(f"order: .*{name}", order=f"name, {name}")
        for name in ("function", "nothing", "state_id.code", "1", "name;"):
            self.assertRefused(f"order: .*{name}", order=name)
        self.assertRefused("order: .*nothing", order="id, nothing")
        self.assertRefused("order: .*sideways", order="name sideways")
        self.assertRefused("order: ", order="name desc nulls first")

    def test_limit(self):
        self.assertEqual(len(self._found(ref=self.origin, limit=2)), 2)
        self.assertEqual(len(self._found(ref=self.origin, limit=500)), 3)

    def test_limit_is_80_by_default(self):
        self.partners.create(
            [{"name": "Many", "ref": self.origin} for _number in range(80)]
        )
        answer = self._search(ref=self.origin)
        self.assertEqual(answer["count"], 80)
        self.assertTrue(answer["next_cursor"])

    def test_bad_limits_are_refused(self):
        for limit in ("0", "-1", "501", "ten", "1.5", "99999999999999999999"):
            self.assertRefused("limit: ", limit=limit)

    def test_offset(self):
        ids = (self.ada | self.bob | self.cyd).ids
        self.assertEqual(self._found(ref=self.origin, offset=1), ids[1:])
        self.assertEqual(self._found(ref=self.origin, offset=1, limit=1), ids[1:2])
        self.assertEqual(self._found(ref=self.origin, offset=100), [])

    def test_bad_offsets_are_refused(self):
        for offset in ("-1", "ten", "99999999999"):
            self.assertRefused("offset: ", offset=offset)

    def test_total_is_counted_only_when_asked_for(self):
        answer = self._search(ref=self.origin, limit=1, total="true")
        self.assertEqual((answer["count"], answer["total"]), (1, 3))
        self.assertNotIn("total", self._search(ref=self.origin, total="false"))
        self.assertRefused("total: ", total="yes")

    def test_archived_records_are_found_only_when_asked_for(self):
        self.bob.active = False
        self.assertNotIn(self.bob.id, self._found(ref=self.origin))
        self.assertEqual(self._found(ref=self.origin, active="false"), self.bob.ids)

    def test_archived_record_is_read_by_its_id(self):
        self.bob.active = False
        self.assertIs(self._read(self.bob)["active"], False)

    def test_options_are_given_once_and_as_text(self):
        response = self._get(f"{self.path}?limit=1&limit=2")
        self.assertError(response, 400, "limit")
        self.assertError(self._get(f"{self.path}?limit[]=1"), 400, "limit: ")

    def test_options_of_a_search_are_unknown_to_a_record(self):
        for name in ("limit", "domain", "name", "nothing"):
            response = self._get(self._path_of(self.ada), params={name: "1"})
            self.assertError(response, 400, f"{name}: unknown parameter")

    def test_options_have_their_types_in_json(self):
        options = {"limit": 1, "total": True, "fields": ["name"], "cursor": None}
        options["domain"] = [["name", "in", ["Ada", "Bob"]]]
        options["ref"] = self.origin
        answer = self.assertDone(self._get(self.path, json=options))
        self.assertEqual(answer["total"], 2)
        self.assertEqual(answer["data"], [{"id": self.ada.id, "name": "Ada"}])
        options = {"ref": self.origin, "is_company": False, "city__empty": False}
        answer = self.assertDone(self._get(self.path, json=options))
        self.assertEqual(answer["count"], 3)

    def test_options_of_another_type_are_refused(self):
        for name, value in (
            ("limit", True),
            ("limit", 0),
            ("limit", [1]),
            ("limit", {}),
            ("total", 1),
            ("fields", []),
            ("fields", [1]),
            ("fields", {"name": 1}),
            ("domain", {}),
            ("domain", 1),
            ("cursor", 1),
            ("offset", 1.5),
        ):
            with self.subTest(name=name, value=value):
                response = self._get(self.path, json={name: value})
                self.assertError(response, 400, f"{name}: ")
