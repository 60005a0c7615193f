from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import RestApiCase

PATH = "/api/test-contacts"


@tagged("post_install", "-at_install")
class TestResourceActions(RestApiCase):
    def setUp(self):
        super().setUp()
        self._add_group(self.holder, "base.group_partner_manager")
        self.model = self.env["ir.model"]._get("res.partner")
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-contacts",
                "model_id": self.model.id,
                "domain": "[('ref', '=', 'rest-test')]",
                "field_ids": [
                    (0, 0, {"field_id": self._field(name)})
                    for name in ("name", "active", "comment")
                ],
            }
        )
        partners = self.env["res.partner"]
        self.partner = partners.create({"name": "Ada", "ref": "rest-test"})
        self.other = partners.create({"name": "Byron", "ref": "rest-test"})
        self.stranger = partners.create({"name": "Nobody", "ref": "other"})

    def _field(self, name):
        return self.env["ir.model.fields"]._get("res.partner", name).id

    def _add(self, name, **values):
        values.update(resource_id=self.resource.id, name=name)
        return self.env["rest.resource.action"].create(values)

    def _add_server_action(self, name, code, *arguments):
        server_action = self.env["ir.actions.server"].create(
            {
                "name": name,
                "model_id": self.model.id,
                "state": "code",
                "code": code,
            }
        )
        return self._add(
            name,
            server_action_id=server_action.id,
            argument_ids=[(0, 0, argument) for argument in arguments],
        )

    def _path(self, action, partner=None):
        return f"{PATH}/{(partner or self.partner).id}/{action}"

    def test_method_is_run_and_the_record_answered(self):
        self._add("toggle", method="toggle_active", description="Archive or not")
        response = self.client.post(self._path("toggle"), json={})
        answer = self.assertDone(response)
        self.assertEqual(
            (answer["id"], answer["name"], answer["active"]),
            (self.partner.id, "Ada", False),
        )
        self.assertTrue(response.headers["ETag"])
        self.assertAsDocumented(response)
        self.assertFalse(self.partner.active)

    def test_action_needs_no_body(self):
        self._add("toggle", method="toggle_active")
        self.assertFalse(
            self.assertDone(self.client.post(self._path("toggle")))["active"]
        )

    def test_many_are_done_or_none(self):
        self._add("toggle", method="toggle_active")
        ids = [self.partner.id, self.other.id]
        response = self.client.post(f"{PATH}/toggle", json={"ids": ids})
        answer = self.assertDone(response)
        self.assertEqual([each["id"] for each in answer["data"]], ids)
        self.assertEqual([each["active"] for each in answer["data"]], [False, False])
        self.assertAsDocumented(response)
        for hidden in (self.stranger.id, 2**31 - 1):
            body = {"ids": [self.other.id, hidden]}
            self.assertError(self.client.post(f"{PATH}/toggle", json=body), 404)
            self.assertFalse(self.other.active)

    def test_ids_are_a_list_of_ids(self):
        self._add("toggle", method="toggle_active")
        for body in ({}, {"ids": []}, {"ids": 1}, {"ids": ["1"]}, {"ids": [0]}):
            self.assertError(self.client.post(f"{PATH}/toggle", json=body), 400, "ids")

    def test_only_what_is_listed_is_served(self):
        self._add("toggle", method="toggle_active")
        for verb, path, status in [
            ("POST", self._path("toggle_active"), 404),
            ("POST", self._path("write"), 404),
            ("POST", f"{PATH}/write", 404),
            ("GET", f"{PATH}/nothing", 404),
            ("POST", self._path("toggle", self.stranger), 404),
            ("POST", f"/api/partners/{self.partner.id}/toggle", 404),
        ]:
            self.assertError(self.client.request(verb, path, json={}), status)
        for verb in ("GET", "PUT", "DELETE", "PATCH"):
            for path in (self._path("toggle"), f"{PATH}/toggle"):
                response = self.client.request(verb, path)
                self.assertError(response, 405)
                self.assertEqual(response.headers["Allow"], "POST")

    def test_archived_action_is_gone(self):
        action = self._add("toggle", method="toggle_active")
        action.active = False
        self.assertError(self.client.post(self._path("toggle"), json={}), 404)
        with self.assertRaises(AssertionError):
            self.assertDocumented("POST", self._path("toggle"))

    def test_scope_is_of_the_action(self):
        self._add("toggle", method="toggle_active")
        limited = self._new_client(scope="test-contacts:toggle")
        self.assertDone(limited.post(self._path("toggle"), json={}))
        self.assertError(limited.get(PATH), 403, "test-contacts:read")
        writer = self._new_client(scope="test-contacts:read test-contacts:write")
        response = writer.post(self._path("toggle"), json={})
        self.assertError(response, 403, "test-contacts:toggle")
        self.assertFalse(self.partner.active)
        document = self.assertDone(limited.get("/api/openapi.json"))
        paths = {path for path in document["paths"] if path.startswith(PATH)}
        self.assertEqual(paths, {f"{PATH}/{{record_id}}/toggle", f"{PATH}/toggle"})

    def test_scopes_come_and_go_with_actions(self):
        def get_names():
            domain = [("name", "=like", "test-%")]
            return self.env["rest.token.scope"].search(domain).mapped("name")

        plain = ["test-contacts:read", "test-contacts:write"]
        action = self._add("toggle", method="toggle_active")
        self.assertEqual(get_names(), [*plain[:1], "test-contacts:toggle", *plain[1:]])
        action.name = "archive"
        self.assertEqual(get_names(), ["test-contacts:archive", *plain])
        action.active = False
        self.assertEqual(get_names(), plain)
        action.active = True
        self.resource.path = "test-people"
        self.assertIn("test-people:archive", get_names())
        self.assertNotIn("test-contacts:archive", get_names())
        self.resource.unlink()
        self.assertEqual(get_names(), [])

    def test_server_action_gets_arguments(self):
        self._add_server_action(
            "note",
            "records.write({'comment': env.context['text'] * env.context['times']})",
            {"name": "text", "required": True, "description": "What to note"},
            {"name": "times", "kind": "integer", "default": "2"},
        )
        response = self.client.post(self._path("note"), json={"text": "Hi"})
        self.assertIn("HiHi", self.assertDone(response)["comment"])
        self.assertAsDocumented(response)
        body = {"ids": [self.partner.id, self.other.id], "text": "Ho", "times": 1}
        answer = self.assertDone(self.client.post(f"{PATH}/note", json=body))
        self.assertEqual(answer["count"], 2)
        self.assertIn("Ho", self.other.comment)
        for body, name in [
            ({}, "text"),
            ({"text": None}, "text"),
            ({"text": 1}, "text"),
            ({"text": "a", "times": "3"}, "times"),
            ({"text": "a", "other": "3"}, "other"),
            ([], "list"),
        ]:
            response = self.client.post(self._path("note"), json=body)
            self.assertError(response, 400, name)

    def test_arguments_are_documented(self):
        self._add_server_action(
            "note",
            "pass",
            {"name": "text", "required": True, "description": "What to note"},
            {"name": "day", "kind": "date"},
        )
        operation = self.assertDocumented("POST", self._path("note"))
        self.assertEqual(operation["summary"], "Note")
        body = operation["requestBody"]
        schema = self._follow(body["content"]["application/json"]["schema"])
        self.assertTrue(body["required"])
        self.assertEqual(schema["required"], ["text"])
        self.assertEqual(
            schema["properties"]["text"],
            {"type": "string", "description": "What to note"},
        )
        self.assertEqual(schema["properties"]["day"]["format"], "date")
        self.assertIn("`test-contacts:note`", operation["description"])

    def test_records_that_arguments_name_have_to_be_seen(self):
        self._add_server_action(
            "link",
            "records.write({'parent_id': env.context['parent']})",
            {"name": "parent", "kind": "record", "model_id": self.model.id},
        )
        body = {"parent": self.other.id}
        self.assertDone(self.client.post(self._path("link"), json=body))
        self.assertEqual(self.partner.parent_id, self.other)
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.model.id,
                "domain_force": f"[('id', '!=', {self.stranger.id})]",
            }
        )
        body = {"parent": self.stranger.id}
        response = self.client.post(self._path("link"), json=body)
        self.assertError(response, 400, "parent")

    def test_rights_are_those_of_the_user(self):
        self._add("toggle", method="toggle_active")
        other = self._new_client(self._new_user("plain", "base.group_user"))
        self.assertError(other.post(self._path("toggle"), json={}), 403)
        self.assertTrue(self.partner.active)

    def test_refusal_of_one_undoes_all(self):
        self._add("toggle", method="toggle_active")
        done = []

        def toggle_active(records):
            done.append(records.ids)
            records.write({"active": False})
            if self.other in records:
                raise UserError("Not this one")  # pylint: disable=translation-required

        with patch.object(type(self.partner), "toggle_active", toggle_active):
            body = {"ids": [self.partner.id, self.other.id]}
            response = self.client.post(f"{PATH}/toggle", json=body)
        self.assertError(response, 422, "Not this one")
        self.assertEqual(done, [[self.partner.id], [self.other.id]])

    def test_many_at_once(self):
        self._add("toggle", method="toggle_active", at_once=True)
        done = []

        def toggle_active(records):
            done.append(records.ids)

        with patch.object(type(self.partner), "toggle_active", toggle_active):
            body = {"ids": [self.partner.id, self.other.id, self.partner.id]}
            self.assertDone(self.client.post(f"{PATH}/toggle", json=body))
        self.assertEqual(done, [[self.partner.id, self.other.id]])

    def test_action_is_not_done_again_for_the_same_key(self):
        self._add("toggle", method="toggle_active")
        headers = {"Idempotency-Key": "archive Ada"}
        for _number in range(2):
            response = self.client.post(self._path("toggle"), json={}, headers=headers)
            self.assertFalse(self.assertDone(response)["active"])
        self.assertEqual(response.headers["Idempotency-Replayed"], "true")

    def test_method_is_one_of_a_button(self):
        for method in ("_write", "write", "unlink", "sudo", "nothing", "init"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._add("other", method=method)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._add("other")

    def test_name_is_a_word_that_is_free(self):
        for name in ("Toggle", "1", "a/b", "read", "write", "search", "a b", ""):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._add(name or " ", method="toggle_active")

    def test_argument_is_one_that_the_method_takes(self):
        values = {"name": "nothing"}
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._add("toggle", method="toggle_active", argument_ids=[(0, 0, values)])
        for values in (
            {"name": "ids"},
            {"name": "dialog"},
            {"name": "active_ids"},
            {"name": "uid"},
            {"name": "A"},
            {"name": "a", "kind": "integer", "default": "x"},
            {"name": "a", "kind": "record"},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._add_server_action("note", "pass", values)

    def test_buttons_are_found_by_what_they_do(self):
        buttons = self.env["rest.resource.button"].with_context(
            rest_model="res.partner"
        )
        found = buttons.name_search("archive")
        names = buttons.browse([each[0] for each in found]).mapped("method")
        self.assertIn("toggle_active", names)
        self.assertEqual(buttons.name_search("archive"), found)

    def test_button_fills_the_form_in(self):
        button = self.env["rest.resource.button"].create(
            {"model": "res.partner", "method": "toggle_active", "title": "Archive"}
        )
        with Form(self.resource) as form, form.action_ids.new() as line:
            line.button_id = button
        action = self.resource.action_ids
        self.assertEqual(
            (action.name, action.method, action.description),
            ("toggle_active", "toggle_active", "Archive"),
        )
