import psycopg2
from werkzeug.exceptions import MethodNotAllowed, NotFound

from odoo.exceptions import (
    AccessDenied,
    AccessError,
    MissingError,
    UserError,
    ValidationError,
)
from odoo.sql_db import PoolError
from odoo.tests.common import TransactionCase, tagged

from odoo.addons.odoo_rest_token.exceptions import UnauthorizedInvalidToken

from ..errors import to_json_error
from .common import RestApiCase


@tagged("post_install", "-at_install")
class TestToJsonError(TransactionCase):
    def test_exceptions_have_their_status(self):
        for exception, code in [
            (UserError("no"), 422),
            (ValidationError("no"), 422),
            (psycopg2.DataError(), 400),
            (AccessError("no"), 403),
            (AccessDenied(), 403),
            (MissingError("no"), 404),
            (NotFound(), 404),
            (psycopg2.OperationalError(), 503),
            (PoolError(), 503),
            (KeyError("no"), 500),
        ]:
            self.assertEqual(to_json_error(exception).code, code, exception)

    def test_messages_for_users_are_passed_on_and_others_kept_back(self):
        self.assertEqual(to_json_error(UserError("Too late")).description, "Too late")
        for exception in (KeyError("secret"), psycopg2.OperationalError("secret")):
            self.assertNotIn("secret", to_json_error(exception).get_body())

    def test_headers_of_http_errors_are_kept(self):
        error = to_json_error(MethodNotAllowed(["GET", "PUT"]))
        headers = dict(error.get_headers())
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertIn("GET", headers["Allow"])

    def test_json_errors_stay_as_they_are(self):
        error = UnauthorizedInvalidToken()
        self.assertIs(to_json_error(error), error)


@tagged("post_install", "-at_install")
class TestErrors(RestApiCase):
    def test_unknown_paths_are_404(self):
        for path in (
            "/api/",
            "/api/nothing",
            "/api/auth/",
            "/api/auth/tokens/x",
            "/api/auth/me/more",
            "/rest/sky/nothing",
        ):
            for method in ("GET", "POST", "DELETE"):
                self.assertError(self.client.request(method, path), 404)

    def test_other_methods_are_405_and_say_which_are_allowed(self):
        for method in ("PUT", "PATCH"):
            response = self.client.request(method, "/api/auth/token")
            self.assertError(response, 405)
            for allowed in ("GET", "POST", "DELETE"):
                self.assertIn(allowed, response.headers["Allow"])

    def test_what_can_not_be_read_is_400(self):
        json_type = {"Content-Type": "application/json"}
        form_type = {"Content-Type": "application/x-www-form-urlencoded"}
        for data, headers in [
            ("{", json_type),
            ("[]", json_type),
            ('"text"', json_type),
            ("NaN", json_type),
            (b"\xff", json_type),
            (b'"\xff"', {"Content-Type": "application/json; charset=klingon"}),
            ('{"login": "\\u0000"}', json_type),
            ('{"login": "\\ud800"}', json_type),
            ('{"login": "a", "login": "b"}', json_type),
            (2000 * "[" + 2000 * "]", json_type),
            ("login=a&login=b", form_type),
            ("login=%00", form_type),
            ("login=%ff", form_type),
            ("&".join(f"a{number}=" for number in range(1001)), form_type),
        ]:
            with self.subTest(data=data[:40]):
                response = self._request(
                    "POST", "/api/auth/token", data=data, headers=headers
                )
                self.assertError(response, 400)

    def test_parameters_are_no_arguments_of_the_server(self):
        for name in ("self", "collection", "params", "service_name", "___dbname"):
            response = self._request("POST", "/api/auth/token", json={name: "x"})
            self.assertError(response, 400, "login: ")
