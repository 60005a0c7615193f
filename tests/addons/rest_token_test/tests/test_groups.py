from odoo.tests.common import tagged

from .common import ItemCase


@tagged("post_install", "-at_install")
class TestGroups(ItemCase):
    """Values of groups, beside those of ``read_group()``."""

    def setUp(self):
        super().setUp()
        self.euro, self.dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        for number, color in enumerate(["red", "red", "blue", False]):
            self._new_item(
                quantity=number,
                weight=number / 4,
                price=10 + number,
                urgent=number == 1,
                color=color,
                currency_id=(self.dollar if number == 1 else self.euro).id,
            )

    def _group(self, path=None, **params):
        response = self._get(f"{path or self.path}/groups", params=params)
        data = self.assertDone(response)["data"]
        self.assertAsDocumented(response)
        return data

    def test_values_are_those_of_read_group(self):
        items = self.items.with_user(self.holder)
        functions = {"sum": "quantity,weight", "avg": "weight", "min": "quantity"}
        specs = [
            f"{function}_{name}:{function}({name})"
            for function, names in functions.items()
            for name in names.split(",")
        ]
        for name in ("color", "urgent"):
            groups = items.read_group([], specs, [name], lazy=False)
            expected = {group[name] or None: group for group in groups}
            for group in self._group(by=name, count="true", **functions):
                other = expected.pop(group["by"][name] or None)
                self.assertEqual(group["count"], other["__count"])
                for function in functions:
                    for key, value in group[function].items():
                        self.assertAlmostEqual(value, other[f"{function}_{key}"])
            self.assertFalse(expected)

    def test_amounts_have_a_currency_where_it_is_one(self):
        euro = {"id": self.euro.id, "name": "EUR"}
        dollar = {"id": self.dollar.id, "name": "USD"}
        groups = self._group(by="color", sum="price", avg="price")
        amounts = {group["by"]["color"]: group["sum"]["price"] for group in groups}
        self.assertEqual(amounts["blue"], {"amount": 12, "currency": euro})
        self.assertEqual(amounts["red"], {"amount": 21, "currency": None})
        groups = self._group(by="color,currency_id", max="price", color="red")
        self.assertEqual(
            [group["max"]["price"] for group in groups],
            [{"amount": 10, "currency": euro}, {"amount": 11, "currency": dollar}]
            if self.euro.id < self.dollar.id
            else [{"amount": 11, "currency": dollar}, {"amount": 10, "currency": euro}],
        )

    def test_what_has_no_column_is_refused(self):
        for name in ("double_quantity", "title", "tag_ids", "company_code", "note"):
            response = self._get(f"{self.path}/groups", params={"by": name})
            self.assertError(response, 400, "by: can't group by")
        response = self._get(f"{self.path}/groups", params={"sum": "double_quantity"})
        self.assertError(response, 400, "sum: ")

    def test_what_a_model_masks_is_not_grouped(self):
        self._expose("rest.test.secret", "test-secrets", "name", "number")
        response = self._get("/api/test-secrets/groups", params={"by": "name"})
        self.assertError(response, 400, "by: can't group by 'name'")
        response = self._get("/api/test-secrets/groups", params={"sum": "number"})
        self.assertError(response, 400, "sum: ")

    def test_models_that_search_by_themselves_say_what_there_is(self):
        self.env["rest.test.even"].create(
            [{"name": "A", "number": number} for number in range(5)]
        )
        self._expose("rest.test.even", "test-evens", "name", "number")
        (group,) = self._group("/api/test-evens", by="name", count="true", sum="number")
        self.assertEqual((group["count"], group["sum"]["number"]), (3, 6))

    def test_query_in_the_place_of_a_table(self):
        self._expose("rest.test.report", "test-reports", "name", "quantity")
        (group,) = self._group("/api/test-reports", count="true", sum="quantity")
        items = self.items.search([])
        self.assertEqual(group["count"], len(items))
        self.assertEqual(group["sum"]["quantity"], sum(items.mapped("quantity")))
