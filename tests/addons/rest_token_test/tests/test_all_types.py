from odoo.tests.common import tagged

from .common import ItemCase, make_image

EMPTY = {
    "name": "Empty",
    "code": None,
    "title": None,
    "note": None,
    "body": None,
    "quantity": 0,
    "double_quantity": 0,
    "weight": 0.0,
    "ratio": 0.0,
    "price": {"amount": 0.0, "currency": None},
    "currency_id": None,
    "active": False,
    "urgent": False,
    "day": None,
    "moment": None,
    "state": "draft",
    "color": None,
    "partner_id": None,
    "parent_id": None,
    "main_tag_id": None,
    "tag_ids": [],
    "line_ids": [],
    "document": None,
    "res_model": None,
    "res_id": 0,
    "company_id": None,
    "company_code": None,
}


@tagged("post_install", "-at_install")
class TestAllTypes(ItemCase):
    def _write(self, name, value):
        """Create and change an item so, and return what the service says then."""
        created = self.assertDone(self._post({"name": "Item", name: value}), 201)
        changed = self.assertDone(self._patch(self._new_item(), {name: value}))
        self.assertEqual(created[name], changed[name])
        return created[name]

    def test_empty_values(self):
        item = self._new_item("Empty", active=False)
        item.write({"currency_id": False, "company_id": False})
        answer = self._read(item)
        for name in ("id", "create_date", "write_date"):
            answer.pop(name)
        self.assertEqual(answer, EMPTY)
        names = "attachment,photo"
        answer = self._read(item, fields=names)
        self.assertEqual(answer, {"id": item.id, "attachment": None, "photo": None})

    def test_columns_without_value_are_read_as_empty(self):
        item = self._new_item("Empty", active=False)
        item.write({"currency_id": False, "company_id": False})
        self._flush()
        self.env.cr.execute(
            "UPDATE rest_test_item SET quantity = NULL, weight = NULL, ratio = NULL, "
            "price = NULL, urgent = NULL, active = NULL, res_id = NULL WHERE id = %s",
            (item.id,),
        )
        self._invalidate()
        answer = self._read(item)
        self.assertEqual({name: answer[name] for name in EMPTY}, EMPTY)

    def test_text(self):
        for name in ("name", "title", "note", "res_model", "company_code"):
            self.assertEqual(self._write(name, "é 'x' %s"), "é 'x' %s")
            self.assertEqual(self._write(name, "  x\ty "), "  x\ty ")

    def test_html(self):
        self.assertEqual(self._write("body", "<p>Hello</p>"), "<p>Hello</p>")

    def test_html_is_sanitized(self):
        body = self._write("body", "<p>Hello</p><script>alert(1)</script>")
        self.assertEqual(body, "<p>Hello</p>")

    def test_numbers(self):
        self.assertEqual(self._write("quantity", 2**31 - 1), 2**31 - 1)
        self.assertEqual(self._write("weight", 0.1), 0.1)
        self.assertEqual(self._write("weight", 5), 5.0)
        self.assertEqual(self._write("ratio", 0.12345), 0.123)

    def test_booleans(self):
        self.assertIs(self._write("urgent", True), True)
        self.assertIs(self._write("urgent", False), False)

    def test_dates(self):
        self.assertEqual(self._write("day", "2026-02-28"), "2026-02-28")
        self.assertEqual(self._write("day", "0001-01-01"), "0001-01-01")

    def test_moments(self):
        for value, expected in [
            ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("2026-01-31T12:00:00", "2026-01-31T12:00:00Z"),
            ("2026-01-31T23:30:00-02:00", "2026-02-01T01:30:00Z"),
            ("2026-01-31T12:00:00.999999+00:00", "2026-01-31T12:00:00Z"),
        ]:
            self.assertEqual(self._write("moment", value), expected)

    def test_time_zone_of_the_user_has_no_effect(self):
        self.holder.tz = "Pacific/Auckland"
        self.assertEqual(
            self._write("moment", "2026-01-31T12:00:00Z"), "2026-01-31T12:00:00Z"
        )

    def test_selections(self):
        self.assertEqual(self._write("color", "blue"), "blue")
        self.assertIsNone(self._write("color", None))

    def test_files(self):
        for name, value in [("attachment", "/wA="), ("photo", make_image())]:
            response = self._post({"name": "Item", name: value})
            self.assertNotIn(name, self.assertDone(response, 201))
            item = self.items.browse(response.json()["id"])
            self.assertEqual(self._read(item, fields=name)[name], value)
            self.assertDone(self._patch(item, {name: None}))
            self.assertIsNone(self._read(item, fields=name)[name])

    def test_reference(self):
        tag = self.tags[0]
        reference = {"model": "rest.test.tag", "id": tag.id}
        self.assertEqual(self._write("document", reference), reference)
        self.assertIsNone(self._write("document", None))

    def test_bad_references_are_refused(self):
        tag = self.tags[0]
        for value in (
            f"rest.test.tag,{tag.id}",
            tag.id,
            {"id": tag.id},
            {"model": "rest.test.tag"},
            {"model": "res.users", "id": self.env.uid},
            {"model": "nothing", "id": 1},
            {"model": ["rest.test.tag"], "id": tag.id},
            {"model": "rest.test.tag", "id": "x"},
            {"model": "rest.test.tag", "id": 2**31 - 1},
            {"model": "rest.test.tag", "id": tag.id, "name": "x"},
        ):
            with self.subTest(value=value):
                response = self._post({"name": "Item", "document": value})
                self.assertError(response, 400, "document: ")

    def test_reference_without_model(self):
        self.assertEqual(self._write("res_id", 5), 5)

    def test_computed_field_is_not_written(self):
        body = {"name": "Item", "quantity": 2, "double_quantity": 9}
        self.assertError(self._post(body), 400, "double_quantity: can't be written")
        self.assertFalse(self.items.search([]))
        body["double_quantity"] = 4
        answer = self.assertDone(self._post(body), 201)
        self.assertEqual(answer["double_quantity"], 4)
        item = self.items.browse(answer["id"])
        response = self._patch(item, {"quantity": 3, "double_quantity": 6})
        self.assertError(response, 400, "double_quantity: can't be written")
        answer = self.assertDone(self._patch(item, {**answer, "quantity": 3}))
        self.assertEqual(answer["double_quantity"], 6)

    def test_company_of_the_request_counts(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.holder.company_ids |= second
        item = self._new_item(company_code="first", company_id=False)
        headers = {"X-Company-Id": str(second.id)}
        self.assertDone(self._patch(item, {"company_code": "2nd"}, headers=headers))
        self.assertEqual(self._read(item)["company_code"], "first")
        answer = self._get(self._path_of(item), headers=headers).json()
        self.assertEqual(answer["company_code"], "2nd")
        answer = self.assertDone(self._post({"name": "Item"}, headers=headers), 201)
        self.assertEqual(answer["company_id"], {"id": second.id, "name": "Second"})

    def test_values_of_another_type_are_named(self):
        item = self._new_item()
        for name, values in {
            "name": [1, True, [], {}, None, ""],
            "code": [1, "too long for it"],
            "title": [1],
            "note": [1],
            "body": [1],
            "quantity": ["1", 1.5, True, None, [], 2**31, -(2**31) - 1],
            "weight": ["1", True, None, {}],
            "price": ["1", True, None, [], {"currency": None}, {"amount": "1"}],
            "urgent": ["true", 1, None],
            "day": ["2026-02-30", "28/02/2026", 20260228, True],
            "moment": ["2026-02-30T12:00:00Z", "noon", 0],
            "state": ["lost", 1, ["done"]],
            "color": ["green", False],
            "attachment": ["é", "no base64", 1],
            "photo": [1],
            "partner_id": ["1", 0, -1, True, [1], {"name": "x"}],
            "tag_ids": [1, "1", None, {"id": 1}, [True], [None]],
            "line_ids": [[{"amount": 1}], [{"name": 1}], [{"nothing": 1}], [[]], None],
            "document": ["x"],
            "res_id": ["1", None],
        }.items():
            for value in values:
                with self.subTest(name=name, value=value):
                    response = self._post({"name": "Item", name: value})
                    self.assertError(response, 400, f"{name}: ")
                    response = self._patch(item, {name: value})
                    self.assertError(response, 400, f"{name}: ")
        self.assertEqual(self.items.search([]), item)

    def test_infinite_numbers_are_refused(self):
        for text in ("1e999", "-1e999", "NaN", "Infinity"):
            response = self.client.post(
                self.path,
                data='{"name": "Item", "weight": %s}' % text,
                headers={"Content-Type": "application/json"},
            )
            self.assertError(response, 400)
