from odoo.tests.common import Form, tagged

from odoo.addons.odoo_rest_token_api.records.filling import fill_in

from .common import ItemCase

PREFER = {"Prefer": "onchange"}


@tagged("post_install", "-at_install")
class TestFilling(ItemCase):
    """What is created is filled in as a form does. Odoo's own form is the oracle."""

    names = ("title", "note", "urgent", "weight", "state", "currency_id", "company_id")

    def setUp(self):
        super().setUp()
        self._add_form()
        self.partner = self._new_partner("Ada")
        self.body = {
            "name": "Item",
            "partner_id": self.partner.id,
            "line_ids": [{"name": "One"}, {"name": "Three", "amount": 7}],
        }

    def _add_form(self):
        types = dict(self.env["ir.ui.view"]._fields["type"].selection)
        root = "list" if "list" in types else "tree"
        names = ("name", "partner_id", "title", "urgent", "weight", "note", "state")
        names += ("currency_id", "company_id", "quantity")
        fields = "".join(f'<field name="{name}" />' for name in names)
        lines = '<field name="name" /><field name="amount" />'
        lines = (
            f"<field name='line_ids'><{root} editable='bottom'>{lines}</{root}></field>"
        )
        self.env["ir.ui.view"].create(
            {
                "name": "Item",
                "model": "rest.test.item",
                "arch": f"<form>{fields}{lines}</form>",
            }
        )

    def _create(self, body, **headers):
        response = self._post(body, headers={**PREFER, **headers})
        answer = self.assertDone(response, 201)
        return self.items.browse(answer["id"]), response

    def test_record_is_filled_in_as_by_the_form(self):
        with Form(self.items) as form:
            form.name = "Item"
            form.partner_id = self.partner
            with form.line_ids.new() as line:
                line.name = "One"
            with form.line_ids.new() as line:
                line.name = "Three"
                line.amount = 7
        expected = form.save()
        item, response = self._create(self.body)
        for name in self.names:
            self.assertEqual(item[name], expected[name], name)
        self.assertEqual(item.title, "For Ada")
        self.assertEqual(item.line_ids.mapped("amount"), [103, 7])
        self.assertEqual(
            item.line_ids.mapped("amount"), expected.line_ids.mapped("amount")
        )
        self.assertEqual(response.headers["Preference-Applied"], "onchange")

    def test_what_the_client_says_stays(self):
        body = {**self.body, "title": "Mine", "weight": 3, "urgent": False}
        item, _response = self._create(body)
        self.assertEqual((item.title, item.note), ("Mine", "Mine"))
        self.assertEqual((item.weight, item.urgent), (3, False))

    def test_nothing_is_filled_in_that_nobody_asks_for(self):
        item = self.items.browse(self.assertDone(self._post(self.body), 201)["id"])
        self.assertEqual((item.title, item.note, item.weight), (False, False, 0))
        self.assertEqual(item.line_ids.mapped("amount"), [0, 7])

    def test_all_of_a_list(self):
        response = self._post([self.body, self.body], headers=PREFER)
        data = self.assertDone(response, 201)["data"]
        self.assertEqual([each["title"] for each in data], ["For Ada", "For Ada"])

    def test_what_is_changed_is_not_filled_in(self):
        item = self._new_item()
        body = {"partner_id": self.partner.id}
        self.assertDone(self._patch(item, body, headers=PREFER))
        self.assertFalse(item.title)

    def test_refusals_are_as_ever(self):
        body = {**self.body, "quantity": -1}
        self.assertError(self._post(body, headers=PREFER), 422, "fewer")
        body = {**self.body, "partner_id": 2**31 - 1}
        self.assertError(self._post(body, headers=PREFER), 400, "partner_id")
        body = {**self.body, "line_ids": 1000 * [{"name": "X"}]}
        self.assertError(self._post(body, headers=PREFER), 400, "1000")

    def test_fields_of_others_are_left_alone(self):
        items = self.items.with_user(self.holder)
        self.env["ir.default"].set("rest.test.item", "internal_note", "Secret")
        values = fill_in(items, {"name": "Item"})
        self.assertNotIn("internal_note", values)
        self.assertEqual(values["name"], "Item")
        self.assertTrue(items.create(values))


@tagged("post_install", "-at_install")
class TestFillingOfPartners(ItemCase):
    path = "/api/test-people"

    def setUp(self):
        super().setUp()
        fields = self.env["ir.model.fields"]
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-people",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "allow_create": True,
                "fills_in": True,
                "field_ids": [
                    (0, 0, {"field_id": fields._get("res.partner", name).id})
                    for name in ("city", "lang")
                ]
                + [
                    (
                        0,
                        0,
                        {
                            "field_id": fields._get("res.partner", name).id,
                            "access": "write",
                        },
                    )
                    for name in ("name", "parent_id")
                ],
            }
        )
        self.works = self._new_partner("Works", city="Namur", is_company=True)

    def test_resource_says_that_records_are_filled_in(self):
        body = {"name": "Ada", "parent_id": self.works.id}
        answer = self.assertDone(self._post(body), 201)
        with Form(self.partners) as form:
            form.name = "Ada"
            form.parent_id = self.works
        partner, expected = self.partners.browse(answer["id"]), form.save()
        self.assertEqual(answer["city"], "Namur")
        for name in ("city", "lang", "type", "user_id", "tz", "company_id"):
            self.assertEqual(partner[name], expected[name], name)
