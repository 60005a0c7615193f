from odoo.tests.common import tagged

from .common import ItemCase


@tagged("post_install", "-at_install")
class TestDeclaration(ItemCase):
    """What a service says of itself in its attributes."""

    def _statuses(self, path):
        item = self._new_item()
        return {
            (method, suffix): self.client.request(
                method, f"{path}{suffix}", json=json
            ).status_code
            for method, suffix, json in [
                ("GET", "", None),
                ("GET", f"/{item.id}", None),
                ("POST", "", {"name": "New"}),
                ("PATCH", f"/{item.id}", {"name": "New"}),
                ("PUT", f"/{item.id}", {"name": "New"}),
                ("DELETE", f"/{item.id}", None),
            ]
        }

    def test_list_of_fields_is_completed_by_the_orm(self):
        self._add_group(self.holder, "base.group_system")
        path = "/api/tags"
        self.assertError(self._post({"active": True}, path=path), 400, "name: required")
        body = {"name": "New", "create_date": "2001-01-01T00:00:00Z"}
        response = self._post(body, path=path)
        self.assertError(response, 400, "create_date: can't be written")
        answer = self.assertDone(self._post({"name": "New"}, path=path), 201)
        self.assertEqual(set(answer), {"id", "name", "active", "create_date"})

    def test_operations_that_are_left_out_are_not_allowed(self):
        self.assertEqual(
            list(self._statuses("/api/read-only-items").values()),
            [200, 200, 405, 405, 405, 405],
        )
        self.assertEqual(self.items.search([]).mapped("name"), ["Item"])

    def test_refusal_says_what_is_allowed(self):
        response = self._post({"name": "New"}, path="/api/read-only-items")
        self.assertError(response, 405)
        self.assertEqual(response.headers["Allow"], "GET")

    def test_operations_that_are_left_out_are_not_shown(self):
        document = self._request("GET", "/api-docs/api/read-only-items.json").json()
        for path in ("", "/{record_id}"):
            methods = document["paths"][path or "/"]
            self.assertIn("get", methods)
            self.assertFalse({"post", "patch", "put", "delete"}.intersection(methods))

    def test_order_and_size_of_a_page(self):
        for name in "ACBD":
            self._new_item(name)
        self.path = "/api/read-only-items"
        page = self._search()
        names = [record["name"] for record in page["data"]]
        self.assertEqual(names, ["D", "C"])
        page = self._search(limit=3, cursor=page["next_cursor"])
        names = [record["name"] for record in page["data"]]
        self.assertEqual(names, ["B", "A"])
        self.assertError(self._get(f"{self.path}?limit=4"), 400, "limit: ")

    def test_scopes_are_named_after_the_service(self):
        names = self.env["rest.token.scope"].search([]).mapped("name")
        expected = {"items:read", "items:write", "done-items:read", "tags:write"}
        self.assertLessEqual(expected, set(names))
        self.client = self._new_client(scope="items:read")
        self.assertDone(self._get("/api/items"))
        response = self._get("/api/read-only-items")
        self.assertError(response, 403, "read-only-items:read")
