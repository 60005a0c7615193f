import json

from psycopg2 import DataError

from odoo.tests.common import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.odoo_rest_token_api.errors import InvalidParameter
from odoo.addons.odoo_rest_token_api.records.fields import make_fields
from odoo.addons.odoo_rest_token_api.records.filters import parse_domain, parse_filters
from odoo.addons.odoo_rest_token_api.records.pages import Order, find_page

from ..components.item_service import ItemService


@tagged("post_install", "-at_install")
class TestEveryFilter(TransactionCase):
    """What isn't refused can be searched for, whatever the field and the value."""

    maxDiff = None

    def setUp(self):
        super().setUp()
        self.items = self.env["rest.test.item"]
        self.items.create([{"name": "A"}, {"name": "B"}])
        self.fields = make_fields(self.items, ItemService._fields)

    def _find(self, domain):
        with self.env.cr.savepoint():
            find_page(self.items, domain, Order("id", self.fields), limit=1)

    def assertFound(self, parse, searches):
        failed = []
        with mute_logger("odoo.sql_db"):
            for search in searches:
                try:
                    self._find(parse(search, self.fields))
                except (InvalidParameter, DataError):  # answered by 400
                    continue
                except Exception as error:
                    failed.append((search, type(error).__name__))
        self.assertEqual(failed, [])

    def test_every_filter(self):
        values = ("", "1", "0", "a", "true", "2026-01-01", "%", "1,2")
        self.assertFound(
            parse_filters,
            [
                {f"{name}__{operator}": value}
                for name, field in self.fields.items()
                for operator in field.operators
                for value in values
            ],
        )

    def test_every_term_of_a_domain(self):
        operators = ("=", "!=", "<", ">=", "like", "not ilike", "in", "child_of")
        values = [None, False, True, 0, 1, 1.5, "", "a", [], [None], [False], [1]]
        self.assertFound(
            parse_domain,
            [
                json.dumps([[name, operator, value]])
                for name in self.fields
                for operator in operators
                for value in values
            ],
        )
