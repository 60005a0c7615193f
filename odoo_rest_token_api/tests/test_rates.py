from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.odoo_rest_token.tests.test_rates import LOGGER, CommittedCountsMixin

from .common import RestApiCase


@tagged("post_install", "-at_install")
class TestRates(CommittedCountsMixin, RestApiCase):
    """Answers say how many calls are left, and one too many is refused unread."""

    def setUp(self):
        super().setUp()
        self._set_parameter("user_calls_per_minute", "3")

    def test_each_answer_says_how_many_calls_are_left(self):
        for path, status, left in (
            ("/api/auth/me", 200, 2),
            ("/api/partners/0", 404, 1),
            ("/api/partners?order=nonsense", 400, 0),
        ):
            response = self.client.get(path)
            self.assertEqual(response.status_code, status, response.text)
            self.assertEqual(response.headers["RateLimit-Policy"], '"user";q=3;w=60')
            self.assertRegex(response.headers["RateLimit"], f'^"user";r={left};t=')

    def test_call_too_many_is_an_error_as_documented(self):
        self._set_parameter("user_calls_per_minute", "1")
        self.client.get("/api/auth/me")
        with mute_logger(LOGGER):
            response = self.client.get("/api/auth/me")
        self.assertError(response, 429, "Too many calls: wait for [0-9]+ seconds")
        self.assertAsDocumented(response)
        operation = self.assertDocumented("GET", "/api/auth/me")
        described = self._follow(operation["responses"]["429"])
        self.assertLessEqual(set(described["headers"]), set(response.headers))
        self.assertEqual(response.headers["RateLimit"].count("user"), 1)

    def test_body_of_a_call_too_many_is_not_looked_at(self):
        self._set_parameter("user_calls_per_minute", "1")
        self.client.get("/api/auth/me")
        with mute_logger(LOGGER):
            response = self.client.post("/api/partners", data="{nonsense")
        self.assertError(response, 429)

    def test_page_of_another_origin_may_read_how_many_are_left(self):
        origin = "https://app.example.com"
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("odoo_rest_token_api.cors_origins", origin)
        response = self.client.get("/api/auth/me", headers={"Origin": origin})
        exposed = response.headers["Access-Control-Expose-Headers"].split(", ")
        self.assertLessEqual(
            {"Retry-After", "RateLimit", "RateLimit-Policy"}, {*exposed}
        )

    def test_nothing_is_said_where_nothing_is_counted(self):
        self._set_parameter("user_calls_per_minute", "0")
        response = self.client.get("/api/auth/me")
        self.assertNotIn("RateLimit", response.headers)
        self.assertNotIn("RateLimit-Policy", response.headers)

    def test_answer_to_nobody_says_nothing(self):
        response = self._request("GET", "/api/auth/me")
        self.assertError(response, 401)
        self.assertNotIn("RateLimit", response.headers)

    def test_operations_without_a_token_are_counted_for_nobody(self):
        operations = (("GET", "/api/auth/token"), ("POST", "/api/auth/revoke"))
        documented = [self.assertDocumented(*each)["responses"] for each in operations]
        self.assertEqual(["429" in each for each in documented], [True, False])
