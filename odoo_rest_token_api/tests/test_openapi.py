from odoo.tests.common import tagged

from .common import RestApiCase


@tagged("post_install", "-at_install")
class TestOpenapi(RestApiCase):
    def setUp(self):
        super().setUp()
        self.document = self._request("GET", "/api-docs/api/auth.json").json()

    def test_address_is_right_behind_any_proxy(self):
        self.assertEqual(self.document["servers"], [{"url": "/api/auth"}])

    def test_operations_say_whether_they_need_a_token(self):
        for path, method, scopes in [
            ("/me", "get", []),
            ("/token", "get", None),
            ("/token", "post", None),
            ("/token", "delete", []),
            ("/tokens", "get", ["auth:read"]),
            ("/tokens/{token_id}", "delete", ["auth:write"]),
        ]:
            security = self.document["paths"][path][method]["security"]
            if scopes is None:
                self.assertEqual(security, [], (method, path))
            else:
                self.assertEqual(
                    security, [{"access_token": scopes}, {"bearer": scopes}]
                )

    def test_schemes_are_those_that_the_server_reads(self):
        schemes = self.document["components"]["securitySchemes"]
        self.assertEqual(
            schemes["access_token"],
            {"type": "apiKey", "in": "header", "name": "access-token"},
        )
        self.assertEqual(schemes["bearer"], {"type": "http", "scheme": "bearer"})

    def test_swagger_ui_lists_the_services(self):
        page = self._request("GET", "/api-docs").text
        self.assertIn("/api-docs/api/auth.json", page)
        self.assertIn("/api-docs/rest/sky/token.json", page)
