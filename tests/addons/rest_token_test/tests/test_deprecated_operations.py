from datetime import date

from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token_api.tests.common import RestApiCase

PATH = "/api/plain-service/old"


@tagged("post_install", "-at_install")
class TestDeprecatedOperations(RestApiCase):
    """A method says that it is to go, where it is declared."""

    def test_answers_say_it_errors_too(self):
        for secret, status in ((self.client.secret, 200), (None, 401)):
            response = self._request("GET", PATH, secret)
            self.assertEqual(response.status_code, status)
            self.assertEqual(response.headers["Deprecation"], "@1769817600")
            self.assertIn("31 Jul 2026", response.headers["Sunset"])
            link = '<https://example.com/new>; rel="deprecation"'
            self.assertEqual(response.headers["Link"], link)
        others = self.client.get("/api/plain-service/search")
        self.assertNotIn("Deprecation", others.headers)

    def test_the_document_says_it(self):
        self.assertIs(self.assertDocumented("GET", PATH)["deprecated"], True)
        others = self.assertDocumented("GET", "/api/plain-service/search")
        self.assertNotIn("deprecated", others)

    def test_usage_finds_its_calls(self):
        self.client.get(PATH)
        usage = self.env["rest.usage"]
        usage._write_gathered()
        found = usage.search([("deprecated", "=", True), ("day", "=", date.today())])
        self.assertEqual({*found.mapped("operation")}, {"plain_service_do_as_before"})


@tagged("post_install", "-at_install")
class TestUsageOfProtectedServices(RestApiCase):
    """Services of another controller, which one line protects, are counted, too."""

    def test_calls_are_counted_by_the_path_of_the_route(self):
        path = "/rest_test_shelf/books"
        for secret in (self.client.secret, self.client.secret, None):
            response = self._request("GET", f"{path}/3", secret)
            self.assertTrue(response.headers["X-Request-Id"])
        usage = self.env["rest.usage"]
        usage._write_gathered()
        [used] = usage.search([("token_id", "=", self.client.token.id)])
        self.assertTrue(used.operation.startswith(f"{path}/<"), used.operation)
        self.assertEqual((used.calls, used.user_id), (2, self.holder))
