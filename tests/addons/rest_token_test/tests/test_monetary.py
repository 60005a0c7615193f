from odoo.tests.common import tagged

from .common import ItemCase


@tagged("post_install", "-at_install")
class TestMonetary(ItemCase):
    def setUp(self):
        super().setUp()
        self.euro = self.env.ref("base.EUR")
        self.dollar = self.env.ref("base.USD")
        (self.euro | self.dollar).write({"active": True})
        self.item = self._new_item(price=9.5, currency_id=self.euro.id)

    def test_amount_is_shown_with_its_currency(self):
        self.assertEqual(
            self._read(self.item, fields="price"),
            {
                "id": self.item.id,
                "price": {
                    "amount": 9.5,
                    "currency": {"id": self.euro.id, "name": "EUR"},
                },
            },
        )

    def test_currency_that_the_user_may_not_read_is_left_open(self):
        currency = type(self.item)._fields["currency_id"]
        self.patch(currency, "groups", "base.group_system")
        self.assertNotIn("currency_id", self._read(self.item))
        none = {"id": self.item.id, "price": {"amount": 9.5, "currency": None}}
        self.assertEqual(self._read(self.item, fields="price"), none)
        self.assertEqual(self._found(price="9.5"), self.item.ids)
        answer = self.assertDone(self._patch(self.item, none))
        self.assertEqual(answer["price"], none["price"])
        price = {"amount": 9.5, "currency": self.euro.id}
        self.assertError(self._patch(self.item, {"price": price}), 422, "price: ")

    def test_amount_alone(self):
        for value in (1.5, {"amount": 1.5}, {"amount": 1.5, "currency": None}):
            answer = self.assertDone(self._patch(self.item, {"price": value}))
            self.assertEqual(answer["price"]["amount"], 1.5)
            self.assertEqual(answer["price"]["currency"]["name"], "EUR")

    def test_amount_with_the_currency_of_the_record(self):
        for currency in (self.euro.id, {"id": self.euro.id, "name": "EUR"}):
            price = {"amount": 2.5, "currency": currency}
            self.assertDone(self._patch(self.item, {"price": price}))
            self.assertEqual(self.item.price, 2.5)

    def test_amount_in_another_currency_is_refused(self):
        price = {"amount": 1, "currency": self.dollar.id}
        response = self._patch(self.item, {"price": price})
        self.assertError(response, 422, "price: ")
        self.assertEqual(self.item.price, 9.5)
        body = {"name": "New", "currency_id": self.euro.id, "price": price}
        self.assertError(self._post(body), 422, "price: ")
        self.assertEqual(self.items.search([]), self.item)

    def test_currency_and_amount_change_together(self):
        body = {
            "currency_id": self.dollar.id,
            "price": {"amount": 1, "currency": self.dollar.id},
        }
        answer = self.assertDone(self._patch(self.item, body))
        self.assertEqual(answer["price"]["currency"]["name"], "USD")

    def test_amount_is_rounded_as_the_currency_says(self):
        answer = self.assertDone(self._patch(self.item, {"price": 1.239}))
        self.assertEqual(answer["price"]["amount"], 1.24)

    def test_amounts_are_found_and_sorted(self):
        cheap = self._new_item(price=1.5)
        self.assertEqual(self._found(price__lt="5"), cheap.ids)
        self.assertEqual(self._found(price="9.5"), self.item.ids)
        self.assertEqual(self._found(order="price"), (cheap | self.item).ids)
        ids = self._walk(order="price", limit=1)
        self.assertEqual(ids, (cheap | self.item).ids)

    def test_schema(self):
        schemas = self.document["components"]["schemas"]

        def get_name(schema):
            return schema["properties"]["price"]["$ref"].rpartition("/")[2]

        self.assertEqual(get_name(schemas["Item"]), "Amount")
        self.assertEqual(set(schemas["Amount"]["required"]), {"amount", "currency"})
        self.assertEqual(get_name(schemas["Item.Create"]), "Amount.Input")
        number = schemas["Amount.Input"]["anyOf"][-1]["$ref"].rpartition("/")[2]
        self.assertEqual(schemas[number], {"type": "number"})
