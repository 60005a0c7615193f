from odoo.tests.common import tagged

from ..records.health import find_problem
from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestFrench(RecordCase):
    """Pages and errors in a language of the user's own."""

    missing = "Cet enregistrement n'existe pas."

    def setUp(self):
        super().setUp()
        self._install_french("odoo_rest_token", "odoo_rest_token_api")

    def _describe_missing(self, **kwargs):
        response = self._get(f"{self.path}/{2**31 - 1}", **kwargs)
        self.assertError(response, 404)
        self.assertEqual(response.json()["name"], "Not Found")
        return response.json()["description"]

    def test_error_for_a_user_whose_language_it_is(self):
        self.assertEqual(self._describe_missing(), "There is no such record.")
        self.holder.lang = "fr_FR"
        self.assertEqual(self._describe_missing(), self.missing)

    def test_error_for_a_client_that_accepts_it(self):
        headers = {"Accept-Language": "fr"}
        self.assertEqual(self._describe_missing(headers=headers), self.missing)

    def test_error_of_a_key_that_was_used(self):
        self.holder.lang = "fr_FR"
        headers = {"Idempotency-Key": "1"}
        self._post({"name": "Ada"}, headers=headers)
        response = self._post({"name": "Grace"}, headers=headers)
        self.assertError(response, 422, "a déjà servi à une autre requête")

    def test_form_of_resources(self):
        texts = self._get_french_texts("rest.resource", "form")
        for text in ("Ressource REST", "Opérations", "Ouvrir dans Swagger UI"):
            self.assertIn(text, texts)

    def test_problem_of_a_resource(self):
        env = self.env["rest.resource"].with_context(lang="fr_FR").env
        problem = find_problem(env, "res.partner", [], [("no_such", "=", 1)])
        self.assertEqual(problem, "Le filtre nomme no_such, qui n'existe pas.")

    def test_dialog_of_a_new_token(self):
        texts = self._get_french_texts("rest.token.show", "form")
        self.assertIn("montre tous les appels", texts)
