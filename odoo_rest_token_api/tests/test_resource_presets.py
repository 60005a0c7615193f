from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import RestApiCase


@tagged("post_install", "-at_install")
class TestResourcePresets(RestApiCase):
    def setUp(self):
        super().setUp()
        self.env["rest.resource"].search([("path", "=", "contacts")]).unlink()
        self._add_group(self.holder, "base.group_partner_manager")

    def _expose(self, *paths):
        wizard = Form(self.env["rest.resource.expose"]).save()
        for line in wizard.line_ids:
            line.is_chosen = line.path in paths
        action = wizard.action_expose()
        return self.env["rest.resource"].search(action["domain"])

    def test_one_click_exposes_contacts(self):
        resource = self._expose("contacts")
        self.assertEqual(resource.path, "contacts")
        body = {"name": "Ada", "city": "Brussels"}
        response = self.client.post("/api/contacts", json=body)
        contact = self.assertDone(response, 201)
        self.assertEqual(contact["city"], "Brussels")
        self.assertAsDocumented(response)
        path = f"/api/contacts/{contact['id']}"
        response = self.client.post(f"{path}/archive")
        self.assertFalse(self.assertDone(response)["active"])
        self.assertAsDocumented(response)
        self.assertError(self.client.get(f"{path}/image_1920"), 404, "no file")
        self.assertDone(self.client.get(f"{path}/attachments"))

    def test_actions_are_described_in_the_languages_there_are(self):
        self._install_french("odoo_rest_token_api")
        french = self.env["rest.resource.expose"].with_context(lang="fr_FR")
        lines = french.default_get(["line_ids"])["line_ids"]
        descriptions = [values["description"] for _create, _zero, values in lines]
        self.assertIn("Personnes et sociétés, avec leurs adresses", descriptions)
        actions = self._expose("contacts").action_ids
        archive = actions.filtered(lambda action: action.name == "archive")
        for lang, text in (("en_US", "Archive"), ("fr_FR", "Archiver")):
            self.assertEqual(archive.with_context(lang=lang).description, text)

    def test_types_of_arguments_are_told_in_french(self):
        self._install_french("odoo_rest_token_api")
        arguments = self.env["rest.resource.argument"].with_context(lang="fr_FR")
        kinds = dict(arguments.fields_get(["kind"])["kind"]["selection"])
        self.assertEqual(kinds["boolean"], "Oui ou non")

    def test_what_is_there_is_not_offered(self):
        def get_paths():
            wizard = self.env["rest.resource.expose"]
            return [preset.path for preset in wizard._get_available_presets()]

        self.assertIn("contacts", get_paths())
        self._expose("contacts").active = False
        self.assertNotIn("contacts", get_paths())

    def test_models_that_are_missing_are_left_out(self):
        wizard = self.env["rest.resource.expose"]
        for preset in wizard._get_available_presets():
            self.assertIn(preset.model, self.env)
            self.assertTrue(wizard._to_values(preset)["field_ids"])

    def test_nothing_chosen_is_said(self):
        with self.assertRaises(UserError):
            self._expose()

    def test_only_administrators_expose(self):
        with self.assertRaises(AccessError):
            self.env["rest.resource.expose"].with_user(self.holder).create({})
