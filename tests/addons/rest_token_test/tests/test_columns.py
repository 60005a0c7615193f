from odoo.tests.common import TransactionCase, new_test_user, tagged

from odoo.addons.odoo_rest_token_api.records.columns import find_columns
from odoo.addons.odoo_rest_token_api.records.fields import make_fields
from odoo.addons.odoo_rest_token_api.records.reading import read_records

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
        }
        self.records = self.items.sudo(False).create([values, {"name": "Nothing"}])
        empty = {"note": "", "code": "", "currency_id": False}
        self.records += self.items.create({"name": "Empty", **empty})

    def test_values_are_those_of_read(self):
        names = [
            name
            for name, field in self.fields.items()
            if find_columns(field.model, self.fields, [name])
        ]
        self.assertGreater(len(names), 15)
        self.assertIn("line_ids", names)
        columns = find_columns(self.items, self.fields, names)
        shown = columns.show(columns.fetch([("id", "in", self.records.ids)]))
        read = {n for name in names for n in self.fields[name].get_read_names()}
        for row in read_records(self.records, list(read)):
            for name in names:
                field = self.fields[name]
                value = field.to_json(row[field.field.name], row)
                self.assertEqual(shown[row["id"]][name], value, name)

    def test_only_what_the_user_may_read_is_read(self):
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get("rest.test.item").id,
                "domain_force": f"[('id', '!=', {self.records[0].id})]",
            }
        )
        columns = find_columns(self.items, self.fields, ["name"])
        shown = columns.show(columns.fetch([("id", "in", self.records.ids)]))
        self.assertEqual(sorted(shown), self.records[1:].ids)

    def test_what_has_no_column_is_left_to_the_orm(self):
        for name in ("title", "double_quantity", "tag_ids", "photo", "company_code"):
            self.assertIsNone(find_columns(self.items, self.fields, ["name", name]))

    def test_models_that_read_by_themselves_are_asked(self):
        secrets = self.env["rest.test.secret"]
        fields = make_fields(secrets, ["name", "number"])
        self.assertIsNone(find_columns(secrets, fields, ["name"]))
