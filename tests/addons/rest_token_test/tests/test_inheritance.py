from odoo.tests.common import tagged

from .common import ItemCase


@tagged("post_install", "-at_install")
class TestInheritance(ItemCase):
    """What a service changes by overriding one method."""

    path = "/api/done-items"

    def setUp(self):
        super().setUp()
        self.done = self._new_item(
            "Done", state="done", line_ids=[(0, 0, {"name": "Line"})]
        )
        self.draft = self._new_item("Draft")

    # ------------------------------------------------------------
    # A domain that always holds
    # ------------------------------------------------------------

    def test_records_outside_of_the_domain_do_not_exist(self):
        self.assertEqual(self._found(), self.done.ids)
        self.assertEqual(
            self._found(domain='["|", ["id", ">", 0], ["id", "=", 1]]'), self.done.ids
        )
        self.assertEqual(self._search(total="true")["total"], 1)
        path = self._path_of(self.draft)
        self.assertError(self._get(path), 404)
        self.assertError(self._patch(self.draft, {"label": "X"}), 404)
        self.assertError(self._delete(path), 404)
        self.assertEqual(self.draft.name, "Draft")

    def test_record_can_not_leave_the_domain(self):
        response = self._patch(self.done, {"state": "draft"})
        self.assertError(response, 422)
        self.assertEqual(self.done.state, "done")

    def test_many_are_written_and_deleted_one_by_one_where_a_service_does_it_so(self):
        self._new_item("Another", state="done")
        path = f"{self.path}?state=done&expected_count=2"
        self.assertDone(self.client.patch(path, json={"note": "X"}))
        self.assertEqual(self.done.note, "X")
        self.assertDone(self._delete(path), 204)
        self.assertEqual(self.items.search([]), self.draft)

    def test_service_that_is_inherited_from_stays_as_it_was(self):
        self.path = "/api/items"
        self.assertEqual(self._found(), (self.done | self.draft).ids)
        self.assertNotIn("line_count", self._read(self.done))
        self.assertEqual(self._read(self.done)["name"], "Done")

    # ------------------------------------------------------------
    # Another name for a field
    # ------------------------------------------------------------

    def test_field_of_another_name(self):
        answer = self._read(self.done)
        self.assertEqual(answer["label"], "Done")
        self.assertNotIn("name", answer)
        self.assertEqual(self._found(label="Done"), self.done.ids)
        self.assertEqual(self._found(order="label desc"), self.done.ids)
        self.assertEqual(self._read(self.done, fields="label")["label"], "Done")
        self.assertDone(self._patch(self.done, {"label": "Other"}))
        self.assertEqual(self.done.name, "Other")

    def test_name_of_the_orm_is_unknown_then(self):
        for params in ({"name": "Done"}, {"order": "name"}, {"fields": "name"}):
            self.assertError(self._get(self.path, params=params), 400, "name")
        response = self._patch(self.done, {"name": "Other"})
        self.assertError(response, 400, "name: unknown field")
        self.assertError(self._post({"name": "New"}), 400, "label: required")

    def test_linked_records_under_another_name(self):
        body = {"label": "New", "lines": [{"name": "A"}, {"name": "B"}]}
        answer = self.assertDone(self._post(body), 201)
        self.assertEqual(len(answer["lines"]), 2)

    def test_errors_of_the_database_have_the_name_on_the_wire(self):
        self.assertError(self._patch(self.done, {"label": None}), 400, "label: ")

    # ------------------------------------------------------------
    # A computed key
    # ------------------------------------------------------------

    def test_computed_key(self):
        self.assertEqual(self._read(self.done)["line_count"], 1)
        self.assertEqual(self._search()["data"][0]["line_count"], 1)
        answer = self._read(self.done, fields="line_count")
        self.assertEqual(answer, {"id": self.done.id, "line_count": 1})
        self.assertNotIn("line_count", self._read(self.done, fields="label"))

    def test_computed_key_is_documented(self):
        document = self._request("GET", "/api-docs/api/done-items.json").json()
        schema = document["components"]["schemas"]["DoneItem"]
        self.assertEqual(schema["properties"]["line_count"]["type"], "integer")
        self.assertIn("label", schema["properties"])

    def test_computed_key_can_be_sent_back(self):
        before = self._read(self.done)
        answer = self.assertDone(self._put(self.done, before))
        self.assertEqual({**answer, "write_date": before["write_date"]}, before)

    def test_tag_of_the_version_counts_the_computed_key(self):
        path = self._path_of(self.done)
        etag = self._get(path).headers["ETag"]
        self.env["rest.test.line"].create({"item_id": self.done.id, "name": "New"})
        self.assertNotEqual(self._get(path).headers["ETag"], etag)

    # ------------------------------------------------------------
    # Another way to create, and an action
    # ------------------------------------------------------------

    def test_another_way_to_create(self):
        answer = self.assertDone(self._post({"label": "New"}), 201)
        self.assertEqual(answer["state"], "done")

    def test_action(self):
        response = self.client.post(f"{self._path_of(self.done)}/reopen")
        self.assertEqual(self.assertDone(response)["state"], "draft")
        self.assertEqual(self.done.state, "draft")

    def test_action_knows_the_same_records(self):
        path = f"{self._path_of(self.draft)}/reopen"
        self.assertError(self.client.post(path), 404)
        self.assertError(self.client.get(path), 405)
        path = f"/api/items/{self.done.id}/reopen"
        self.assertError(self.client.post(path), 404)

    def test_action_asks_for_the_scope_to_write(self):
        path = f"{self._path_of(self.done)}/reopen"
        _token, reader = self._issue(scope="done-items:read")
        response = self._request("POST", path, reader)
        self.assertError(response, 403, "done-items:write")
        self.assertEqual(self.done.state, "done")
