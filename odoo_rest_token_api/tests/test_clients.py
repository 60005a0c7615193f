import json
import re

from odoo.tests.common import tagged

from ..openapi.clear_names import leave_out_alike
from ..records.filter_params import TIERS
from .common import RestApiCase

NAME_RE = re.compile(r"[A-Z][A-Za-z0-9]*(\.[A-Z][A-Za-z0-9]*)*")
VERBS = {"get", "post", "put", "patch", "delete"}


def iter_schemas(schema, path=()):
    """Iterate over a schema and those within it, each with where it is."""
    yield path, schema
    for key in ("anyOf", "oneOf", "allOf"):
        for number, each in enumerate(schema.get(key, ())):
            yield from iter_schemas(each, (*path, key, number))
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from iter_schemas(schema[key], (*path, key))
    for name, each in schema.get("properties", {}).items():
        yield from iter_schemas(each, (*path, name))


@tagged("post_install", "-at_install")
class TestClients(RestApiCase):
    """What generators of clients make of the document is what a person would write."""

    def setUp(self):
        super().setUp()
        self.whole = self.document
        self.schemas = self.whole["components"]["schemas"]

    def _iter_operations(self):
        for path, item in self.whole["paths"].items():
            for verb in VERBS.intersection(item):
                yield f"{verb} {path}", item[verb]

    def _get_parameters(self, operation):
        return {
            parameter["name"]: parameter
            for parameter in map(self._follow, operation.get("parameters", ()))
        }

    def test_what_has_keys_has_a_name(self):
        for name, schema in self.schemas.items():
            self.assertTrue(NAME_RE.fullmatch(name), name)
            for path, part in list(iter_schemas(schema))[1:]:
                self.assertNotIn("properties", part, (name, path))

    def test_names_are_not_written_alike(self):
        self.assertEqual(leave_out_alike(self.schemas), list(self.schemas))

    def test_alternatives_have_names_and_none_is_a_list(self):
        for name, schema in self.schemas.items():
            for path, part in iter_schemas(schema):
                self.assertNotIn("oneOf", part, (name, path))
                if "anyOf" in part:
                    self.assertGreater(len(part["anyOf"]), 1, (name, path))
                for each in part.get("anyOf", ()):
                    self.assertNotIn("items", self._follow(each), (name, path))
                    if not path:
                        self.assertIn("$ref", each, name)

    def test_a_body_is_one_thing_and_so_is_an_answer(self):
        for called, operation in self._iter_operations():
            bodies = [operation.get("requestBody", {})]
            bodies += map(self._follow, operation["responses"].values())
            for body in bodies:
                for media_type in body.get("content", {}).values():
                    schema = self._follow(media_type["schema"])
                    self.assertFalse({"anyOf", "oneOf"} & set(schema), called)

    def test_one_and_many_are_two_operations(self):
        paths = self.whole["paths"]
        self.assertEqual(set(paths["/api/partners/batch"]), {"post", "patch", "delete"})
        for verb, kind in (("post", "Create"), ("patch", "UpdateEach")):
            body = paths["/api/partners/batch"][verb]["requestBody"]
            items = body["content"]["application/json"]["schema"]["items"]
            self.assertTrue(items["$ref"].endswith(f"/Partner.{kind}"))
        self.assertNotIn("requestBody", paths["/api/partners"]["delete"])

    def test_filters_by_operators_have_types(self):
        search = self.assertDocumented("GET", "/api/partners")
        groups = self.assertDocumented("GET", "/api/partners/groups")
        for name, schema in {
            "name__ilike": {"type": "string"},
            "name__empty": {"type": "boolean"},
            "city__not_in": {
                "type": "array",
                "items": {"type": "string"},
                "minItems": 1,
            },
            "write_date__gte": {"type": "string", "format": "date-time"},
            "is_company__ne": {"type": "boolean"},
        }.items():
            for operation in (search, groups):
                parameter = self._get_parameters(operation)[name]
                self.assertEqual(parameter["schema"], schema, name)
                self.assertEqual(parameter["in"], "query")
        self.assertIn("write_date__lte", self._get_parameters(
            self.assertDocumented("DELETE", "/api/partners")))  # fmt: skip

    def test_no_method_has_more_parameters_than_java_takes(self):
        for called, operation in self._iter_operations():
            self.assertLess(len(operation.get("parameters", ())), 255, called)

    def test_operators_of_a_kind_come_for_all_fields_or_for_none(self):
        search = self.assertDocumented("GET", "/api/countries")
        names = set(self._get_parameters(search))
        for operator in ("ilike", "in", "like"):
            self.assertIn(f"code__{operator}", names)
            self.assertIn(f"name__{operator}", names)
        self.assertEqual(len({each for tier in TIERS for each in tier}), 13)

    def test_what_is_always_there_is_required(self):
        self.assertEqual(self.schemas["Link"]["required"], ["id", "name"])
        self.assertEqual(
            self.schemas["Partner.Page"]["required"][:2], ["count", "data"]
        )
        self.assertEqual(self.schemas["Partner"]["required"], ["id"])

    def test_empty_text_is_refused_where_the_document_says_so(self):
        parameters = self._get_parameters(self.assertDocumented("GET", "/api/partners"))
        for name in ("domain", "cursor"):
            self.assertEqual(parameters[name]["schema"]["minLength"], 1)
            self.assertError(self.client.get("/api/partners", params={name: ""}), 400)
        self.assertEqual(
            self.schemas["Partner.Create"]["properties"]["name"]["minLength"], 1
        )

    def test_logins_by_forms_and_by_basic_are_described(self):
        schemes = self.whole["components"]["securitySchemes"]
        self.assertEqual(schemes["basic"], {"type": "http", "scheme": "basic"})
        operation = self.assertDocumented("POST", "/api/auth/token")
        self.assertEqual(operation["security"], [{}, {"basic": []}])
        body = operation["requestBody"]
        self.assertEqual(
            list(body["content"]),
            ["application/json", "application/x-www-form-urlencoded"],
        )
        self.assertFalse(body["required"])
        parameters = self._get_parameters(
            self.assertDocumented("GET", "/api/auth/token")
        )
        self.assertFalse(parameters["login"]["required"])

    def test_the_whole_of_fifty_services_is_no_longer_than_5_megabytes(self):
        own = {
            "paths": {
                path: item
                for path, item in self.whole["paths"].items()
                if path.startswith("/api/partners")
            },
            "schemas": {
                name: schema
                for name, schema in self.schemas.items()
                if name.startswith("Partner")
            },
        }
        shared = self.whole["components"]["parameters"]
        size = 50 * len(json.dumps(own)) + len(json.dumps(shared))
        self.assertLess(size, 5_000_000)
