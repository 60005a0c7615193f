import base64
from unittest.mock import patch

from odoo.tests.common import TransactionCase, tagged

from ..openapi.parts import LINK_INPUT, NULL
from ..records.fields import FIELD_TYPES, check_links, make_fields

MODEL_AND_FIELD = {
    "char": ("res.country", "code"),
    "text": ("res.country", "address_format"),
    "integer": ("res.country", "phone_code"),
    "float": ("res.currency", "rounding"),
    "boolean": ("res.partner", "is_company"),
    "date": ("res.currency.rate", "name"),
    "datetime": ("ir.cron", "nextcall"),
    "selection": ("res.country", "name_position"),
    "binary": ("ir.attachment", "datas"),
    "image": ("res.partner", "image_1920"),
    "many2one": ("res.partner", "country_id"),
    "one2many": ("res.partner", "child_ids"),
    "many2many": ("res.partner", "category_id"),
    "many2one_reference": ("ir.attachment", "res_id"),
}


@tagged("post_install", "-at_install")
class TestRecordTypes(TransactionCase):
    def _field(self, field_type, access="write"):
        model, name = MODEL_AND_FIELD[field_type]
        return make_fields(self.env[model], {name: access})[name]

    def _schema(self, field_type, access="write"):
        return self._field(field_type, access).get_json_schema()

    def _json_types(self, field_type, access="write"):
        """Return the types of JSON that the values of a field may have."""
        schema = self._schema(field_type, access)
        if "anyOf" in schema:
            return {item.get("type", "object") for item in schema["anyOf"]}
        types = schema["type"]
        return {types} if isinstance(types, str) else set(types)

    def assertWritten(self, field_type, value, expected):
        """Check what a value that a client sends becomes for ``write()``."""
        result = self._field(field_type).from_json(value)
        self.assertEqual(result, expected, field_type)
        self.assertIs(type(result), type(expected), field_type)

    def assertRefused(self, field_type, *values):
        for value in values:
            with self.subTest(field_type=field_type, value=value):
                with self.assertRaises(ValueError):
                    self._field(field_type).from_json(value)

    def assertShown(self, field_type, value, expected):
        """Check what a value of ``read()`` is for a client."""
        field = self._field(field_type)
        result = field.to_json(value, {field.field.name: value})
        self.assertEqual(result, expected, field_type)
        self.assertIs(type(result), type(expected), field_type)

    # ------------------------------------------------------------
    # Empty values
    # ------------------------------------------------------------

    def test_empty_values_are_null_and_never_false(self):
        for field_type in MODEL_AND_FIELD:
            field = self._field(field_type)
            shown = field.to_json(False, {field.field.name: False})
            expected = {
                "integer": 0,
                "many2one_reference": 0,
                "float": 0.0,
                "boolean": False,
                "one2many": [],
                "many2many": [],
            }.get(field_type)
            self.assertEqual(shown, expected, field_type)

    def test_null_empties(self):
        for field_type in (
            "char",
            "text",
            "date",
            "datetime",
            "selection",
            "binary",
            "image",
            "many2one",
        ):
            self.assertWritten(field_type, None, False)
            self.assertIn("null", self._json_types(field_type), field_type)

    def test_null_is_refused_where_there_is_no_empty_value(self):
        for field_type in ("integer", "float", "boolean", "one2many", "many2many"):
            self.assertRefused(field_type, None)
            self.assertNotIn("null", self._json_types(field_type), field_type)

    def test_what_is_required_is_not_empty(self):
        for field_type in MODEL_AND_FIELD:
            field = self._field(field_type, "required")
            self.assertNotIn("null", self._json_types(field_type, "required"))
            with self.assertRaises(ValueError, msg=field_type):
                field.from_json(None)

    # ------------------------------------------------------------
    # Types
    # ------------------------------------------------------------

    def test_text(self):
        for field_type in ("char", "text"):
            self.assertWritten(field_type, "é", "é")
            self.assertWritten(field_type, "", False)
            self.assertRefused(field_type, 1, 1.5, True, ["a"], {"a": 1})
            self.assertShown(field_type, "é", "é")

    def test_size_of_text(self):
        self.assertEqual(self._schema("char")["maxLength"], 2)
        self.assertWritten("char", "PT", "PT")
        self.assertRefused("char", "PRT")

    def test_integer(self):
        for field_type in ("integer", "many2one_reference"):
            self.assertWritten(field_type, 5, 5)
            self.assertWritten(field_type, 0, 0)
            self.assertWritten(field_type, -(2**31), -(2**31))
            self.assertRefused(field_type, "5", 1.5, True, [1], 2**31, -(2**31) - 1)
            self.assertShown(field_type, 5, 5)
            schema = self._schema(field_type)
            self.assertEqual(schema["type"], "integer")
            self.assertEqual(
                (schema["minimum"], schema["maximum"]), (-(2**31), 2**31 - 1)
            )

    def test_float(self):
        self.assertWritten("float", 0.1, 0.1)
        self.assertWritten("float", 1, 1.0)
        self.assertRefused("float", "0.1", True, [1.0], float("nan"), float("inf"))
        self.assertRefused("float", 10**400)
        self.assertShown("float", 0.1, 0.1)
        self.assertEqual(self._schema("float")["type"], "number")

    def test_boolean(self):
        self.assertWritten("boolean", True, True)
        self.assertWritten("boolean", False, False)
        self.assertRefused("boolean", "true", 1, 0, [])
        self.assertShown("boolean", True, True)
        self.assertEqual(self._schema("boolean")["type"], "boolean")

    def test_date(self):
        day = self._field("date").from_json("2026-01-31")
        self.assertEqual(str(day), "2026-01-31")
        self.assertShown("date", day, "2026-01-31")
        self.assertRefused("date", "31/01/2026", "2026-02-30", "today", 20260131)
        self.assertEqual(self._schema("date")["format"], "date")

    def test_datetime(self):
        field = self._field("datetime")
        for text, expected in [
            ("2026-01-31T12:00:00Z", "2026-01-31 12:00:00"),
            ("2026-01-31T12:00:00", "2026-01-31 12:00:00"),
            ("2026-01-31 12:00", "2026-01-31 12:00:00"),
            ("2026-01-31T12:00:00.999999Z", "2026-01-31 12:00:00"),
            ("2026-01-31T23:30:00-02:00", "2026-02-01 01:30:00"),
            ("2026-01-31T00:15:00+05:45", "2026-01-30 18:30:00"),
            ("2026-01-31", "2026-01-31 00:00:00"),
        ]:
            moment = field.from_json(text)
            self.assertEqual(str(moment), expected)
        self.assertShown("datetime", moment, "2026-01-31T00:00:00Z")
        self.assertRefused("datetime", "now", "2026-01-31T25:00:00", [], 5)
        self.assertEqual(self._schema("datetime")["format"], "date-time")

    def test_datetimes_beyond_the_calendar_are_refused(self):
        self.assertRefused(
            "datetime", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"
        )

    def test_selection(self):
        self.assertWritten("selection", "before", "before")
        self.assertRefused("selection", "beside", 1, True, ["before"], {})
        self.assertShown("selection", "after", "after")
        self.assertEqual(self._schema("selection")["enum"], ["before", "after", None])
        self.assertEqual(
            self._schema("selection", "required")["enum"], ["before", "after"]
        )

    def test_binary(self):
        text = base64.b64encode(b"\xff\x00").decode()
        for field_type in ("binary", "image"):
            self.assertWritten(field_type, text, text)
            self.assertRefused(field_type, "not base64", "YQ", 1, ["YQ=="])
            self.assertShown(field_type, text.encode(), text)
            self.assertFalse(self._field(field_type).by_default)
            schema = self._schema(field_type)
            self.assertEqual(schema["contentEncoding"], "base64")

    def test_many2one(self):
        country = self.env.ref("base.pt")
        self.assertWritten("many2one", country.id, country.id)
        self.assertWritten("many2one", {"id": country.id, "name": "x"}, country.id)
        self.assertWritten("many2one", {"id": country.id}, country.id)
        self.assertRefused("many2one", 0, -1, 2**31, 1.5, True, "PT", [country.id])
        self.assertRefused("many2one", {"name": "Portugal"}, {}, {"code": "PT"})
        self.assertRefused("many2one", {"id": country.id, "code": "PT"})
        self.assertShown("many2one", (5, "Five"), {"id": 5, "name": "Five"})
        self.assertShown("many2one", (5, False), {"id": 5, "name": ""})
        for access in ("write", "read"):
            self.assertEqual(self._json_types("many2one", access), {"object", "null"})
        sent = self._field("many2one").get_input_schema()["anyOf"]
        self.assertEqual(sent, [LINK_INPUT, NULL])

    def test_missing_records_are_named(self):
        for field_type, value in [
            ("many2one", 2**31 - 1),
            ("many2many", [2**31 - 1]),
            ("one2many", [2**31 - 1]),
        ]:
            field = self._field(field_type)
            record = self.env[field.field.model_name]
            links = field.get_links(field.from_json(value), record)
            with self.assertRaisesRegex(ValueError, "it: .* 2147483647"):
                check_links(self.env, [("it", *link) for link in links])

    def test_to_many(self):
        tags = self.env["res.partner.category"].create([{"name": "1"}, {"name": "2"}])
        self.assertWritten("many2many", tags.ids, [(6, 0, tags.ids)])
        self.assertWritten("many2many", [], [(6, 0, [])])
        self.assertWritten("many2many", [{"id": tags[0].id}], [(6, 0, tags[0].ids)])
        for field_type in ("one2many", "many2many"):
            self.assertRefused(field_type, 1, "1", {"id": 1}, [[1]], [0], ["x"], [None])
            self.assertRefused(field_type, [{"name": "x"}], [{"nothing": 1}], [{}])
            self.assertShown(field_type, [1, 2], [1, 2])
            self.assertEqual(self._schema(field_type)["type"], "array")

    def test_linked_records_by_the_fields_that_may_be_written(self):
        contact = self.env["res.partner"].create({"name": "A"})
        declaration = {"child_ids": {"name": "required", "city": "write"}}
        field = make_fields(self.env["res.partner"], declaration)["child_ids"]
        self.assertEqual(
            field.from_json([{"name": "B"}, {"id": contact.id, "city": "C"}]),
            [
                (6, 0, contact.ids),
                (1, contact.id, {"city": "C"}),
                (0, 0, {"name": "B"}),
            ],
        )
        for value, named in [
            ([{"city": "C"}], "name"),
            ([{"name": None}], "name"),
            ([{"id": contact.id, "city": 1}], "city"),
            ([{"name": "B", "email": "x"}], "email"),
        ]:
            with self.assertRaisesRegex(ValueError, named):
                field.from_json(value)
        item = field.get_json_schema()["items"]
        _id, line = item["anyOf"]
        self.assertEqual(line["required"], ["id"])
        _id, line, new_line = field.get_input_schema()["items"]["anyOf"]
        self.assertEqual(set(line["properties"]), {"id", "name", "city"})
        self.assertEqual(set(new_line["properties"]), {"name", "city"})

    def test_structures_are_objects(self):
        field = self.env["res.country"]._fields["code"]
        analytic, properties, definition = (
            FIELD_TYPES[name](self.env, name, field, "write")
            for name in ("json", "properties", "properties_definition")
        )
        for value in ({}, {"7": 50.0, "8,9": 50}):
            self.assertEqual(analytic.from_json(value), value)
            self.assertEqual(analytic.to_json(value, {}), value)
        self.assertIsNone(analytic.to_json(False, {}))
        self.assertIs(analytic.from_json(None), False)
        for value in ("x", 1, [], [1]):
            with self.assertRaises(ValueError):
                analytic.from_json(value)
        self.assertEqual(analytic.get_json_schema()["type"], ["object", "null"])
        self.assertFalse(analytic.searchable or analytic.sortable)
        read = [
            {"name": "a1", "type": "many2one", "value": (5, "Five")},
            {"name": "b2", "type": "many2many", "value": [(6, "Six"), (7, "Seven")]},
            {"name": "c3", "type": "char", "value": "text"},
            {"name": "d4", "type": "tags", "value": ["x", "y"]},
            {"name": "e5", "type": "boolean"},
        ]
        shown = {
            "a1": {"id": 5, "name": "Five"},
            "b2": [6, 7],
            "c3": "text",
            "d4": ["x", "y"],
            "e5": None,
        }
        self.assertEqual(properties.to_json(read, {}), shown)
        self.assertEqual(properties.from_json(shown), {**shown, "a1": 5})
        self.assertEqual(definition.from_json(read), read)
        with self.assertRaises(ValueError):
            definition.from_json([1])

    def test_structures_that_are_computed_are_anything(self):
        field = self.env["res.country"]._fields["image_url"]
        computed = FIELD_TYPES["json"](self.env, "json", field)
        for value in ({"a": 1}, ["a"], "a", 0):
            self.assertEqual(computed.to_json(value, {}), value)
        self.assertIsNone(computed.to_json(False, {}))
        self.assertNotIn("type", computed.get_json_schema())

    # ------------------------------------------------------------
    # What the ORM says
    # ------------------------------------------------------------

    def test_decimals_of_a_view_are_an_integer_where_the_field_is(self):
        field = make_fields(self.env["res.country"], ["phone_code"])["phone_code"]
        self.assertIsInstance(field.to_json(2.0, {}), int)

    def test_blank_label_is_no_title(self):
        code = self.env["res.country"]._fields["code"]
        with patch.object(type(code), "_description_string", return_value=" "):
            field = make_fields(self.env["res.country"], ["code"])["code"]
            self.assertEqual(field.get_json_schema()["title"], "code")

    def test_schema_says_what_the_orm_says(self):
        fields = make_fields(
            self.env["res.country"], {"code": "write", "create_date": "read"}
        )
        schema = fields["code"].get_json_schema()
        field = self.env["res.country"]._fields["code"]
        self.assertEqual(schema["title"], field.string)
        self.assertIn("ISO country code", schema["description"])
        self.assertNotIn("readOnly", schema)
        schema = fields["create_date"].get_json_schema()
        self.assertIs(schema["readOnly"], True)

    def test_text_of_translated_terms_is_found_as_it_is_shown_or_not_at_all(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        values = {"name": "Terms", "type": "qweb", "arch": "<p>Hello</p>"}
        view = self.env["ir.ui.view"].create(values)
        french = view.with_context(lang="fr_FR", active_test=False)
        field = make_fields(french.browse(), ["arch_db"])["arch_db"]
        self.assertIn("empty", field.operators)
        shown = french.arch_db
        for operator in {"eq", "ilike"} & {*field.operators}:
            domain = [("id", "=", view.id), *field.get_domain(operator, shown)]
            self.assertEqual(french.search(domain), view)
        column_type = view._fields["arch_db"].column_type
        self.assertEqual("eq" in field.operators, column_type[0] == "jsonb")

    def test_orm_says_what_may_be_written_and_what_is_required(self):
        fields = make_fields(
            self.env["res.country"],
            ["name", "code", "currency_id", "image_url", "create_date"],
        )
        access = {
            name: (field.writable, field.required) for name, field in fields.items()
        }
        self.assertEqual(access["id"], (False, False))
        self.assertEqual(access["name"], (True, True))
        self.assertEqual(access["currency_id"], (True, False))
        self.assertEqual(access["image_url"], (False, False))
        self.assertEqual(access["create_date"], (False, False))

    def test_fields_that_are_not_there_are_an_error_of_the_programmer(self):
        with self.assertRaisesRegex(ValueError, "res.country has no field 'nothing'"):
            make_fields(self.env["res.country"], ["nothing"])

    def test_read_only_fields_are_refused(self):
        for field_type in MODEL_AND_FIELD:
            with self.assertRaisesRegex(ValueError, "can't be written"):
                self._field(field_type, "read").from_json("whatever")
