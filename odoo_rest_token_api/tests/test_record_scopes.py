from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordScopes(RecordCase):
    def setUp(self):
        super().setUp()
        self.partner = self._new_partner("Ada")
        path = self._path_of(self.partner)
        self.reading = [("GET", self.path, None), ("GET", path, None)]
        self.writing = [
            ("POST", self.path, {"name": "Bob"}),
            ("PATCH", path, {"city": "Porto"}),
            ("PUT", path, {"city": "Porto"}),
            ("DELETE", path, None),
        ]

    def _limit(self, scope):
        self.client = self._new_client(scope=scope)

    def _send(self, calls):
        for method, path, json in calls:
            with self.subTest(method=method, path=path):
                yield self.client.request(method, path, json=json)

    def assertAllowed(self, calls):
        for response in self._send(calls):
            self.assertLess(response.status_code, 300, response.text)

    def assertLimited(self, calls, scope):
        for response in self._send(calls):
            self.assertError(response, 403, scope)
            self.assertEqual(
                response.headers["WWW-Authenticate"],
                f'Bearer realm="Odoo", error="insufficient_scope", scope="{scope}"',
            )

    def test_there_are_scopes_for_each_service(self):
        names = self.env["rest.token.scope"].search([]).mapped("name")
        self.assertLessEqual({"partners:read", "partners:write"}, set(names))

    def test_token_without_scopes_has_all(self):
        self.assertAllowed(self.reading)
        self.assertAllowed(self.writing)

    def test_token_to_read(self):
        self._limit("partners:read")
        self.assertAllowed(self.reading)
        self.assertLimited(self.writing, "partners:write")
        self.assertTrue(self.partner.exists())
        self.assertFalse(self.partner.city)

    def test_token_to_write(self):
        self._limit("partners:write")
        self.assertLimited(self.reading, "partners:read")
        self.assertAllowed(self.writing)

    def test_token_to_read_and_write(self):
        self._limit("partners:read partners:write")
        self.assertAllowed(self.reading)
        self.assertAllowed(self.writing)

    def test_token_for_other_things(self):
        self._limit("auth:read auth:write")
        self.assertLimited(self.reading, "partners:read")
        self.assertLimited(self.writing, "partners:write")

    def test_scope_gives_no_right_that_the_user_has_not(self):
        self.client = self._new_client(self._new_user("reader"), scope="partners:write")
        self.assertError(self._post({"name": "Bob"}), 403)
        self.assertFalse(self.partners.search([("name", "=", "Bob")]))

    def test_limited_token_looks_at_itself(self):
        self._limit("partners:read")
        answer = self.assertDone(self._get("/api/auth/me"))
        self.assertEqual(answer["token"]["scopes"], ["partners:read"])
