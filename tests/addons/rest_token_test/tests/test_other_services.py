from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.odoo_rest_token.tests.common import RestTokenHttpCase


@tagged("post_install", "-at_install")
class TestOtherServices(RestTokenHttpCase):
    """Services of base_rest that are not ours go on as ever."""

    def test_other_services_are_served(self):
        answer = self._request("GET", "/rest_test/echo", params={"text": "x"})
        self.assertEqual(answer.json(), {"text": "x"})
        answer = self._request("POST", "/rest_test/echo", json={"text": "y"})
        self.assertEqual(answer.json(), {"text": "y"})

    def test_errors_of_other_services_are_base_rests(self):
        with mute_logger("odoo.addons.base_rest.http"):
            answer = self._request("GET", "/rest_test/echo/missing")
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(answer.json()["name"], "Not Found")

    def test_other_routes_under_our_root_are_served(self):
        answer = self._request("GET", "/api/plain/hello")
        self.assertEqual((answer.status_code, answer.text), (200, "hello"))

    def test_refusals_of_other_routes_stay_as_they_are(self):
        answer = self._request("GET", "/api/plain/refusal")
        self.assertEqual((answer.status_code, answer.text), (422, "No."))

    def test_other_routes_get_their_parameters(self):
        path = "/api/plain/params"
        answer = self._request("GET", path, params={"a": 1, "b": 2})
        self.assertEqual(answer.text, "a=1, b=2")
        answer = self._request(
            "POST", "/api/plain/rpc", json={"params": {"a": 1, "b": [2]}}
        )
        self.assertEqual(answer.json()["result"], {"a": 1, "b": [2]})

    def test_other_routes_have_the_rules_of_plain_routes(self):
        _token, unlimited = self._issue()
        _token, reader = self._issue(scope="partners:read")
        self.scope_audience = "rest.token.services"
        _token, tag_reader = self._issue(scope="tags:read")
        for path, statuses in (
            ("level", (200, 403, 403)),
            ("scoped", (200, 403, 200)),
            ("any", (200, 200, 200)),
        ):
            with self.subTest(path=path):
                answers = [
                    self._request("GET", f"/api/tags/{path}", secret)
                    for secret in (unlimited, reader, tag_reader)
                ]
                found = tuple(answer.status_code for answer in answers)
                self.assertEqual(found, statuses)
                for answer in answers:
                    self.assertNotIn("Set-Cookie", answer.headers)
        answer = self._request("GET", "/api/tags/level")
        self.assertEqual(answer.status_code, 401)

    def test_other_routes_that_start_with_a_parameter_are_served(self):
        answer = self._request("GET", "/api/plain/last/word")
        self.assertEqual((answer.status_code, answer.text), (200, "api"))
