import json
import re
from unittest.mock import patch

from odoo.tests.common import TransactionCase, tagged

from ..openapi.clear_names import leave_out_alike
from ..openapi.examples import ExampleMaker
from ..openapi.json_schema import to_json_schema
from ..openapi.names import name_record, name_schema
from ..openapi.openapi_3_0 import to_openapi_3_0
from ..openapi.service import TokenServiceAPISpec
from .common import RestApiCase


@tagged("post_install", "-at_install")
class TestOpenapi(RestApiCase):
    def test_description_is_made_once_for_those_whom_anybody_may_be(self):
        for path in ("/api/openapi.json", "/api-docs/api/partners.json"):
            with self.subTest(path=path):
                # to find the user and the language
                self.assertLess(self._count_statements(path), 8)
                self.assertEqual(self._make_count(path), 0)
                for prefix in ("/api-docs//", "/api-docs/"):
                    doubled = path.replace("/api-docs/", prefix)
                    self.assertEqual(self._make_count(doubled), 0)

    def test_what_may_be_left_out_of_a_query_has_no_example(self):
        # Swagger UI would fill it in, and search by it.
        for described in (
            self.document,
            self.assertDone(self._request("GET", "/api-docs/api/partners.json")),
        ):
            own = [
                parameter
                for item in described["paths"].values()
                for verb, operation in item.items()
                if verb != "parameters"
                for parameter in operation.get("parameters", ())
            ]
            parameters = [
                parameter
                for parameter in [*own, *described["components"]["parameters"].values()]
                if parameter.get("in") == "query" and not parameter.get("required")
            ]
            self.assertIn("lang", {parameter["name"] for parameter in parameters})
            for parameter in parameters:
                keys = {*parameter, *parameter["schema"]}
                self.assertFalse(keys & {"example", "examples"}, parameter["name"])

    def _count_statements(self, path):
        for _time in range(2):
            statements = self._record_statements(lambda: self._request("GET", path))
        return len(statements)

    def _make_count(self, path, **headers):
        """Count the services that are described anew for a request."""
        make = TokenServiceAPISpec.to_dict
        with patch.object(TokenServiceAPISpec, "to_dict", autospec=True) as spy:
            spy.side_effect = make
            self.assertDone(self._request("GET", path, headers=headers))
        return spy.call_count

    def test_languages_that_are_not_installed_describe_nothing_anew(self):
        for path in ("/api/openapi.json", "/api-docs/api/partners.json"):
            self._make_count(path)
            for language in ("pt-BR", "ja-JP", "tlh", "en-US,en;q=0.5"):
                headers = {"Accept-Language": language}
                self.assertEqual(self._make_count(path, **headers), 0)

    def test_description_for_a_token_is_its_own(self):
        limited = self._new_client(scope="auth:read")
        self.assertIn("/api/partners", self.document["paths"])
        for _time in range(2):
            document = self.assertDone(limited.get("/api/openapi.json"))
            self.assertNotIn("/api/partners", document["paths"])
        document = self.assertDone(self._request("GET", "/api/openapi.json"))
        self.assertEqual(document, self.document)

    def test_parameters_and_bodies_are_not_looked_at(self):
        for query, data in (("?self=1", b"{"), ("?a=1&a=2", b"[]"), ("?%ff", b"\xff")):
            for content_type in ("application/json", "multipart/form-data"):
                response = self._request(
                    "GET",
                    f"/api/openapi.json{query}",
                    data=data,
                    headers={"Content-Type": content_type},
                )
                self.assertEqual(self.assertDone(response), self.document)

    def test_document_is_entitled(self):
        module = self.env.ref("base.module_odoo_rest_token_api")
        info = self.document["info"]
        self.assertEqual(info["title"], "Odoo REST API")
        self.assertEqual(info["version"], module.latest_version)
        self.assertEqual(info["license"]["name"], "LGPL-3")
        tags = [tag["name"] for tag in self.document["tags"]]
        self.assertIn("partners", tags)
        self.assertEqual(tags, sorted(tags))

    def test_address_is_right_behind_any_proxy(self):
        self.assertEqual(self.document["servers"], [{"url": "/"}])
        document = self._request("GET", "/api-docs/api/auth.json").json()
        self.assertEqual(document["servers"], [{"url": "/api/auth"}])

    def test_operations_say_whether_they_need_a_token(self):
        for path, method, scopes in [
            ("/me", "get", []),
            ("/token", "get", None),
            ("/token", "post", None),
            ("/token", "delete", []),
            ("/tokens", "get", ["auth:read"]),
            ("/tokens/{token_id}", "delete", ["auth:write"]),
        ]:
            operation = self.document["paths"][f"/api/auth{path}"][method]
            if scopes is None:
                expected = [{}, {"basic": []}]
                self.assertEqual(operation["security"], expected, (method, path))
                continue
            for scheme in ("access_token", "bearer"):
                self.assertIn({scheme: scopes}, operation["security"])
            for scope in scopes:
                self.assertIn(f"`{scope}`", operation["description"])

    def test_schemes_are_those_that_the_server_reads(self):
        schemes = self.document["components"]["securitySchemes"]
        self.assertEqual(
            schemes["access_token"],
            {"type": "apiKey", "in": "header", "name": "access-token"},
        )
        self.assertEqual(schemes["bearer"], {"type": "http", "scheme": "bearer"})

    def test_operation_ids_are_unique(self):
        ids = [
            operation["operationId"]
            for item in self.document["paths"].values()
            for method, operation in item.items()
            if method != "parameters"
        ]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertIn("partners_search", ids)

    def test_errors_are_those_that_the_operation_can_answer(self):
        def get_statuses(path, method):
            return set(self.document["paths"][path][method]["responses"])

        self.assertEqual(
            get_statuses("/api/partners/{record_id}", "get"),
            {"200", "304", "400", "401", "403", "404", "429", "503"},
        )
        self.assertNotIn("404", get_statuses("/api/partners", "get"))
        self.assertLessEqual({"409", "422"}, get_statuses("/api/partners", "post"))

    def test_all_that_is_referred_to_is_there(self):
        text = json.dumps(self.document)
        references = set(re.findall(r'"\$ref": "#/components/([^"]*)"', text))
        self.assertTrue(references)
        for reference in references:
            kind, name = reference.split("/")
            self.assertIn(name, self.document["components"][kind])

    def test_headers_are_documented(self):
        operation = self.document["paths"]["/api/partners/{record_id}"]["get"]
        names = {item["$ref"].split("/")[-1] for item in operation["parameters"][-3:]}
        self.assertEqual(names, {"X-Company-Id", "Accept-Language", "If-None-Match"})
        self.assertEqual(set(operation["responses"]["200"]["headers"]), {"ETag"})

    def test_size_of_a_page_is_documented(self):
        parameters = self.document["paths"]["/api/partners"]["get"]["parameters"]
        limit = next(item for item in parameters if item.get("name") == "limit")
        self.assertEqual(limit["schema"]["default"], 80)
        self.assertEqual(limit["schema"]["maximum"], 500)

    def test_request_of_the_example_is_answered_as_in_the_example(self):
        self._add_group(self.holder, "base.group_partner_manager")
        for path in ("/api/partners", "/api/partners/batch"):
            operation = self.assertDocumented("POST", path)
            body = operation["requestBody"]["content"]["application/json"]["example"]
            one = body[0] if path.endswith("batch") else body
            self.assertEqual(one, {"name": "Name"})
            response = self.client.post(path, json=body)
            self.assertEqual(response.status_code, 201, response.text)
            answers = operation["responses"]["201"]["content"]["application/json"]
            answer = answers["example"]
            self.assertEqual(set(response.json()), set(answer))

    def test_document_of_swagger_ui_is_in_a_version_that_it_can_show(self):
        document = self._request("GET", "/api-docs/api/partners.json").json()
        base_rest = self.env["ir.module.module"].search([("name", "=", "base_rest")])
        older = not base_rest.latest_version.startswith("14.0")
        self.assertTrue(document["openapi"].startswith("3.0" if older else "3.1"))

    def test_swagger_ui_lists_the_services(self):
        page = self._request("GET", "/api-docs").text
        self.assertIn("/api-docs/api/auth.json", page)
        self.assertIn("/api-docs/rest/sky/token.json", page)


