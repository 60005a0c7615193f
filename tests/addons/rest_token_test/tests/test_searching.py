from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests.common import TransactionCase, new_test_user, tagged

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token_api.records import finding
from odoo.addons.odoo_rest_token_api.records.fields import check_links, make_fields
from odoo.addons.odoo_rest_token_api.records.filters import parse_domain, parse_filters
from odoo.addons.odoo_rest_token_api.records.operators import TEXT
from odoo.addons.odoo_rest_token_api.records.pages import (
    Order,
    count_records,
    find_page,
)
from odoo.addons.odoo_rest_token_api.records.rights import get_readable


class SearchCase(TransactionCase):
    """Test case for what is found, without HTTP."""

    model = None

    def setUp(self):
        super().setUp()
        self.records = self.env[self.model]
        user = new_test_user(self.env, "rest-reader", groups="base.group_user")
        self.user_model = self.records.with_user(user)
        names = [name for name in self.records._fields if name != "id"]
        self.fields = make_fields(self.user_model, names)

    def _find(self, domain, order="id", limit=100, **options):
        order = Order(order, self.fields)
        return find_page(self.user_model, domain, order, limit, **options)

    def _found(self, **filters):
        page, _cursor = self._find(parse_filters(filters, self.fields))
        return page

    def _walk(self, order, limit, domain=()):
        pages, cursor = self.records.browse(), None
        while True:
            page, cursor = self._find(list(domain), order, limit, cursor=cursor)
            self.assertLessEqual(len(page), limit)
            self.assertFalse(pages & page, "a record comes twice")
            pages += page
            if not cursor:
                return pages
            self.assertTrue(page, "a page before the last one is empty")


