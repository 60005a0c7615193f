from odoo.tests.common import tagged

from .common import ItemCase

ORDERS = (
    "name",
    "code desc",
    "note",
    "quantity",
    "quantity desc",
    "weight",
    "weight desc",
    "ratio desc",
    "price",
    "price desc",
    "urgent",
    "urgent desc, day",
    "active, name",
    "day",
    "day desc",
    "moment",
    "moment desc",
    "state desc, color",
    "color",
    "color desc",
    "color desc, day desc, weight",
    "title",
    "title desc",
    "res_id",
    "res_id desc",
    "create_date desc",
)


@tagged("post_install", "-at_install")
class TestPages(ItemCase):
    def setUp(self):
        super().setUp()
        for number in range(8):
            values = {
                "name": "ABCAéaB "[number],
                "code": f"C{number}" if number % 3 else False,
                "title": "T" if number % 2 else False,
                "note": ["one\ntwo", "", "it's", '"quoted"'][number % 4],
                "urgent": number % 2,
                "state": "done" if number % 3 else "draft",
                "color": ["red", "blue", False][number % 3],
                "day": bool(number % 2) and f"2026-01-0{1 + number // 3}",
                "moment": bool(number % 3) and f"2026-01-0{1 + number // 2} 12:00:00",
            }
            if number % 3:  # the others have no number in their columns
                values.update(
                    quantity=number // 2,
                    weight=number / 3,
                    ratio=number / 7,
                    price=number / 4,
                    res_id=-number // 2 + 3,
                )
            self._new_item(**values)
        self._flush()
        self.env.cr.execute(
            "UPDATE rest_test_item SET quantity = NULL, weight = NULL, ratio = NULL, "
            "price = NULL, res_id = NULL, urgent = NULL "
            "WHERE code IS NULL AND color = 'red'"
        )
        self._invalidate()

    def test_pages_have_each_record_once_and_in_order(self):
        model = self.items.with_user(self.holder)
        for order in ORDERS:
            with self.subTest(order=order):
                expected = model.search([], order=f"{order}, id").ids
                self.assertEqual(self._walk(order=order, limit=3), expected)

    def test_values_that_depend_on_the_company(self):
        for number, item in enumerate(self.items.search([], order="id")):
            item.company_code = "BA"[number % 2] if number % 3 else False
        model = self.items.with_user(self.holder)
        for order in ("company_code", "company_code desc"):
            response = self._get(self.path, params={"order": order})
            if response.status_code == 400:  # up to 17.0 it isn't stored with the rest
                self.assertError(response, 400, "order: .*company_code")
            else:
                expected = model.search([], order=f"{order}, id").ids
                self.assertEqual(self._walk(order=order, limit=3), expected)

    def test_pages_of_what_filters_leave(self):
        model = self.items.with_user(self.holder)
        domain = [("state", "=", "done")]
        expected = model.search(domain, order="color desc, id").ids
        ids = self._walk(order="color desc", state="done", limit=2)
        self.assertEqual(ids, expected)

    def test_changed_value_of_the_last_record_moves_no_other(self):
        first = self._search(order="name", limit=3)
        expected = self._found(order="name")[3:]
        last = self.items.browse(first["data"][-1]["id"])
        last.name = "Z"
        ids = self._found(order="name", cursor=first["next_cursor"])
        self.assertEqual([i for i in ids if i != last.id], expected)
