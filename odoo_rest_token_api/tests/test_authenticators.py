from unittest.mock import patch

from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token.principal import Authenticator, Principal

from .common import RestApiCase


class Badge(Authenticator):
    """Credential of another addon: the login itself, in a header of its own."""

    name = "badge"
    scheme = {"type": "apiKey", "in": "header", "name": "X-Badge"}

    def get_credential(self, httprequest):
        return httprequest.headers.get("X-Badge")

    def authenticate(self, env, credential):
        domain = [("login", "=", credential)]
        return Principal(env["res.users"].sudo().search(domain).id)


@tagged("post_install", "-at_install")
class TestAuthenticators(RestApiCase):
    """Other addons add kinds of credentials, by one method of ``ir.http``."""

    def setUp(self):
        super().setUp()
        ir_http = type(self.env["ir.http"])
        known = ir_http._get_rest_authenticators()
        authenticators = classmethod(lambda cls: [*known, Badge()])
        patcher = patch.object(ir_http, "_get_rest_authenticators", authenticators)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.badge = {"X-Badge": self.holder.login}

    def test_credential_of_its_own_header_is_accepted(self):
        response = self._request("GET", "/api/partners?limit=1", headers=self.badge)
        self.assertEqual(self.assertDone(response)["count"], 1)

    def test_credentials_of_two_kinds_are_refused(self):
        self.assertError(self.client.get("/api/auth/me", headers=self.badge), 400)

    def test_who_has_no_token_is_told_so(self):
        response = self._request("GET", "/api/auth/me", headers=self.badge)
        answer = self.assertDone(response)
        self.assertEqual(answer["uid"], self.holder.id)
        self.assertIsNone(answer["token"])
        self.assertAsDocumented(response)
        for method, path in (
            ("DELETE", "/api/auth/token"),
            ("DELETE", "/rest/sky/token"),
            ("POST", "/api/auth/token/rotate"),
            ("POST", "/api/auth/session"),
        ):
            response = self._request(method, path, headers=self.badge)
            self.assertError(response, 403)

    def test_each_kind_is_documented(self):
        # Not the description for everybody, which is kept.
        document = self.client.get("/api/openapi.json").json()
        schemes = document["components"]["securitySchemes"]
        self.assertEqual(schemes["badge"], Badge.scheme)
        self.assertLessEqual({"access_token", "bearer", "badge"}, set(schemes))
        security = document["paths"]["/api/partners"]["get"]["security"]
        self.assertIn({"badge": ["partners:read"]}, security)
