from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import ItemCase


@tagged("post_install", "-at_install")
class TestConstraints(ItemCase):
    def setUp(self):
        super().setUp()
        self.item = self._new_item(code="A1", quantity=1)
        self.other = self._new_item("Other", code="B2")

    def assertRefused(self, body, status, description):
        """Check that creating, also in a list, and changing an item are refused."""
        items = self.items.search([])
        bad = {"name": "New", **body}
        with mute_logger("odoo.sql_db"):
            for response in (
                self._post(bad),
                self._post([{"name": "Good"}, bad]),
                self._patch(self.item, {"name": "Changed", **body}),
            ):
                self.assertError(response, status, description)
        self.assertEqual(self.items.search([]), items)
        self.assertEqual(self.item.name, "Item")

    def test_constraint_of_the_model(self):
        self.assertRefused({"quantity": -1}, 422, "fewer items than none")
        self.assertEqual(self.item.quantity, 1)

    def test_check_of_the_database(self):
        self.assertRefused({"weight": -1}, 422, "lighter than nothing")

    def test_unique_field_is_named(self):
        self.assertRefused({"code": "B2"}, 409, "code: There is an item of that code")

    def test_two_of_a_list_share_what_is_unique(self):
        body = [{"name": "New", "code": "C3"}, {"name": "Newer", "code": "C3"}]
        with mute_logger("odoo.sql_db"):
            self.assertError(self._post(body), 409, "code: ")
        self.assertFalse(self.items.search([("code", "=", "C3")]))

    def test_field_that_the_database_requires_is_named(self):
        self.assertRefused({"state": None}, 422, "state: ")

    def test_field_of_an_owned_record_that_is_required_is_named(self):
        body = {"line_ids": [{"name": "Line"}, {}]}
        self.assertRefused(body, 400, "line_ids: name")

    def test_what_is_in_use_is_not_deleted(self):
        self.item.main_tag_id = self.tags[0]
        self._add_group(self.holder, "base.group_system")
        with mute_logger("odoo.sql_db"):
            response = self._delete(f"/api/tags/{self.tags[0].id}")
        self.assertError(response, 409, "in use")
        self.assertTrue(self.tags[0].exists())
        self.assertEqual(self._delete(f"/api/tags/{self.tags[1].id}").status_code, 204)

    def test_what_a_record_owns_is_deleted_with_it(self):
        line = self.env["rest.test.line"].create(
            {"item_id": self.item.id, "name": "Line"}
        )
        self.assertEqual(self._delete(self._path_of(self.item)).status_code, 204)
        self.assertFalse(line.exists())

    def test_key_of_a_request_that_was_refused_is_free_again(self):
        headers = {"Idempotency-Key": "a key"}
        with mute_logger("odoo.sql_db"):
            for body, status in [
                ({"name": "New", "code": "B2"}, 409),
                ({"name": "New", "quantity": -1}, 422),
                ({"name": "New", "quantity": "1"}, 400),
            ]:
                self.assertError(self._post(body, headers=headers), status)
        response = self._post({"name": "New"}, headers=headers)
        self.assertDone(response, 201)
        self.assertNotIn("Idempotency-Replayed", response.headers)
