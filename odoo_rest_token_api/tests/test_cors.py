from odoo.tests.common import tagged

from .common import RestApiCase

LISTED, UNKNOWN = "https://app.example.com", "https://app.example.org"
ALLOW = "Access-Control-Allow-Origin"


@tagged("post_install", "-at_install")
class TestCors(RestApiCase):
    """Web pages of the origins that an administrator lists may call, and no others."""

    def setUp(self):
        super().setUp()
        self._list(f"http://localhost:5173, {LISTED}")

    def _list(self, origins):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("odoo_rest_token_api.cors_origins", origins)

    def _ask(self, path, method="PATCH", origin=LISTED):
        headers = {"Origin": origin, "Access-Control-Request-Method": method}
        return self._request("OPTIONS", path, headers=headers)

    def _get_words(self, response, header):
        return set(response.headers[header].split(", "))

    def test_page_of_a_listed_origin_may_read_an_answer(self):
        response = self.client.get("/api/auth/me", headers={"Origin": LISTED})
        self.assertDone(response)
        self.assertEqual(response.headers[ALLOW], LISTED)
        self.assertIn("Origin", response.headers["Vary"])
        exposed = self._get_words(response, "Access-Control-Expose-Headers")
        self.assertLessEqual({"ETag", "Location", "Retry-After"}, exposed)

    def test_page_of_a_listed_origin_may_read_an_error(self):
        for path, code in (("/api/auth/me", 401), ("/api/nothing", 404)):
            with self.subTest(path=path):
                response = self._request("GET", path, headers={"Origin": LISTED})
                self.assertError(response, code)
                self.assertEqual(response.headers[ALLOW], LISTED)

    def test_answer_allows_no_credentials(self):
        for response in (
            self.client.get("/api/auth/me", headers={"Origin": LISTED}),
            self._ask("/api/partners/1"),
        ):
            self.assertNotIn("Access-Control-Allow-Credentials", response.headers)

    def test_other_origins_are_told_nothing(self):
        lookalikes = (f"{LISTED}.evil.example", LISTED.upper(), f"{LISTED}/", "null")
        for origin in (UNKNOWN, "*", "http://app.example.com", *lookalikes):
            with self.subTest(origin=origin):
                for response in (
                    self.client.get("/api/auth/me", headers={"Origin": origin}),
                    self._ask("/api/partners/1", origin=origin),
                ):
                    self.assertNotIn(ALLOW, response.headers)
                    self.assertNotIn("Access-Control-Allow-Methods", response.headers)
                    # A cache would give a listed origin the same.
                    self.assertIn("Origin", response.headers["Vary"])

    def test_no_origin_is_allowed_unless_it_is_listed(self):
        for origins in ("", "*", "null", "app.example.com", f"{LISTED}/path"):
            with self.subTest(origins=origins):
                self._list(origins)
                response = self._ask("/api/partners/1")
                self.assertError(response, 405)
                self.assertNotIn(ALLOW, response.headers)

    def test_what_is_no_origin_is_logged_once(self):
        self._list("app.example.com and others")
        with self.assertLogs("odoo.addons.odoo_rest_token_api.edge.cors") as logs:
            for _request in range(3):
                self._ask("/api/partners/1")
        self.assertEqual(len(logs.output), 1)

    def test_preflight_says_what_the_operations_of_a_path_are(self):
        for path, methods in (
            ("/api/partners/1", {"DELETE", "GET", "PATCH", "PUT"}),
            ("/api/auth/token", {"DELETE", "GET", "POST"}),
            ("/api/openapi.json", {"GET"}),
        ):
            with self.subTest(path=path):
                response = self._ask(path)
                self.assertEqual(response.status_code, 204, response.text)
                self.assertFalse(response.content)
                allowed = self._get_words(response, "Access-Control-Allow-Methods")
                self.assertEqual(allowed - {"HEAD", "OPTIONS"}, methods)

    def test_preflight_allows_our_headers(self):
        response = self._ask("/api/partners/1")
        allowed = self._get_words(response, "Access-Control-Allow-Headers")
        self.assertLessEqual(
            {"access-token", "Authorization", "Content-Type", "If-Match"}, allowed
        )
        self.assertLessEqual({"Idempotency-Key", "X-Odoo-Database"}, allowed)

    def test_preflight_of_what_is_not_there_is_refused(self):
        self.assertError(self._ask("/api/nothing"), 404)

    def test_pages_of_odoo_are_not_opened(self):
        response = self._request("GET", "/web/login", headers={"Origin": LISTED})
        self.assertNotIn(ALLOW, response.headers)
