import json

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import RestApiCase


@tagged("post_install", "-at_install")
class TestResourceForm(RestApiCase):
    """What helps an administrator to make a resource."""

    def setUp(self):
        super().setUp()
        fields = self.env["ir.model.fields"]
        self.name = fields._get("res.country", "name")
        self.country = self.env.ref("base.be")
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-countries",
                "model_id": self.env["ir.model"]._get("res.country").id,
                "domain": "[('code', '=', 'BE')]",
                "field_ids": [(0, 0, {"field_id": self.name.id, "access": "read"})],
            }
        )

    def _names(self):
        return self.resource.field_ids.mapped("name")

    # ------------------------------------------------------------
    # Fields by their technical names
    # ------------------------------------------------------------

    def test_fields_are_found_by_both_names(self):
        fields = self.env["ir.model.fields"].with_context(rest_technical_names=True)
        domain = [("model", "=", "res.country")]
        phone = fields._get("res.country", "phone_code")
        for text in ("phone_code", "Calling"):
            self.assertEqual(
                fields.name_search(text, domain),
                [(phone.id, "Country Calling Code (phone_code)")],
            )
        found = fields.name_search("code", domain)
        self.assertEqual(found[0][1], "Country Code (code)")

    def test_field_of_just_that_name_comes_first_of_however_few(self):
        fields = self.env["ir.model.fields"].with_context(rest_technical_names=True)
        domain = [("model", "=", "res.country")]
        (found,) = fields.name_search("id", domain, limit=1)
        self.assertEqual(found[0], fields._get("res.country", "id").id)

    def test_they_are_found_as_ever_elsewhere(self):
        fields = self.env["ir.model.fields"]
        domain = [("model", "=", "res.country")]
        self.assertFalse(fields.name_search("phone_code", domain))
        self.assertTrue(fields.name_search("Calling", domain))

    # ------------------------------------------------------------
    # Many at once
    # ------------------------------------------------------------

    def _choose(self):
        wizards = self.env["rest.resource.choose"]
        return Form(wizards.with_context(default_resource_id=self.resource.id))

    def test_fields_are_chosen_from_a_list(self):
        wizard = self._choose().save()
        names = wizard.line_ids.mapped("name")
        self.assertIn("code", names)
        self.assertNotIn("name", names)
        self.assertNotIn("id", names)
        for line in wizard.line_ids:
            line.is_chosen = line.name in ("code", "create_date")
        wizard.action_add()
        self.assertEqual(self._names(), ["name", "code", "create_date"])
        self.assertEqual(set(self.resource.field_ids.mapped("access")), {"read"})
        with self.assertRaises(UserError):
            self._choose().save().action_add()

    def test_those_of_the_form_are_chosen_at_once(self):
        self.resource.allow_update = True
        with self._choose() as form:
            form.of_form = True
        form.save().action_add()
        lines = {line.name: line.access for line in self.resource.field_ids}
        self.assertEqual(lines["phone_code"], "write")
        self.assertIn("currency_id", lines)
        self.assertNotIn("create_date", lines)
        self.assertFalse(self.resource.problem)

    # ------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------

    def _preview(self):
        self._flush()
        answer = self._read_as_admin()
        return answer[0]["preview"]

    def _read_as_admin(self):
        self.authenticate("admin", "admin")
        answer = self._call("rest.resource", "read", self.resource.ids, [["preview"]])
        return answer["result"]

    def test_first_record_is_shown_as_clients_read_it(self):
        record = {"id": self.country.id, "name": "Belgium"}
        self.assertEqual(json.loads(self._preview()), record)

    def test_lines_are_shown_too(self):
        states = self.env["ir.model.fields"]._get("res.country", "state_ids")
        line = {"field_id": states.id, "line_names": "code", "access": "read"}
        self.resource.field_ids = [(0, 0, line)]
        self.resource.domain = "[('code', '=', 'US')]"
        shown = json.loads(self._preview())
        self.assertEqual(set(shown["state_ids"][0]), {"id", "code"})

    def test_there_may_be_no_record(self):
        self.resource.domain = "[('code', '=', 'XX')]"
        self.assertIn("no such record", self._preview())

    def test_nothing_is_shown_without_a_request(self):
        self.assertFalse(self.resource.preview)
