import json

import psycopg2
from markupsafe import Markup
from werkzeug.exceptions import (
    BadRequest,
    MethodNotAllowed,
    NotFound,
    default_exceptions,
)

from odoo.exceptions import (
    AccessDenied,
    AccessError,
    MissingError,
    UserError,
    ValidationError,
)
from odoo.sql_db import PoolError
from odoo.tests.common import TransactionCase, tagged

from odoo.addons.odoo_rest_token.exceptions import (
    JsonError,
    UnauthorizedInvalidToken,
    not_allowed,
)

from ..errors import InvalidParameter, to_json_error
from ..limits import (
    MAX_CONTENT_TYPE,
    MAX_HEADER,
    MAX_HEADERS,
    MAX_PATH,
    MAX_QUERY,
    TOKEN_HOLDER,
)
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
            (psycopg2.DatabaseError(), 503),
            (PoolError(), 503),
            (KeyError("no"), 500),
        ]:
            self.assertEqual(to_json_error(exception).code, code, exception)

    def test_messages_for_users_are_passed_on_and_others_kept_back(self):
        self.assertEqual(to_json_error(UserError("Too late")).description, "Too late")
        for exception in (KeyError("secret"), psycopg2.OperationalError("secret")):
            self.assertNotIn("secret", to_json_error(exception).get_body())

    def test_what_odoo_says_of_rights_is_kept_back(self):
        text = "Due to a rule, you can't read Secret Co (res.partner: 7)"
        for exception in (AccessError(text), MissingError(text)):
            with self.assertLogs("odoo.addons.odoo_rest_token_api.errors") as log:
                body = to_json_error(exception).get_body()
            self.assertNotRegex(body, "Secret|7|rule|res.partner")
            self.assertIn("Secret Co", log.output[0])

    def test_what_we_say_of_rights_is_passed_on(self):
        error = to_json_error(not_allowed("Not on Sundays."))
        self.assertEqual((error.code, error.description), (403, "Not on Sundays."))

    def test_headers_of_http_errors_are_kept(self):
        error = to_json_error(MethodNotAllowed(["GET", "PUT"]))
        headers = dict(error.get_headers())
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertIn("GET", headers["Allow"])

    def test_text_is_no_html(self):
        text = "a < 5 and b > 3, <b>&amp;</b>"
        for error in (JsonError(text, code=400), BadRequest(text), UserError(text)):
            body = json.loads(to_json_error(error).get_body())
            self.assertEqual(body["description"], text)

    def test_html_becomes_text(self):
        error = BadRequest(Markup("<p>1 &lt; 2</p>"))
        self.assertEqual(to_json_error(error).description, "1 < 2")
        for exception in default_exceptions.values():
            body = to_json_error(exception()).get_body()
            self.assertNotRegex(body, "<|&[a-z]+;")

    def test_errors_are_short(self):
        text = "<" * 10**6
        for error in (
            JsonError(text, code=400),
            BadRequest(text),
            BadRequest(Markup(text)),  # nosec B704
            ValidationError(text),
            InvalidParameter(text, "is wrong"),
        ):
            body = json.loads(to_json_error(error).get_body())
            self.assertLess(len(body["description"]), 2010)
        self.assertIn("is wrong", body["description"])

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

    def test_lines_and_headers_have_a_length(self):
        half = "a" * (MAX_HEADER // 2)
        many = {f"X-{number}": half for number in range(2 * MAX_HEADERS // MAX_HEADER)}
        fields = "&".join(["a"] * TOKEN_HOLDER.fields)
        for path in ("/api/auth/me", "/api/nothing", "/rest/sky/token", "/api-docs/x"):
            for code, target, headers in (
                (414, f"{path}/{'a' * MAX_PATH}", {}),
                (414, f"{path}?{'a' * (MAX_QUERY + 1)}", {}),
                (400, f"{path}?{fields}&b", {}),
                (400, f"{path}?{fields.replace('&', ';')};b", {}),
                (431, path, {"Accept-Language": "a" * MAX_HEADER}),
                (431, path, {"Cookie": "a" * MAX_HEADER}),
                (431, path, {"Content-Type": "a" * (MAX_CONTENT_TYPE + 1)}),
                (431, path, many),
            ):
                with self.subTest(target=target[:40], headers=list(headers)):
                    response = self._request("GET", target, headers=headers)
                    self.assertError(response, code)
        self.assertDone(self.client.get("/api/auth/me", headers={"X": half}))

    def test_options_without_a_value_are_no_server_error(self):
        for option in ("a*0", "a*0;b=c", "a*0=b;a*1", "boundary*0", "boundary", "a*"):
            content_type = f"multipart/form-data; {option}; boundary=x"
            part = f'--x\r\nContent-Disposition: form-data; name="a"; {option}'
            for headers, body in (
                ({"Content-Type": content_type}, "--x--"),
                ({"Content-Type": "multipart/form-data; boundary=x"}, part),
            ):
                response = self._request(
                    "POST",
                    "/api/auth/token",
                    headers=headers,
                    data=f"{body}\r\n\r\n1\r\n--x--\r\n",
                )
                self.assertError(response, 400)

    def test_unknown_transfer_codings_are_refused(self):
        for coding in ("gzip", "gzip, chunked", "chunked, chunked", "identity", "x"):
            for path in ("/api/auth/token", "/api/auth/me", "/api-docs"):
                response = self._request(
                    "GET", path, headers={"Transfer-Encoding": coding}
                )
                self.assertError(response, 400, "Transfer-Encoding")
