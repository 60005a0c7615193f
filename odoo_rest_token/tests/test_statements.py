from contextlib import suppress

from odoo.tests.common import tagged

from ..exceptions import UnauthorizedInvalidToken
from .common import RestTokenCase, RestTokenHttpCase

PING = "/odoo_rest_token/test/ping"


@tagged("post_install", "-at_install")
class TestStatements(RestTokenCase):
    """It takes one SQL statement to tell whether a token is valid, and whose it is."""

    def _count(self, secret):
        self.tokens._get_holders_groups()  # which Odoo remembers
        before = self.env.cr.sql_log_count
        with suppress(UnauthorizedInvalidToken):
            self.tokens._authenticate(secret)
        return self.env.cr.sql_log_count - before

    def test_valid_token(self):
        _token, secret = self._issue()
        self.assertEqual(self._count(secret), 1)

    def test_limited_token(self):
        self.env["rest.token.scope"]._ensure(["test:read"])
        _token, secret = self._issue(scope="test:read")
        self.assertEqual(self._count(secret), 1)

    def test_token_that_is_refused(self):
        revoked, revoked_secret = self._issue()
        revoked.action_revoke()
        expired, expired_secret = self._issue()
        self._expire(expired)
        self._flush()
        unknown_secret = "access_token_" + 40 * "0"
        for secret in (revoked_secret, expired_secret, unknown_secret, "malformed"):
            with self.assertRaises(UnauthorizedInvalidToken):
                self.tokens._authenticate(secret)
            self.assertEqual(self._count(secret), 1, secret)


@tagged("post_install", "-at_install")
class TestRequestStatements(RestTokenHttpCase):
    def _get_statements(self, path, secret=None):
        self._flush()
        return self._record_statements(lambda: self._request("GET", path, secret))

    def _count_more(self):
        """Tell how many more a request takes with a token than without one."""
        _token, secret = self._issue()
        for path in (PING, f"{PING}/token"):
            self._get_statements(path, secret)  # notes the use, fills Odoo's caches
        floor = self._get_statements(PING)
        statements = self._get_statements(f"{PING}/token", secret)
        return len(statements) - len(floor)

    def test_request_with_a_token_takes_one_more_and_one_more_if_it_is_counted(self):
        self._set_parameter("user_calls_per_minute", "0")
        self.assertEqual(self._count_more(), 1)
        for policy in ("user", "token"):
            self._set_parameter(f"{policy}_calls_per_minute", "1000")
            self.assertEqual(self._count_more(), 2)
