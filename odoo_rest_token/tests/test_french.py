from odoo.tests.common import tagged

from .common import RestTokenHttpCase


@tagged("post_install", "-at_install")
class TestFrench(RestTokenHttpCase):
    """The page and the errors in a language of the user's own."""

    def setUp(self):
        super().setUp()
        self._install_french()

    def test_page_of_the_preferences(self):
        texts = self._get_french_texts(
            "res.users", "form", "base.view_users_form_simple_modif"
        )
        for text in ("Jetons REST", "Nouveau jeton", "Tout révoquer"):
            self.assertIn(text, texts)

    def test_list(self):
        types = dict(self.env["ir.ui.view"]._fields["type"].selection)
        texts = self._get_french_texts(
            "rest.token", "list" if "list" in types else "tree"
        )
        for text in ("Expiration", "Dernière utilisation", "Révoquer"):
            self.assertIn(text, texts)

    def test_dialogs(self):
        texts = self._get_french_texts("rest.token.issue", "form")
        self.assertIn("Émettre le jeton", texts)
        self.assertIn(
            "il ne sera plus affiché", self._get_french_texts("rest.token.show", "form")
        )

    def test_dates_and_hint(self):
        holder = self.holder.with_context(lang="fr_FR")
        self.assertIn("Pas encore de jeton", holder.rest_token_hint)
        token = self._issue()[0].with_context(lang="fr_FR")
        self.assertEqual(token.expires_in, "dans 7 jours")
        self.assertEqual(token.last_used_ago, "jamais")

    def test_announcement(self):
        token = self._issue(name="Export")[0].with_context(lang="fr_FR")
        told = token._get_announcement()
        self.assertIn("Votre jeton REST Export", told)
        self.assertIn("expire dans 7 jours", told)

    def test_error_for_a_user_whose_language_it_is(self):
        path = "/odoo_rest_token/test/whoami"
        self.env["rest.token.scope"].create({"name": "test:read"})
        _token, secret = self._issue(scope="test:read")
        response = self._request("GET", path, secret)
        self.assertIn("is limited", response.json()["description"])
        self.holder.lang = "fr_FR"
        error = self._request("GET", path, secret).json()
        self.assertIn("Le jeton d'accès est limité", error["description"])
        self.assertEqual((error["code"], error["name"]), (403, "Forbidden"))

    def test_error_for_a_client_that_accepts_it(self):
        for path, secret, text in (
            ("/odoo_rest_token/test/whoami", None, "Un jeton d'accès est nécessaire"),
            ("/odoo_rest_token/test/whoami", "wrong", "inconnu, expiré ou révoqué"),
        ):
            headers = {"Accept-Language": "fr"}
            error = self._request("GET", path, secret, headers=headers).json()
            self.assertIn(text, error["description"])
            error = self._request("GET", path, secret).json()
            self.assertNotIn(text, error["description"])
