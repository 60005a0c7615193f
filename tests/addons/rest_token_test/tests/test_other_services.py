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

    def test_other_routes_that_start_with_a_parameter_are_served(self):
        answer = self._request("GET", "/api/plain/last/word")
        self.assertEqual((answer.status_code, answer.text), (200, "api"))
