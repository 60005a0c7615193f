from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token_api.tests.common import RestApiCase


@tagged("post_install", "-at_install")
class TestLanguages(RestApiCase):
    """Odoo's ``http_routing`` looks for languages in paths, but not in ours."""

    def setUp(self):
        super().setUp()
        french = self.env["res.lang"]._activate_lang("fr_FR")
        if "website" in self.env:  # each has languages of its own
            self.env["website"].search([]).language_ids += french
        self.env["rest.resource"].create(
            {
                "path": "banks",
                "model_id": self.env.ref("base.model_res_bank").id,
                "field_ids": [
                    (0, 0, {"field_id": self.env.ref("base.field_res_bank__name").id})
                ],
            }
        )
        self.bank = self.env["res.bank"].create({"name": "Bank"})

    def _browse(self, path, **options):
        """Ask for a path as a browser does that has seen the website in French."""
        options["headers"] = {"User-Agent": "Mozilla/5.0"}
        options["cookies"] = {"frontend_lang": "fr_FR"}
        return self.client.get(path, allow_redirects=False, **options)

    def test_paths_have_no_language(self):
        for path in ("/api/partners", "/api/banks", f"/api/banks/{self.bank.id}"):
            response = self._browse(path)
            self.assertDone(response)
            self.assertNotIn("Set-Cookie", response.headers)

    def test_errors_have_none_either(self):
        for path in ("/api/nothing", "/api/banks/0", "/api/partners/0", "/api/a/b/c"):
            self.assertError(self._browse(path), 404)

    def test_there_is_no_way_round_through_a_language(self):
        for path in ("/api/partners", "/api/banks"):
            for language in ("fr", "fr_FR", "en", "en_US"):
                response = self._browse(f"/{language}{path}")
                self.assertNotEqual(response.status_code, 200)
                if response.is_redirect:  # to the same without the language
                    self.assertIn(path, response.headers["Location"])
        self.assertError(self._browse("/fr/api/partners"), 404)

    def test_other_paths_keep_theirs(self):
        self.assertEqual(self._browse("/fr/plain/last/word").text, "fr")
        self.assertTrue(self._browse("/en/web/login").is_redirect)

    def test_pages_of_others_keep_theirs(self):
        response = self._browse("/api/plain/page")
        self.assertTrue(response.is_redirect)
        response = self._browse("/fr/api/plain/page")
        self.assertEqual((response.status_code, response.text), (200, "fr_FR"))
