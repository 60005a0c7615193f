from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token.tests.common import RestTokenHttpCase


@tagged("post_install", "-at_install")
class TestProtectedServices(RestTokenHttpCase):
    """One line of its controller protects a service of base_rest."""

    scope_audience = "rest.test.shelf.services"

    def _get_status(self, path, secret=None, method="GET", **options):
        path = f"/rest_test_shelf/books/{path}"
        return self._request(method, path, secret, **options).status_code

    def test_a_token_calls_as_its_user(self):
        _token, secret = self._issue()
        answer = self._request("GET", "/rest_test_shelf/books/3", secret)
        self.assertEqual(answer.json(), {"id": 3, "reader": self.holder.login})
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(self._get_status("3"), 401)

    def test_what_is_public_stays_public(self):
        self.assertEqual(self._get_status("hours"), 200)

    def test_a_limited_token_does_what_its_scopes_say(self):
        _token, reader = self._issue(scope="books:read")
        _token, lender = self._issue(scope="books:lend")
        self.assertEqual(self._get_status("3", reader), 200)
        self.assertEqual(self._get_status("3", lender), 403)
        self.assertEqual(self._get_status("3/lend", reader, "POST", json={}), 403)
        self.assertEqual(self._get_status("3/lend", lender, "POST", json={}), 200)

    def test_scopes_of_that_name_of_other_collections_do_not_count(self):
        self.env["rest.token.scope"]._ensure(["books:read"], "rest.token.services")
        self.scope_audience = "rest.token.services"
        _token, secret = self._issue(scope="books:read")
        self.assertEqual(self._get_status("3", secret), 403)

    def test_swagger_ui_can_authorize(self):
        document = self._request("GET", "/api-docs/rest_test_shelf/books.json").json()
        self.assertLessEqual(
            {"access_token", "bearer"}, set(document["components"]["securitySchemes"])
        )
        security = document["paths"]["/{id}/lend"]["post"]["security"]
        for scheme in ("access_token", "bearer"):
            self.assertIn({scheme: ["books:lend"]}, security)
        self.assertNotIn({}, security)
        self.assertNotIn("security", document["paths"]["/hours"]["get"])
        self.assertIn({}, document["paths"]["/reader"]["get"]["security"])
        for scheme in ("access_token", "bearer"):
            optional = document["paths"]["/reader"]["get"]["security"]
            self.assertIn({scheme: ["books:read"]}, optional)

    def test_a_token_that_is_not_needed_counts(self):
        _token, secret = self._issue()
        path = "/rest_test_shelf/books/reader"
        answers = [self._request("GET", path, each).json() for each in (None, secret)]
        self.assertEqual(answers[1], {"reader": self.holder.login})
        self.assertNotEqual(answers[0], answers[1])
