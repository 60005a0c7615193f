from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token.tests.common import RestTokenCase


@tagged("post_install", "-at_install")
class TestScopeWords(RestTokenCase):
    """Scopes are said in words, to people who are asked about them."""

    def setUp(self):
        super().setUp()
        model = self.env["ir.model"]._get("res.partner")
        values = {"path": "places", "model_id": model.id}
        self.resource = self.env["rest.resource"].create(values)
        action = {"name": "retire", "description": "Put it away"}
        self.resource.action_ids = [(0, 0, {**action, "method": "action_archive"})]

    def _get_words(self, name, lang=None):
        scopes = self.env["rest.token.scope"].with_context(lang=lang)
        return scopes.search([("name", "=", name)])._get_words()

    def test_resource_is_called_as_its_model_is(self):
        self.assertEqual(self._get_words("places:read"), "Read: Contact")
        words = self._get_words("places:write")
        self.assertEqual(words, "Create, change and delete: Contact")

    def test_words_are_those_of_the_reader(self):
        self._install_french("base", "odoo_rest_token_api")
        words = self._get_words("places:read", "fr_FR")
        self.assertEqual(words, "Lire\N{NO-BREAK SPACE}: Contact")

    def test_action_is_called_as_its_description_says(self):
        words = self._get_words("places:retire")
        self.assertEqual(words, "Contact: Put it away")

    def test_scope_of_a_plain_route_is_its_own_name(self):
        self.env["rest.token.scope"]._ensure(["stock:read"])
        self.assertEqual(self._get_words("stock:read"), "stock:read")

    def test_words_of_many_resources_take_as_many_statements_as_those_of_few(self):
        scopes = self.env["rest.token.scope"]

        def count():
            def say():
                for scope in scopes.search([("audience", "like", "rest.resource,")]):
                    scope._get_words()

            self._flush()
            for _time in range(2):
                self._invalidate()
                statements = self._record_statements(say)
            return len(statements)

        before = count()
        for name in ("res.country", "res.currency", "res.bank", "res.lang"):
            values = {"path": name.replace(".", "-")}
            values["model_id"] = self.env["ir.model"]._get(name).id
            self.resource.create(values)
        self.assertEqual(count(), before)
