import logging
import re
from uuid import uuid4

from odoo.tests.common import tagged

from ..monitoring.trace import AddRequestId
from .common import RestApiCase

HEADER = "X-Request-Id"
MADE = "[0-9a-f]{32}"


class Lines(logging.Handler):
    """What Odoo's log would say, as it formats it."""

    def __init__(self):
        super().__init__()
        self.addFilter(AddRequestId())
        self.setFormatter(logging.Formatter("%(name)s: %(message)s %(perf_info)s"))
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@tagged("post_install", "-at_install")
class TestRequestId(RestApiCase):
    """Each request has an id, which its client can quote."""

    def _get_id(self, method, path, secret=None, given=None, **options):
        headers = {**options.pop("headers", {}), **({HEADER: given} if given else {})}
        response = self._request(method, path, secret, headers=headers, **options)
        return response.headers.get(HEADER)

    def test_one_is_made_for_each_request(self):
        ids = {self._get_id("GET", "/api/auth/me") for _number in range(3)}
        self.assertEqual(len(ids), 3)
        for made in ids:
            self.assertRegex(made, f"^{MADE}$")

    def test_that_of_the_client_is_taken(self):
        for given in (str(uuid4()), "Root=1-67891233-abcdef012345678912345678", "1"):
            made = self._get_id("GET", "/api/auth/me", self.client.secret, given)
            self.assertEqual(made, given)

    def test_what_is_none_is_replaced(self):
        for given in ("a b", "x" * 129, "<b>", 'a"b', "\u00e9", "a,b", "%0a"):
            with self.subTest(given=given):
                header = given.encode() if isinstance(given, str) else given
                made = self._get_id("GET", "/api/auth/me", given=header)
                self.assertRegex(made, f"^{MADE}$")

    def test_all_answers_have_it(self):
        long_body = b"x" * (21 * 1024 * 1024)
        for method, path, status, options in (
            ("GET", "/api/auth/me", 200, {}),
            ("HEAD", "/api/auth/me", 200, {}),
            ("GET", "/api/partners?limit=nonsense", 400, {}),
            ("GET", "/api/nothing", 404, {}),
            ("PUT", "/api/auth/me", 405, {}),
            ("OPTIONS", "/api/auth/me", 405, {}),
            ("POST", "/api/partners", 413, {"data": long_body}),
            ("GET", "/api/auth/me?" + "x" * 40000, 414, {}),
            ("GET", "/api/auth/me", 431, {"headers": {"X-Long": "x" * 9000}}),
            ("GET", "/api/partners", 200, {"headers": {"Accept": "text/csv"}}),
            ("GET", "/api/openapi.json", 200, {}),
            ("GET", "/api-docs/", 404, {}),
        ):
            with self.subTest(method=method, path=path[:40]):
                headers = {HEADER: "mine-1", **options.pop("headers", {})}
                response = self.client.request(method, path, headers=headers, **options)
                if not path.startswith("/api-docs"):
                    self.assertEqual(response.status_code, status, response.text[:200])
                self.assertEqual(response.headers[HEADER], "mine-1")

    def test_pages_of_odoo_have_none(self):
        self.assertIsNone(self._get_id("GET", "/web/login", given="mine-2"))

    def test_route_that_takes_tokens_has_it(self):
        path = "/odoo_rest_token/test/whoami"
        for secret in (self.client.secret, None):
            self.assertEqual(self._get_id("GET", path, secret, "mine-3"), "mine-3")

    def test_page_of_another_origin_may_read_and_send_it(self):
        origin = "https://app.example.com"
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("odoo_rest_token_api.cors_origins", origin)
        answer = self.client.get("/api/auth/me", headers={"Origin": origin})
        exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
        self.assertIn(HEADER, exposed)
        asks = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        preflight = self._request("OPTIONS", "/api/auth/me", headers=asks)
        allowed = preflight.headers["Access-Control-Allow-Headers"].split(", ")
        self.assertIn(HEADER, allowed)
        self.assertIn(HEADER, preflight.headers)

    def test_lines_of_the_log_have_it(self):
        handler = Lines()
        root = logging.getLogger()
        root.addHandler(handler)
        self.addCleanup(root.removeHandler, handler)
        given = f"mine-{uuid4()}"
        self._get_id("GET", "/api/auth/me", self.client.secret, given)
        self._request("GET", "/web/login")
        served = [line for line in handler.lines if "/api/auth/me" in line]
        self.assertRegex(served[0], f" {re.escape(given)}$")
        others = [line for line in handler.lines if "/web/login" in line]
        self.assertNotIn(given, "".join(others))