@tagged("post_install", "-at_install")
class TestSearchingByValues(SearchCase):
    """Filters find what a look at all values finds, wherever those values are."""

    model = "rest.test.node"

    def setUp(self):
        super().setUp()
        self.a = self._new_node("A", company_number=1.5)
        self.bb = self._new_node("BB", parent_id=self.a.id, company_number=2)
        self.ccc = self._new_node("CCC", parent_id=self.bb.id)
        self.d = self._new_node("D", company_number=-1)
        self.nodes = self.a + self.bb + self.ccc + self.d
        self.nodes.write({"top_id": self.a.id})
        self.tag = self.env["rest.test.tag"].create({"name": "Tag"})
        self.bb.company_tag_id = self.tag

    def _new_node(self, name, **values):
        return self.records.create({"name": name, **values})

    def _names(self, **filters):
        return "".join(node.name[0] for node in self._found(**filters))

    def assertAllFound(self, name, values):
        """Check each filter by a field against the values that clients see."""
        field = self.fields[name]
        for operator in field.operators:
            for value in values:
                if operator == "empty":
                    text, value = str(bool(value)).lower(), bool(value)
                elif operator in ("in", "not_in"):
                    text = [str(value), str(values[0])]
                    value = [value, values[0]]
                elif operator in TEXT:
                    text = value = str(value)
                else:
                    text = str(value)
                expected = [
                    row["id"]
                    for row in self.nodes.read([name])
                    if field.holds(operator, value, row[name])
                ]
                with self.subTest(name=name, operator=operator, value=value):
                    found = self._found(**{f"{name}__{operator}": text})
                    self.assertEqual(found.ids, expected)

    def test_values_of_a_company(self):
        self.assertAllFound("company_number", [1.5, 0.0, -1.0, 2.0, 7.0])
        self.assertAllFound("company_tag_id", [self.tag.id, 2**31 - 1])
        self.assertEqual(self._names(company_number="0"), "C")
        self.assertEqual(self._names(company_number__lte="1.5"), "ACD")
        self.assertEqual(self._names(company_number__not_in="1.5,2"), "CD")
        self.assertEqual(self._names(company_tag_id__ne=str(self.tag.id)), "ACD")
        self.assertEqual(self._names(company_tag_id__empty="true"), "ACD")

    def test_values_of_another_company_are_not_found(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.d.with_company(other).company_number = 1.5
        self.assertEqual(self._names(company_number="1.5"), "A")
        self.assertEqual(self._names(company_number__ne="1.5"), "BCD")

    def test_values_of_linked_records(self):
        self.assertAllFound("parent_name", ["A", "BB", "X"])
        self.assertEqual(self._names(parent_name__empty="true"), "AD")
        self.assertEqual(self._names(parent_name__ne="A"), "ACD")

    def test_values_that_a_method_searches(self):
        self.assertAllFound("size", [1, 0, 3, 2, 7])
        self.assertEqual(self._names(size__not_in="1"), "BC")
        self.assertEqual(self._names(size__gte="2"), "BC")

    def test_links_to_records_that_no_table_has(self):
        copies = self.a.copy_ids.ids + self.bb.copy_ids.ids
        for limit in (finding.MAX_READ, 0):
            with patch.object(finding, "MAX_READ", limit):
                self.assertAllFound("initial_id", ["A", "X"])
                self.assertAllFound("copy_ids", [*copies, 2**31 - 1])
                self.assertEqual(self._names(initial_id="B"), "B")
                self.assertEqual(self._names(initial_id__in="B,C"), "BC")
                found = self._found(copy_ids__empty="false")
                self.assertEqual(found, self.nodes.filtered("copy_ids"))

    def test_nothing_is_linked_that_no_table_has(self):
        links = [("copy_ids", "rest.test.copy", {self.a.id * 10})]
        with self.assertRaisesRegex(ValueError, "there is no record"):
            check_links(self.user_model.env, links)

    def test_records_that_no_table_has_are_no_resource(self):
        for name in ("copy", "initial"):
            model = self.env["ir.model"]._get(f"rest.test.{name}")
            with self.assertRaisesRegex(ValidationError, "no records to serve"):
                self.env["rest.resource"].create({"path": name, "model_id": model.id})

    def test_all_terms_have_an_opposite(self):
        for term in ('["parent_name", "=", "A"]', '["company_number", "<", 1]'):
            found, _cursor = self._find(parse_domain(f"[{term}]", self.fields))
            others, _cursor = self._find(parse_domain(f'["!", {term}]', self.fields))
            self.assertEqual((found + others).sorted("id"), self.nodes)

    def test_what_hangs_below_a_record(self):
        self.assertEqual(self._names(parent_id__child_of=str(self.a.id)), "ABC")
        self.assertEqual(self._names(parent_id__child_of=str(self.bb.id)), "BC")

    def test_links_that_lead_to_themselves_have_an_end(self):
        self.assertEqual(self._names(top_id__child_of=str(self.a.id)), "ABCD")
        self.assertEqual(self._names(top_id__child_of=str(self.bb.id)), "")

    def test_trees_that_lead_back_to_themselves_have_an_end(self):
        self.a.parent_id = self.ccc
        self.assertEqual(self._names(parent_id__child_of=str(self.bb.id)), "ABC")

    def test_nothing_hangs_below_what_is_hidden_or_missing(self):
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get(self.model).id,
                "domain_force": f"[('id', '!=', {self.a.id})]",
            }
        )
        for record_id in (self.a.id, 2**31 - 1):
            for name in ("parent_id", "top_id"):
                found = self._found(**{f"{name}__child_of": str(record_id)})
                self.assertFalse(found)

    def test_hidden_records_are_linked_by_nothing(self):
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get(self.model).id,
                "domain_force": f"[('id', '!=', {self.bb.id})]",
            }
        )
        compat.invalidate(self.nodes)
        (row,) = self.a.with_user(self.user_model.env.user).read(["child_ids"])
        self.assertEqual(row["child_ids"], [])
        self.assertEqual(self._names(child_ids=str(self.bb.id)), "")
        self.assertEqual(self._names(child_ids__in=str(self.bb.id)), "")
        self.assertEqual(self._names(child_ids__not_in=str(self.bb.id)), "ACD")
        self.assertEqual(self._names(child_ids__empty="true"), "ACD")
        self.assertEqual(self._names(child_ids__empty="false"), "")

    def test_moments_are_compared_as_they_are_shown(self):
        compat.flush_all(self.env)
        for number, node in enumerate(self.nodes):
            self.env.cr.execute(
                "UPDATE rest_test_node SET write_date = %s WHERE id = %s",
                (f"2026-01-01 12:00:0{number // 2}.{number}5", node.id),
            )
        shown = "2026-01-01T12:00:00Z"
        for operator, names in {
            "eq": "AB",
            "ne": "CD",
            "in": "AB",
            "not_in": "CD",
            "lt": "",
            "lte": "AB",
            "gt": "CD",
            "gte": "ABCD",
        }.items():
            with self.subTest(operator=operator):
                found = self._names(**{f"write_date__{operator}": shown})
                self.assertEqual(found, names)

    def test_fractions_are_never_shown(self):
        moment = self.a.create_date.replace(microsecond=0)
        between = (moment + timedelta(seconds=0.5)).isoformat()
        count = len(self.nodes)
        for operator, expected in {
            "eq": 0,
            "ne": count,
            "lt": count,
            "lte": count,
            "gt": 0,
            "gte": 0,
        }.items():
            with self.subTest(operator=operator):
                found = self._found(**{f"create_date__{operator}": between})
                self.assertEqual(len(found), expected)


