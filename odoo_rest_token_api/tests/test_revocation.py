import logging

from odoo.tests.common import tagged

from .common import RestApiCase

PATH = "/api/auth/revoke"
LOGGER = "odoo.addons.odoo_rest_token.models.rest_token"
UNKNOWN = "access_token_" + 40 * "0"


@tagged("post_install", "-at_install")
class TestRevocation(RestApiCase):
    """RFC 7009: whoever has a token can revoke it."""

    def _revoke(self, **options):
        return self._request("POST", PATH, **options)

    def assertRefused(self, response, error="invalid_request", code=400):
        self.assertEqual(response.status_code, code, response.text)
        answer = response.json()
        self.assertEqual(set(answer), {"code", "name", "description", "error"})
        self.assertEqual((answer["code"], answer["error"]), (code, error))
        self.assertAsDocumented(response)
        return answer["description"]

    def assertWorks(self):
        self.assertDone(self.client.get("/api/auth/me"))

    def test_token_that_one_has_is_revoked(self):
        other = self._new_client()
        response = self._revoke(data={"token": self.client.secret})
        self.assertEqual(self.assertDone(response), {})
        self.assertAsDocumented(response)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertError(self.client.get("/api/auth/me"), 401)
        self.assertEqual(self.client.token.state, "revoked")
        self.assertDone(other.get("/api/auth/me"))

    def test_whatever_is_no_token_gets_the_same_answer(self):
        revoked, expired = self._new_client(), self._new_client()
        revoked.token.action_revoke()
        self._expire(expired.token)
        prefix = self.client.secret[:21]
        for secret in (UNKNOWN, revoked.secret, expired.secret, "é", prefix):
            response = self._revoke(data={"token": secret})
            self.assertEqual(self.assertDone(response), {}, secret)
        self.assertFalse(expired.token.revoked_at)
        self.assertWorks()

    def test_hint_and_what_other_clients_send_has_no_effect(self):
        data = {"client_id": "x", "client_secret": "y", "token": self.client.secret}
        for hint in ("access_token", "refresh_token", "what"):
            self.client = self._new_client()
            data.update(token=self.client.secret, token_type_hint=hint)
            self.assertDone(self._revoke(data=data, auth=("client", "secret")))
            self.assertEqual(self.client.token.state, "revoked", hint)

    def test_json_will_do(self):
        self.assertDone(self._revoke(json={"token": self.client.secret}))
        self.assertEqual(self.client.token.state, "revoked")

    def test_token_of_the_request_is_another_matter(self):
        other = self._new_client()
        response = self.client.post(PATH, data={"token": other.secret})
        self.assertDone(response)
        self.assertWorks()
        self.assertDone(self.client.post(PATH, data={"token": UNKNOWN}))
        self.assertWorks()

    def test_what_can_not_be_read_is_told_as_oauth_tells_it(self):
        secret = self.client.secret
        for options in (
            {},
            {"data": {"token": ""}},
            {"data": {"token_type_hint": "access_token"}},
            {"data": [("token", secret), ("token", UNKNOWN)]},
            {"json": {"token": [secret]}},
            {"json": [secret]},
            {"data": "{", "headers": {"Content-Type": "application/json"}},
        ):
            self.assertRefused(self._revoke(**options))
        self.assertWorks()

    def test_database_may_be_named(self):
        data = {"token": self.client.secret, "db": "another_database"}
        self.assertError(self._revoke(data=data), 400, "^db: ")
        self.assertWorks()
        self.assertDone(self._revoke(data={**data, "db": self.env.cr.dbname}))
        self.assertEqual(self.client.token.state, "revoked")

    def test_query_string_is_not_read(self):
        for data in ({}, {"token": UNKNOWN}):
            response = self._revoke(params={"token": self.client.secret}, data=data)
            description = self.assertRefused(response)
            self.assertNotIn(self.client.secret, description)
        self.assertWorks()

    def test_only_post_will_do(self):
        for method in ("GET", "PUT", "DELETE"):
            response = self._request(method, PATH, data={"token": self.client.secret})
            self.assertError(response, 405)
        self.assertWorks()

    def test_unknown_token_takes_one_statement(self):
        def revoke(secret=UNKNOWN):
            self.assertDone(self._revoke(data={"token": secret}))

        revoke()
        statements = self._record_statements(revoke)
        tokens = [each for each in statements if "rest_token" in str(each)]
        self.assertEqual(len(tokens), 1, tokens)

    def test_log_says_what_was_revoked_and_no_secret(self):
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            self._request_loudly(self.client.secret)
        (line,) = logs.output
        self.assertIn(f"REST token {self.client.token.prefix} of", line)
        self.assertIn("revoked by", line)
        self.assertIn("from 127.0.0.1", line)
        self.assertNotIn(self.client.secret[21:], line)

    def _request_loudly(self, secret):
        self._flush()
        self.url_open(PATH, data={"token": secret})
