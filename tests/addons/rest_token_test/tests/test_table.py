import re

from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token_api.tests.common import RestApiCase


@tagged("post_install", "-at_install")
class TestTable(RestApiCase):
    """What services declare is served, limited and documented."""

    def setUp(self):
        super().setUp()
        self.tag = self.env["rest.test.tag"].create({"name": "Red"})
        fields = self.env["ir.model.fields"]
        name = fields.search([("model", "=", "rest.test.tag"), ("name", "=", "name")])
        self.env["rest.resource"].create(
            {
                "path": "labels",
                "model_id": name.model_id.id,
                "field_ids": [(0, 0, {"field_id": name.id})],
            }
        )

    def test_action_for_all_records_is_served_by_services_and_resources(self):
        for path in ("tags", "labels"):
            with self.subTest(path=path):
                action = f"/api/{path}/{self.tag.id}/name"
                response = self.client.post(action)
                self.assertEqual(self.assertDone(response), {"name": "Red"})
                self.assertAsDocumented(response)
                reader = self._new_client(scope=f"{path}:read")
                self.assertError(reader.post(action), 403, f"{path}:write")
                self.assertDone(self._new_client(scope=f"{path}:write").post(action))
                self.assertError(self.client.get(action), 405)
                self.assertError(self.client.post(f"/api/{path}/0/name"), 404)

    def test_plain_service_of_base_rest_is_served_and_limited(self):
        path = "/api/plain-service/echo"
        answer = self.client.get(path, params={"text": "x"})
        self.assertEqual(self.assertDone(answer), {"text": "x"})
        self.assertAsDocumented(self.client.post(path, json={"text": "y"}))
        self.assertError(self._request("GET", path), 401)
        reader = self._new_client(scope="plain-service:read")
        self.assertDone(reader.get("/api/plain-service/search"))
        self.assertError(reader.post(path, json={}), 403, "plain-service:write")
        self.assertError(self.client.post(path, json={"text": 1}), 400, "text")

    def test_method_that_declares_nothing_is_served(self):
        for path in ("/api/plain-service", "/api/plain-service/search"):
            answer = self.client.get(path, params={"name": "Ada"})
            self.assertEqual(self.assertDone(answer), {"name": "Ada"})
        self.assertDocumented("GET", "/api/plain-service/search")

    def test_what_a_user_error_says_is_a_422(self):
        response = self.client.post("/api/plain-service/refusal")
        self.assertError(response, 422, "Not today")

    def test_scope_is_for_the_collection_that_it_was_made_for(self):
        library = "/rest_test_library/tags"
        self.assertDone(self.client.get(library))
        reader = self._new_client_of("rest.token.services")
        self.assertDone(reader.get("/api/tags"))
        self.assertError(reader.get(library), 403, "tags:read")
        reader = self._new_client_of("rest.test.library.services")
        self.assertDone(reader.get(library))
        self.assertError(reader.get("/api/tags"), 403, "tags:read")

    def _new_client_of(self, audience):
        self.scope_audience = audience
        return self._new_client(scope="tags:read")

    def test_name_of_several_scopes_is_that_of_the_services_that_issue(self):
        self.holder.password = "rest_holder"
        answer = self._request(
            "POST",
            "/api/auth/token",
            json={
                "login": self.holder.login,
                "password": "rest_holder",
                "scope": "tags:read",
            },
        )
        secret = self.assertDone(answer)["access_token"]
        self.assertDone(self._request("GET", "/api/tags", secret))
        self.assertError(self._request("GET", "/rest_test_library/tags", secret), 403)

    def test_every_operation_is_routed_and_documented(self):
        """The table is the one list: what it has is found by its path and described."""
        table = self.env.registry.rest_operations
        self.assertGreater(len(table.operations), 40)
        for operation in table.operations:
            with self.subTest(operation=operation):
                usage = operation.usage or "labels"
                path = f"{operation.root}{usage}{operation.path}".rstrip("/")
                path = re.sub(r"<int:\w+>", "7", path)
                path = path.replace("<rest_part:part>", "part")
                rule, _arguments = table.match(path, operation.verb)
                self.assertIs(rule.endpoint, operation)
                if operation.root == "/api/" and self._is_shown(operation):
                    self.assertDocumented(operation.verb, path)

    def _is_shown(self, operation):
        names = ("create", "create_batch", "import_lines", "update", "delete")
        names += ("update_many", "delete_many", "update_batch", "delete_batch")
        closed = {"read-only-items": names, None: names, "oauth": ("register",)}
        is_closed = operation.name in closed.get(operation.usage, ())
        # What a service has to ask for first is documented where it does.
        is_part = re.search("<rest_part:|/attachments|/links", operation.path)
        return not (operation.is_alias or is_closed or is_part)

    def test_no_filter_is_called_as_generated_clients_call_the_body(self):
        def names(verb):
            found = self.assertDocumented(verb, "/api/items")["parameters"]
            return {self._follow(parameter)["name"] for parameter in found}

        self.assertIn("body__ilike", names("GET"))
        self.assertFalse(names("PATCH") & {"body", "body__ilike"})