@tagged("post_install", "-at_install")
class TestModelsThatSearchByThemselves(SearchCase):
    model = "rest.test.even"

    def setUp(self):
        super().setUp()
        self.records.create(
            [{"name": "CAB"[number % 3], "number": number} for number in range(40)]
        )
        self.even = self.records.browse(self.records._search([]))

    def test_what_the_model_keeps_back_is_not_readable(self):
        readable = get_readable(self.user_model, self.fields)
        self.assertIn("number", readable)
        self.assertNotIn("kept_back", readable)

    def test_pages_have_each_record_once_and_in_order(self):
        for order in ("id", "id desc", "name desc", "number desc", "name, number"):
            for limit in (1, 3, 7, 20, 100):
                with self.subTest(order=order, limit=limit):
                    walked = self._walk(order, limit)
                    self.assertEqual(sorted(walked.ids), self.even.ids)
                    field, _space, direction = order.partition(",")[0].partition(" ")
                    values = walked.mapped(lambda each, f=field: each[f])
                    self.assertEqual(values, sorted(values, reverse=bool(direction)))

    def test_offset_counts_what_is_found(self):
        all_ids = self._walk("number desc", 100).ids
        page, _cursor = self._find([], "number desc", 3, offset=5)
        self.assertEqual(page.ids, all_ids[5:8])
        self.assertEqual(self._find([], "number", 3, offset=20), (page.browse(), None))

    def test_total_is_that_of_all_pages(self):
        self.assertEqual(count_records(self.user_model, []), 20)

    def test_filters_hold(self):
        domain = parse_filters({"number__gte": "30"}, self.fields)
        self.assertEqual(len(self._walk("name", 2, domain)), 5)


@tagged("post_install", "-at_install")
class TestQueriesForTables(SearchCase):
    model = "rest.test.report"

    def setUp(self):
        super().setUp()
        self.env["rest.test.item"].create(
            [
                {
                    "name": f"Item {number}",
                    "quantity": number % 3,
                    "day": f"2026-01-0{number}" if number % 2 else False,
                }
                for number in range(7)
            ]
        )
        compat.flush_all(self.env)

    def test_pages_have_each_record_once_and_in_order(self):
        for order in ("id desc", "name", "quantity desc", "day", "day desc, name"):
            for limit in (1, 3, 100):
                with self.subTest(order=order, limit=limit):
                    expected = self.user_model.search([], order=f"{order}, id")
                    self.assertEqual(self._walk(order, limit), expected)


@tagged("post_install", "-at_install")
class TestSearchingMenus(SearchCase):
    """A model that leaves out what its rules let the user find does so here, too.

    Up to Odoo 18.0, menus do; in 19.0, a search finds all of them.
    """

    model = "ir.ui.menu"

    def test_menus_are_those_that_are_shown_to_the_user(self):
        shown = self.user_model.search([], order="id")
        self.assertTrue(shown)
        page, _cursor = self._find([], limit=1000)
        self.assertEqual(page, shown)
        self.assertEqual(self._walk("id", 20), shown)
        self.assertEqual(count_records(self.user_model, []), len(shown))
