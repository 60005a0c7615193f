from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.odoo_rest_token import compat

from ..records.fields import FIELD_TYPES
from .common import RestApiCase

PATH = "/api/test-countries"
NAMES = ("name", "code", "phone_code")


@tagged("post_install", "-at_install")
class TestResource(RestApiCase):
    def setUp(self):
        super().setUp()
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-countries",
                "model_id": self.env.ref("base.model_res_country").id,
                "field_ids": [
                    (0, 0, {"field_id": self._field("name"), "access": "required"}),
                    (0, 0, {"field_id": self._field("code"), "access": "write"}),
                    (0, 0, {"field_id": self._field("phone_code")}),
                ],
            }
        )
        self.france = self.env.ref("base.fr")

    def _field(self, name, model="res.country"):
        return self.env["ir.model.fields"]._get(model, name).id

    def _become_system_user(self):
        user = self._new_user("system", "base.group_user,base.group_system")
        self.client = self._new_client(user)

    def test_resource_is_served_once_saved(self):
        answer = self.client.get(PATH, params={"code": "FR"}).json()
        self.assertEqual(
            answer["data"],
            [
                {
                    "id": self.france.id,
                    "name": self.france.name,
                    "code": "FR",
                    "phone_code": 33,
                }
            ],
        )
        self.assertEqual(
            self.client.get(f"{PATH}/{self.france.id}").json()["code"], "FR"
        )

    def test_change_is_described_at_once(self):
        def describe(path="/api/openapi.json"):
            return self.assertDone(self._request("GET", path))

        def get_names():
            schemas = describe()["components"]["schemas"]
            schema = schemas["TestCountry"]["properties"]
            service = describe("/api-docs/api/test-countries.json")
            shown = service["components"]["schemas"]["TestCountry"]["properties"]
            self.assertEqual(list(shown), list(schema))
            return list(schema)

        self.assertEqual(get_names(), ["id", "name", "code", "phone_code"])
        self.resource.field_ids[2].unlink()
        self.assertEqual(get_names(), ["id", "name", "code"])
        line = {"resource_id": self.resource.id, "field_id": self._field("vat_label")}
        line = self.env["rest.resource.field"].create(line)
        self.assertEqual(get_names(), ["id", "name", "code", "vat_label"])
        line.field_id = self._field("currency_id")
        self.assertEqual(get_names(), ["id", "name", "code", "currency_id"])
        self.assertNotIn("post", describe()["paths"][PATH])
        self.resource.allow_create = True
        self.assertIn("post", describe()["paths"][PATH])
        self.resource.active = False
        self.assertNotIn(PATH, describe()["paths"])
        self.assertError(self._request("GET", "/api-docs/api/test-countries.json"), 404)
        self.resource.active = True
        self.assertIn(PATH, describe()["paths"])
        self.resource.unlink()
        self.assertNotIn(PATH, describe()["paths"])

    def test_archived_resource_is_gone(self):
        self.resource.active = False
        self.assertError(self.client.get(PATH), 404)
        self.assertError(self.client.get(f"{PATH}/{self.france.id}"), 404)

    def test_operations_are_closed_until_allowed(self):
        self._become_system_user()
        item = f"{PATH}/{self.france.id}"
        for method, path, allowed in [
            ("POST", PATH, "GET"),
            ("PATCH", item, "GET"),
            ("PUT", item, "GET"),
            ("DELETE", item, "GET"),
            ("OPTIONS", PATH, "GET"),
            ("OPTIONS", item, "GET"),
        ]:
            response = self.client.request(method, path, json={"name": "X"})
            self.assertError(response, 405)
            self.assertEqual(response.headers["Allow"], allowed)
        self.resource.allow_update = True
        response = self.client.patch(item, json={"name": "X"})
        self.assertEqual(response.json()["name"], "X")

    def test_exposing_gives_no_right(self):
        self.resource.write({"allow_create": True, "allow_delete": True})
        response = self.client.post(PATH, json={"name": "X"})
        self.assertError(response, 403)
        self.assertError(self.client.delete(f"{PATH}/{self.france.id}"), 403)

    def test_fields_that_are_not_exposed_do_not_exist(self):
        for params in (
            {"currency_id": "1"},
            {"fields": "currency_id"},
            {"order": "currency_id"},
            {"domain": '[["currency_id", "=", 1]]'},
        ):
            self.assertError(
                self.client.get(PATH, params=params), 400, "currency_id|domain"
            )

    def test_read_only_field_is_not_written(self):
        self._become_system_user()
        self.resource.allow_update = True
        path = f"{PATH}/{self.france.id}"
        response = self.client.patch(path, json={"phone_code": 1})
        self.assertError(response, 400, "phone_code: can't be written")
        self.assertDone(self.client.patch(path, json={"phone_code": 33}))

    def test_fields_are_as_an_administrator_left_them(self):
        self._become_system_user()
        self.resource.allow_update = True
        path = f"{PATH}/{self.france.id}"
        self.assertEqual(set(self.client.get(path).json()), {"id", *NAMES})
        code, phone_code = self.resource.field_ids[1:]
        code.access = "read"
        response = self.client.patch(path, json={"code": "XX"})
        self.assertError(response, 400, "code: can't be written")
        phone_code.unlink()
        self.assertEqual(set(self.client.get(path).json()), {"id", "name", "code"})
        currency = {
            "resource_id": self.resource.id,
            "field_id": self._field("currency_id"),
        }
        self.env["rest.resource.field"].create(currency)
        self.assertIn("currency_id", self.client.get(path).json())

    def test_records_outside_of_the_filter_do_not_exist(self):
        self.resource.domain = "[('code', '!=', 'FR')]"
        self.assertEqual(
            self.client.get(PATH, params={"code": "FR"}).json()["count"], 0
        )
        self.assertError(self.client.get(f"{PATH}/{self.france.id}"), 404)

    def test_resource_is_documented(self):
        document = self._request("GET", "/api-docs/api/test-countries.json").json()
        self.assertEqual(set(document["paths"]["/"]), {"get"})
        self.assertIn("test-countries.json", self._request("GET", "/api-docs").text)
        self.assertDocumented("GET", PATH)

    def test_scopes_limit_it(self):
        _token, secret = self._issue(scope="test-countries:write")
        response = self._request("GET", PATH, secret)
        self.assertError(response, 403, "test-countries:read")
        _token, secret = self._issue(scope="test-countries:read")
        self.assertEqual(self._request("GET", PATH, secret).status_code, 200)

    def test_scopes_come_and_go_with_it(self):
        def get_names():
            domain = [("name", "=like", "test-%")]
            return self.env["rest.token.scope"].search(domain).mapped("name")

        self.assertEqual(get_names(), ["test-countries:read", "test-countries:write"])
        self.resource.path = "test-lands"
        self.assertEqual(get_names(), ["test-lands:read", "test-lands:write"])
        token, _secret = self._issue(scope="test-lands:read")
        self.resource.unlink()
        self.assertEqual(get_names(), [])
        self.assertEqual(token._get_scope_names(), ["test-lands:read"])

    def test_scope_is_for_the_resource_that_it_was_made_for(self):
        reader = self._new_client(scope="test-countries:read")
        self.assertDone(reader.get(PATH))
        values = self.resource.copy_data()[0]
        self.resource.unlink()
        model = self.env["ir.model"]._get("res.currency")
        names = [("model_id", "=", model.id), ("name", "=", "symbol")]
        line = {"field_id": self.env["ir.model.fields"].search(names).id}
        values.update(model_id=model.id, field_ids=[(0, 0, line)], domain="[]")
        other = self.env["rest.resource"].create({**values, "path": "test-countries"})
        self.assertError(reader.get(PATH), 403, "test-countries:read")
        self.assertDone(self._new_client(scope="test-countries:read").get(PATH))
        other.model_id = self.env["ir.model"]._get("res.country")
        self.assertError(reader.get(PATH), 403)

    def test_document_of_a_token_shows_what_it_can_call(self):
        self.resource.write({"allow_create": True, "allow_delete": True})

        def get_operations(secret):
            document = self._request("GET", "/api/openapi.json", secret).json()
            return {
                (path, method)
                for path, item in document["paths"].items()
                for method in item
            }

        everything = get_operations(None)
        self.assertIn((PATH, "post"), everything)
        as_user = get_operations(self.client.secret)
        self.assertIn((PATH, "get"), as_user)
        self.assertNotIn((PATH, "post"), as_user)
        _token, limited = self._issue(scope="partners:read")
        as_limited = get_operations(limited)
        self.assertIn(("/api/partners", "get"), as_limited)
        self.assertNotIn(("/api/partners", "post"), as_limited)
        self.assertNotIn((PATH, "get"), as_limited)
        self.assertIn(("/api/auth/me", "get"), as_limited)

    def test_path_is_a_word_that_is_free(self):
        for path in ("Countries", "a/b", "", "1a", "auth", "partners"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.resource.path = path or " "
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.resource.copy({"path": "test-countries"})
                self._flush()

    def test_filter_is_checked(self):
        for domain in ("[('nothing', '=', 1)]", "{}", "[", "__import__('os')", "[1]"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.resource.domain = domain

    def test_field_is_of_the_model(self):
        values = {"field_id": self._field("email", "res.partner")}
        with self.assertRaises(ValidationError):
            self.resource.write({"field_ids": [(0, 0, values)]})

    def test_fields_and_filter_of_another_model_are_dropped(self):
        self.resource.domain = "[('code', '!=', 'FR')]"
        with Form(self.resource) as form:
            form.model_id = self.env.ref("base.model_res_currency")
        self.assertFalse(self.resource.field_ids)
        self.assertEqual(self.resource.domain, "[]")

    def test_fields_and_filter_stay_with_their_model(self):
        self.resource.domain = "[('code', '!=', 'FR')]"
        with Form(self.resource) as form:
            form.model_id = self.resource.model_id
            form.description = "Countries"
        self.assertEqual(len(self.resource.field_ids), 3)
        self.assertEqual(self.resource.domain, "[('code', '!=', 'FR')]")

    # ------------------------------------------------------------
    # What can't be served
    # ------------------------------------------------------------

    @contextmanager
    def _out_of_order(self):
        """Take away the type of a field, as if the code of another addon was gone."""
        with patch.dict(FIELD_TYPES):
            del FIELD_TYPES["integer"]
            compat.clear_caches(self.env.registry)
            yield
        compat.clear_caches(self.env.registry)

    def test_field_that_can_not_be_served_is_refused_with_a_reason(self):
        with self._out_of_order():
            values = {"field_id": self._field("phone_code"), "access": "read"}
            self.resource.field_ids[2].unlink()
            with self.assertRaisesRegex(ValidationError, "phone_code"):
                self.resource.write({"field_ids": [(0, 0, values)]})

    def test_values_that_not_everybody_may_list_are_refused(self):
        def list_models(model):
            raise ValueError("a value")

        values = {"field_id": self._field("name_position"), "access": "read"}
        field = self.env["res.country"]._fields["name_position"]
        with patch.object(field, "_description_selection", list_models):
            with self.assertRaisesRegex(ValidationError, "name_position"):
                self.resource.write({"field_ids": [(0, 0, values)]})

    def test_values_that_can_not_be_listed_any_more_are_an_outage(self):
        def list_values(env):
            raise PermissionError("a secret")

        self._become_system_user()
        values = {"field_id": self._field("name_position"), "access": "write"}
        self.resource.write({"allow_update": True, "field_ids": [(0, 0, values)]})
        field = self.env["res.country"]._fields["name_position"]
        path = f"{PATH}/{self.france.id}"
        log = "odoo.addons.odoo_rest_token_api"
        with patch.object(field, "_description_selection", list_values):
            self.assertDone(self.client.get(path))
            self.assertDone(self.client.get(PATH, params={"name_position": "after"}))
            with self.assertLogs(log, "ERROR"):
                response = self.client.patch(path, json={"name_position": "after"})
            reason = "name_position: its values can't be listed"
            self.assertError(response, 503, reason)
            self.assertNotIn("secret", response.text)

    def test_resource_that_is_out_of_order_is_left_out(self):
        self.assertFalse(self.resource.problem)
        log = "odoo.addons.odoo_rest_token_api"
        with self._out_of_order(), self.assertLogs(log) as logs:
            for path in (PATH, f"{PATH}/{self.france.id}"):
                self.assertError(self.client.get(path), 503, "out of order")
            for secret in (None, self.client.secret):
                document = self._request("GET", "/api/openapi.json", secret).json()
                self.assertNotIn(PATH, document["paths"])
                self.assertIn("/api/auth/me", document["paths"])
            self._invalidate()
            self.assertIn("phone_code", self.resource.problem)
        self.assertIn("test-countries", str(logs.output))
        self.assertDone(self.client.get(PATH))

    def test_filter_that_names_what_is_gone_is_out_of_order(self):
        query = "UPDATE rest_resource SET domain = %s WHERE id = %s"
        self._flush()
        self.env.cr.execute(query, ("[('x_gone', '=', 1)]", self.resource.id))
        self._invalidate()
        with mute_logger("odoo.addons.odoo_rest_token_api"):
            self.assertError(self.client.get(PATH), 503, "out of order")
        self.assertIn("x_gone", self.resource.problem)

    def test_field_that_no_form_lets_people_write_is_advised_against(self):
        todo = self.env["ir.model"]._get("ir.actions.todo")
        resource = self.env["rest.resource"].new(
            {"path": "test-todos", "model_id": todo.id}
        )
        for name, access, is_advised in [
            ("state", "read", False),
            ("state", "write", True),
            ("sequence", "write", False),
        ]:
            values = {"field_id": self._field(name, todo.model), "access": access}
            resource.field_ids = [(5, 0, 0), (0, 0, values)]
            with self.subTest(name=name, access=access):
                self.assertEqual("action" in (resource.advice or ""), is_advised)
                warning = resource.field_ids._onchange_access()
                self.assertEqual(bool(warning), is_advised)

    def test_advice_follows_the_forms(self):
        model = "ir.actions.todo"
        field = self._field("sequence", model)
        model_id = self.env["ir.model"]._get(model).id
        line = {"field_id": field, "access": "write"}
        resource = self.env["rest.resource"].create(
            {"path": "todos", "model_id": model_id, "field_ids": [(0, 0, line)]}
        )
        self.assertFalse(resource.advice)
        forms = [("model", "=", model), ("type", "in", ("form", "tree", "list"))]
        for view in self.env["ir.ui.view"].search(forms):
            arch = view.arch.replace('name="sequence"', 'name="sequence" readonly="1"')
            view.arch = arch
        compat.invalidate(resource)
        self.assertIn("action", resource.advice)

    def test_only_administrators_expose(self):
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        for user in (self.holder, manager):
            with self.assertRaises(AccessError):
                self.resource.with_user(user).read(["path"])
            with self.assertRaises(AccessError):
                self.resource.with_user(user).write({"allow_delete": True})
