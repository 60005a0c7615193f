from unittest.mock import patch

from odoo.models import BaseModel
from odoo.tests.common import TransactionCase, new_test_user, tagged

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token_api.records.columns import find_columns
from odoo.addons.odoo_rest_token_api.records.fields import make_fields
from odoo.addons.odoo_rest_token_api.records.reading import (
    list_read_names,
    read_records,
)

from ..components.item_service import ItemService


@tagged("post_install", "-at_install")
class TestColumns(TransactionCase):
    """What is read by one statement is what ``read()`` gives."""

    def setUp(self):
        super().setUp()
        user = new_test_user(self.env, login="rest_columns")
        self.items = self.env["rest.test.item"].with_user(user)
        self.fields = make_fields(self.items, ItemService._fields)
        self.fields.pop("internal_note")  # for others
        partner = self.env["res.partner"].create({"name": "Ada"})
        tags = self.env["rest.test.tag"].create([{"name": n} for n in ("Two", "One")])
        self.tag = tags[0]
        archived = self.env["rest.test.tag"].create({"name": "Old", "active": False})
        values = {
            "name": "All",
            "code": "A",
            "note": "Two\nlines",
            "body": "<p>Text</p>",
            "quantity": 3,
            "weight": 1.25,
            "ratio": 0.123,
            "price": 9.5,
            "urgent": True,
            "day": "2026-01-31",
            "moment": "2026-01-31 12:00:00",
            "color": "red",
            "partner_id": partner.id,
            "res_id": 7,
            "active": False,
            "line_ids": [(0, 0, {"name": name}) for name in ("Two", "One")],
            "tag_ids": [(6, 0, (archived + tags[1] + tags[0]).ids)],
        }
        self.records = self.items.sudo(False).create([values, {"name": "Nothing"}])
        empty = {"note": "", "code": "", "currency_id": False}
        empty["tag_ids"] = [(6, 0, tags[:1].ids)]  # which another one has, too
        self.records += self.items.create({"name": "Empty", **empty})

    def assertShownAsRead(self, names):
        columns = find_columns(self.items, self.fields, names)
        shown = columns.show(columns.fetch([("id", "in", self.records.ids)]))
        read = list_read_names(self.fields[name] for name in names)
        compat.invalidate(self.records)  # of what they were created with
        records = self.records.with_context(active_test=False)
        for row in read_records(records, read):
            for name in names:
                field = self.fields[name]
                value = field.to_json(row[field.field.name], row)
                self.assertEqual(shown[row["id"]][name], value, name)
        return shown

    def _hide(self, record):
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get(record._name).id,
                "domain_force": f"[('id', '!=', {record.id})]",
            }
        )

    def test_values_are_those_of_read(self):
        names = [
            name
            for name, field in self.fields.items()
            if find_columns(field.model, self.fields, [name])
        ]
        self.assertGreater(len(names), 15)
        self.assertLessEqual({"line_ids", "tag_ids"}, {*names})
        self.assertShownAsRead(names)

    def test_links_to_what_is_hidden_are_left_out(self):
        self._hide(self.tag)
        shown = self.assertShownAsRead(["tag_ids"])
        counts = [len(shown[record.id]["tag_ids"]) for record in self.records]
        self.assertEqual(counts, [2, 0, 0])

    def test_lines_of_a_model_that_searches_by_itself_are_those_it_finds(self):
        hidden = self.records[0].line_ids[0]

        def _search(model, domain, *args, **options):
            domain = [*domain, ("id", "!=", hidden.id)]
            found = list(BaseModel._search(model, domain, *args, **options))
            as_query = getattr(model.browse(found), "_as_query", None)
            return as_query() if as_query else found

        model = type(self.env["rest.test.line"])
        with patch.object(model, "_search", _search):
            shown = self.assertShownAsRead(["line_ids"])
        self.assertEqual(len(shown[self.records[0].id]["line_ids"]), 1)

    def test_one_record_is_shown_with_the_moment_of_its_change(self):
        columns = find_columns(self.items, self.fields, ["name", "tag_ids"])
        for record in self.records:
            shown, moment = columns.show_one([("id", "=", record.id)])
            self.assertEqual(shown, self.assertShownAsRead([*shown])[record.id])
            self.assertEqual(moment, record.write_date)
        self.assertEqual(columns.show_one([("id", "=", 0)]), (None, None))

    def test_only_what_the_user_may_read_is_read(self):
        self._hide(self.records[0])
        columns = find_columns(self.items, self.fields, ["name"])
        shown = columns.show(columns.fetch([("id", "in", self.records.ids)]))
        self.assertEqual(sorted(shown), self.records[1:].ids)

    def test_what_has_no_column_is_left_to_the_orm(self):
        for name in ("title", "double_quantity", "photo", "company_code"):
            self.assertIsNone(find_columns(self.items, self.fields, ["name", name]))

    def test_fields_are_read_in_the_order_that_they_are_declared_in(self):
        names = ["weight", "double_quantity", "code", "title", "day", "partner_id"]
        for declared in (names, sorted(names)):
            fields = make_fields(self.items, declared)
            self.assertEqual(list_read_names(fields.values()), ["id", *declared])

    def test_models_that_read_by_themselves_are_asked(self):
        secrets = self.env["rest.test.secret"]
        fields = make_fields(secrets, ["name", "number"])
        self.assertIsNone(find_columns(secrets, fields, ["name"]))
