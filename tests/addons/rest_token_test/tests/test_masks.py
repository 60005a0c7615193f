import base64
import json
from unittest.mock import patch

from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token.exceptions import JsonError
from odoo.addons.odoo_rest_token_api.records import finding
from odoo.addons.odoo_rest_token_api.records.fields import make_fields
from odoo.addons.odoo_rest_token_api.records.filters import parse_domain
from odoo.addons.odoo_rest_token_api.records.reading import read_records

from .test_searching import SearchCase


@tagged("post_install", "-at_install")
class TestMaskedValues(SearchCase):
    """What a model shows to others alone is found by nothing, and sorts nothing."""

    model = "rest.test.secret"

    def setUp(self):
        super().setUp()
        self.tag = self.env["rest.test.tag"].create({"name": "Tag"})
        values = {"day": "2026-01-01", "tag_ids": [(6, 0, self.tag.ids)]}
        make = self.user_model.create
        self.own = make({"name": "Mine", "number": 5, **values})
        make = self.records.create
        self.hidden = make({"name": "Aaa secret", "number": 9, **values})
        self.hidden += make({"name": "Zzz secret", "number": 1, **values})

    def test_what_is_hidden_is_found_by_nothing(self):
        for limit in (finding.MAX_READ, 0):  # all are read, or what is found of them
            with patch.object(finding, "MAX_READ", limit):
                for filters in (
                    {"name__ilike": "secret"},
                    {"name": "Aaa secret"},
                    {"name__in": "Aaa secret,Zzz secret"},
                    {"number__gt": "5"},
                    {"number": "9"},
                    {"number__in": "9,1"},
                ):
                    with self.subTest(limit=limit, filters=filters):
                        self.assertFalse(self._found(**filters))
                for filters in (
                    {"name__ilike": "mine"},
                    {"number__gte": "1"},
                    {"number__ne": "0"},
                    {"day": "2026-01-01"},
                    {"day__lte": "2026-01-01"},
                    {"day__empty": "false"},
                    {"tag_ids": str(self.tag.id)},
                    {"tag_ids__empty": "false"},
                    {"create_date__empty": "false"},
                ):
                    with self.subTest(limit=limit, filters=filters):
                        found = self._found(**filters)
                        self.assertEqual(found.ids, self.own.ids)

    def test_what_is_hidden_is_what_is_shown_in_its_place(self):
        for filters in (
            {"name": "Busy"},
            {"name__not_ilike": "mine"},
            {"number__lt": "5"},
            {"day__empty": "true"},
            {"tag_ids__empty": "true"},
        ):
            with self.subTest(filters=filters):
                self.assertEqual(self._found(**filters).ids, self.hidden.ids)

    def test_all_terms_have_an_opposite(self):
        for term in ('["name", "ilike", "secret"]', '["number", "<", 7]'):
            found, _cursor = self._find(parse_domain(f"[{term}]", self.fields))
            others, _cursor = self._find(parse_domain(f'["!", {term}]', self.fields))
            all_records = self.own + self.hidden
            self.assertEqual((found + others).sorted("id").ids, all_records.ids)

    def test_more_than_can_be_compared_is_refused(self):
        limits = {"MAX_READ": 0, "MAX_COMPARED": 0, "MAX_UNMASKED": 1}
        with patch.multiple(finding, **limits):
            with self.assertRaisesRegex(JsonError, "name"):
                self._found(name__ilike="secret")

    def test_trees_are_not_told_of(self):
        self.assertNotIn("child_of", self.fields["parent_id"].operators)
        for_all = make_fields(self.records, ["parent_id"])["parent_id"]
        self.assertIn("child_of", for_all.operators)

    def test_order_is_that_of_what_is_shown(self):
        for order, expected in {
            "name": [*self.hidden.ids, self.own.id],
            "name desc": [self.own.id, *self.hidden.ids],
            "number desc": [self.own.id, *self.hidden.ids],
            "number, id desc": [*reversed(self.hidden.ids), self.own.id],
            "day": [self.own.id, *self.hidden.ids],
            "day desc": [*self.hidden.ids, self.own.id],
        }.items():
            for limit in (1, 2, 3):
                with self.subTest(order=order, limit=limit):
                    self.assertEqual(self._walk(order, limit).ids, expected)

    def test_cursor_tells_nothing_and_asks_nothing(self):
        _page, cursor = self._find([], "name", 1)
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        self.assertNotIn("secret", text)
        data = json.dumps(["name asc, id asc", ["B", "0"]])
        forged = base64.urlsafe_b64encode(data.encode()).decode()
        with self.assertRaisesRegex(JsonError, "cursor"):
            self._find([], "name", 1, cursor=forged)

    def test_rows_are_read_in_the_order_of_the_records(self):
        records = (self.hidden + self.own).with_user(self.user_model.env.user)
        rows = read_records(records, ["name"])
        self.assertEqual([row["id"] for row in rows], records.ids)
