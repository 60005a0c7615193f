from unittest.mock import patch

from odoo.tests.common import tagged

from .common import ItemCase


@tagged("post_install", "-at_install")
class TestLinks(ItemCase):
    def setUp(self):
        super().setUp()
        self.item = self._new_item(
            tag_ids=[(6, 0, self.tags[:2].ids)],
            line_ids=[(0, 0, {"name": "A"}), (0, 0, {"name": "B", "amount": 2})],
        )
        self.first, self.second = self.item.line_ids

    def _set(self, **values):
        return self.assertDone(self._patch(self.item, values))

    def test_links_are_lists_of_ids(self):
        answer = self._read(self.item)
        self.assertEqual(sorted(answer["tag_ids"]), self.tags[:2].ids)
        self.assertEqual(answer["line_ids"], (self.first | self.second).ids)

    def test_what_is_sent_replaces_what_was_there(self):
        answer = self._set(tag_ids=self.tags[1:].ids)
        self.assertEqual(sorted(answer["tag_ids"]), self.tags[1:].ids)
        self.assertEqual(self._set(tag_ids=[])["tag_ids"], [])
        self.assertEqual(len(self.tags.exists()), 3)

    def test_owned_records_that_are_left_out_are_deleted(self):
        answer = self._set(line_ids=[self.second.id])
        self.assertEqual(answer["line_ids"], self.second.ids)
        self.assertFalse(self.first.exists())

    def test_owned_records_are_created_changed_and_deleted_at_once(self):
        answer = self._set(
            line_ids=[{"id": self.second.id, "name": "B2"}, {"name": "C", "amount": 3}]
        )
        lines = self.item.line_ids
        self.assertEqual(answer["line_ids"], lines.ids)
        self.assertEqual(
            [(line.name, line.amount) for line in lines], [("B2", 2.0), ("C", 3.0)]
        )
        self.assertIn(self.second, lines)
        self.assertFalse(self.first.exists())

    def test_ids_and_objects_may_be_mixed(self):
        self._set(line_ids=[self.first.id, {"id": self.second.id}, {"name": "C"}])
        self.assertEqual(self.item.line_ids.mapped("name"), ["A", "B", "C"])

    def test_record_is_created_with_those_that_it_owns(self):
        body = {"name": "New", "line_ids": [{"name": "X"}, {"name": "Y"}]}
        answer = self.assertDone(self._post(body), 201)
        item = self.items.browse(answer["id"])
        self.assertEqual(item.line_ids.mapped("name"), ["X", "Y"])

    def test_bad_owned_records_are_refused_and_nothing_is_written(self):
        for line in (
            {"amount": 1},
            {"name": None},
            {"name": "C", "amount": "1"},
            {"id": self.second.id, "name": ""},
            {"id": 2**31 - 1, "name": "C"},
            {"name": "C", "item_id": 1},
            {"name": "C", "nothing": 1},
        ):
            with self.subTest(line=line):
                body = {"name": "Changed", "line_ids": [line]}
                self.assertError(self._patch(self.item, body), 400, "line_ids: ")
        self.assertEqual(self.item.name, "Item")
        self.assertEqual(self.item.line_ids, self.first | self.second)

    def test_objects_are_refused_where_only_links_may_be_written(self):
        for value in ([{}], [{"name": "New"}], [{"id": self.tags[0].id, "active": 1}]):
            with self.subTest(value=value):
                response = self._patch(self.item, {"tag_ids": value})
                self.assertError(response, 400, "tag_ids: ")
        self.assertEqual(self.item.tag_ids, self.tags[:2])

    def test_missing_records_are_named(self):
        for values in ({"tag_ids": [self.tags[0].id, 2**31 - 1]}, {"line_ids": [1000]}):
            response = self._patch(self.item, values)
            self.assertError(response, 400, f"{min(values)}: there is no record")

    def test_records_that_another_one_owns_are_not_taken(self):
        other = self._new_item("Other")
        for line in (self.first.id, {"id": self.first.id, "name": "Taken"}):
            response = self._patch(other, {"line_ids": [line]})
            self.assertError(response, 422, f"line_ids: {self.first.id} belongs")
            response = self._post({"name": "New", "line_ids": [line]})
            self.assertError(response, 422, f"line_ids: {self.first.id} belongs")
        self.assertEqual(self.item.line_ids, self.first | self.second)
        self.assertEqual(self.first.name, "A")
        self.assertEqual(self.items.search([]), self.item | other)

    def _commands(self, **values):
        """Return the values that are written as a client sends others."""
        service = "odoo.addons.odoo_rest_token_api.components.record_service"
        with patch(f"{service}.RecordService._write") as write:
            self.assertDone(self._patch(self.item, values))
        return write.call_args[0][1] if write.called else {}

    def test_what_differs_is_written_and_nothing_else(self):
        first, second = self.first.id, self.second.id
        for lines, commands in [
            ([first, second], None),
            ([second, first], None),
            ([{"id": first}, {"id": second, "name": "B", "amount": 2}], None),
            ([{"id": first, "name": "C"}, second], [(1, first, {"name": "C"})]),
            (
                [{"id": second, "name": "B", "amount": 3}, {"name": "C"}],
                [(1, second, {"amount": 3.0}), (0, 0, {"name": "C"}), (2, first, 0)],
            ),
            ([], [(2, first, 0), (2, second, 0)]),
        ]:
            expected = {} if commands is None else {"line_ids": commands}
            with self.subTest(lines=lines):
                self.assertEqual(self._commands(line_ids=lines), expected)
        first, second, third = self.tags.ids
        self.assertEqual(self._commands(tag_ids=[second, first]), {})
        self.assertEqual(
            self._commands(tag_ids=[second, third]),
            {"tag_ids": [(4, third, 0), (3, first, 0)]},
        )

    def test_some_are_added_and_removed_and_the_others_stay(self):
        first, second, third = self.tags.ids
        for changes, expected in [
            ({"add": [third, first]}, [first, second, third]),
            ({"remove": [{"id": first}, first]}, [second, third]),
            ({"add": [first], "remove": [second, third]}, [first]),
            ({"remove": [third]}, [first]),
            ({"add": [], "remove": []}, [first]),
            ({"set": [second]}, [second]),
            ({"set": []}, []),
        ]:
            with self.subTest(changes=changes):
                answer = self._set(tag_ids=changes)
                self.assertEqual(sorted(answer["tag_ids"]), expected)

    def test_lines_are_added_changed_and_removed_and_the_others_stay(self):
        changes = {
            "add": [{"name": "C"}, {"id": self.second.id, "amount": 7}],
            "remove": [self.first.id],
        }
        self._set(line_ids=changes)
        lines = [(line.name, line.amount) for line in self.item.line_ids]
        self.assertEqual(lines, [("B", 7.0), ("C", 0.0)])
        self.assertFalse(self.first.exists())
        self._set(line_ids={"set": [{"name": "D"}]})
        self.assertEqual(self.item.line_ids.mapped("name"), ["D"])

    def test_path_of_links_takes_what_differs_alone(self):
        path, (first, second, third) = (
            f"{self._path_of(self.item)}/links",
            self.tags.ids,
        )
        body = {"tag_ids": {"add": [third], "remove": [first]}}
        answer = self.assertDone(self.client.patch(path, json=body))
        self.assertEqual(sorted(answer["tag_ids"]), [second, third])
        headers = {"If-Match": '"of another time"'}
        response = self.client.patch(path, json=body, headers=headers)
        self.assertError(response, 412)
        self.assertError(self.client.patch(path), 400, "no links")
        for name, value in (("tag_ids", [first]), ("name", "X"), ("line_ids", None)):
            response = self.client.patch(path, json={name: value})
            self.assertError(response, 400, f"^{name}: must be an object")
        response = self.client.patch(path, json={"name": {"add": [1]}})
        self.assertError(response, 400, "^name: ")
        self.assertError(self.client.get(path), 405)  # before anybody is known
        self.assertEqual(sorted(self.item.tag_ids.ids), [second, third])

    def test_what_differs_of_links_is_documented(self):
        schemas = self.document["components"]["schemas"]
        links = schemas["Item.Links"]["properties"]
        self.assertLessEqual({"tag_ids", "line_ids"}, set(links))
        self.assertNotIn("name", links)
        lines = self._follow(links["line_ids"])["properties"]
        self.assertEqual(set(lines), {"add", "remove", "set"})
        listed = schemas["Item.Update"]["properties"]["line_ids"]
        self.assertEqual(lines["add"]["items"], listed["items"])
        self.assertNotIn(
            "/api/read-only-items/{record_id}/links", self.document["paths"]
        )

    def test_what_is_added_to_a_record_that_is_created_is_all_that_there_is(self):
        changes = {"add": self.tags[:1].ids, "remove": self.tags[1:].ids}
        body = {"name": "New", "tag_ids": changes, "line_ids": {"add": [{"name": "X"}]}}
        answer = self.assertDone(self._post(body), 201)
        self.assertEqual(answer["tag_ids"], self.tags[:1].ids)
        self.assertEqual(len(answer["line_ids"]), 1)

    def test_bad_changes_of_links_are_refused(self):
        tag = self.tags[0].id
        for changes, reason in [
            ({}, "must be a list"),
            ({"append": [tag]}, "has no 'append'"),
            ({"add": tag}, "must be a list"),
            ({"remove": [{"name": "X"}]}, "must be the id"),
            ({"set": [tag], "add": []}, "set can't come with"),
            ({"add": [tag], "remove": [tag]}, f"{tag} can't be added and removed"),
            ({"add": [2**31 - 1]}, "there is no record"),
        ]:
            with self.subTest(changes=changes):
                response = self._patch(self.item, {"tag_ids": changes})
                self.assertError(response, 400, f"^tag_ids: .*{reason}")
        self.assertEqual(self.item.tag_ids, self.tags[:2])

    def test_lines_of_others_are_not_added(self):
        other = self._new_item("Other")
        for line in (self.first.id, {"id": self.first.id, "name": "Mine"}):
            response = self._patch(other, {"line_ids": {"add": [line]}})
            self.assertError(response, 422, f"line_ids: {self.first.id} belongs")
        self._patch(other, {"line_ids": {"remove": [self.first.id]}})
        self.assertEqual(self.item.line_ids, self.first | self.second)

    def test_line_that_is_there_needs_nothing_but_its_id(self):
        create = self.document["components"]["schemas"]["Item.Create"]
        lines = create["properties"]["line_ids"]
        _id, line, new_line = map(self._follow, self._follow(lines["items"])["anyOf"])
        self.assertEqual((line["required"], new_line["required"]), (["id"], ["name"]))
        self.assertNotIn("id", new_line["properties"])

    def test_what_is_there_is_read_at_once_for_all_lines(self):
        def count(lines):
            body = {"line_ids": [{"id": line.id, "amount": 9} for line in lines]}
            service = "odoo.addons.odoo_rest_token_api.components.record_service"
            with patch(f"{service}.RecordService._write"):
                for _time in range(2):
                    self._invalidate()
                    statements = self._record_statements(
                        lambda: self.assertDone(self._patch(self.item, body))
                    )
            return len(statements)

        few = count(self.item.line_ids)
        lines = [{"item_id": self.item.id, "name": str(i)} for i in range(20)]
        self.env["rest.test.line"].create(lines)
        self.assertEqual(count(self.item.line_ids), few)