@tagged("post_install", "-at_install")
class TestSchemas(TransactionCase):
    def test_names_of_records(self):
        for usage, expected in [
            ("partners", "Partner"),
            ("sale-orders", "SaleOrder"),
            ("currencies", "Currency"),
            # What is no plural, or is called as what all share, is told apart.
            ("partner", "Partner.Record"),
            ("business", "Business.Record"),
            ("errors", "Error.Record"),
        ]:
            self.assertEqual(name_record(usage), expected)
        self.assertEqual(name_record("partners", "Create"), "Partner.Create")
        self.assertEqual(
            name_schema("auth", "_issued_token_schema"), "Auth.IssuedToken"
        )

    def test_names_of_services_differ(self):
        usages = ["a-b", "a_b", "ab", "a-bs", "a_bs", "abs", "a-1s", "a1s", "lists"]
        names = [
            name_record(usage, kind) for usage in usages for kind in (None, "List")
        ]
        self.assertEqual(len(names), len(set(names)))

    def test_example_of_an_answer_has_all_and_of_a_request_what_is_required(self):
        schema = {
            "type": "object",
            "required": ["full_name"],
            "properties": {
                "id": {"type": "integer", "minimum": 1, "readOnly": True},
                "full_name": {"type": "string", "maxLength": 6},
                "day": {"type": ["string", "null"], "format": "date"},
                "state": {"type": "string", "enum": ["draft", "done"]},
                "parent": {"anyOf": [{"$ref": "#/components/schemas/It"}]},
                "tags": {"type": "array", "items": {"type": "integer"}},
                "price": {"type": "number"},
                "active": {"type": "boolean"},
                "file": {"type": "string", "contentEncoding": "base64"},
            },
        }
        maker = ExampleMaker({"It": {"type": "null"}})
        self.assertEqual(
            maker.make_answer(schema),
            {
                "id": 1,
                "full_name": "Full n",
                "day": "2026-01-31",
                "state": "draft",
                "parent": None,
                "tags": [1],
                "price": 9.5,
                "active": True,
            },
        )
        self.assertEqual(maker.make_request(schema), {"full_name": "Full n"})
        schema["required"] = []
        self.assertEqual(maker.make_request(schema), {"full_name": "Full n"})

    def test_names_that_programs_write_alike_are_left_out(self):
        names = ["id", "street2", "street_2", "list_price", "x_company_id", "x_a__b"]
        clear = leave_out_alike([*names, "x_a_b"], ["X-Company-Id"])
        self.assertEqual(clear, ["id", "street2", "list_price", "x_a__b"])
        integer, text = {"type": "integer"}, {"type": "string"}
        schema = to_json_schema({"street2": integer, "street_2": text, "zip": text})
        self.assertEqual(schema["properties"], {"street2": integer, "zip": text})
        schema = to_json_schema(
            {"street2": integer, "street_2": {**text, "required": True}}
        )
        self.assertEqual(schema["properties"], {"street_2": text})

    def test_openapi_3_0(self):
        document = {
            "openapi": "3.1.0",
            "paths": {
                "/": {
                    "get": {
                        "security": [{"bearer": ["a:read"]}],
                        "example": {"type": ["not", "a", "schema"]},
                    }
                }
            },
            "components": {
                "schemas": {
                    "It": {
                        "properties": {
                            "type": {"type": ["string", "null"], "examples": ["a"]},
                            "file": {"type": "string", "contentEncoding": "base64"},
                            "link": {"anyOf": [{"$ref": "It"}, {"type": "null"}]},
                            "ids": {
                                "type": "array",
                                "items": {"type": ["integer", "object"]},
                            },
                        }
                    }
                }
            },
        }
        old = to_openapi_3_0(document)
        self.assertEqual(old["openapi"], "3.0.3")
        operation = old["paths"]["/"]["get"]
        self.assertEqual(operation["security"], [{"bearer": []}])
        self.assertEqual(operation["example"], {"type": ["not", "a", "schema"]})
        properties = old["components"]["schemas"]["It"]["properties"]
        self.assertEqual(
            properties,
            {
                "type": {"type": "string", "nullable": True, "example": "a"},
                "file": {"type": "string", "format": "byte"},
                "link": {"anyOf": [{"$ref": "It"}], "nullable": True},
                "ids": {
                    "type": "array",
                    "items": {"anyOf": [{"type": "integer"}, {"type": "object"}]},
                },
            },
        )
