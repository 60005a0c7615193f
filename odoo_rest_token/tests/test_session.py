from unittest.mock import patch

from odoo.tests.common import tagged

from .. import compat
from .common import RestTokenHttpCase


@tagged("post_install", "-at_install")
class TestSession(RestTokenHttpCase):
    """Web sessions that a token opens."""

    def setUp(self):
        super().setUp()
        self.token, self.secret = self._issue()

    def _open(self, secret=None):
        path = "/odoo_rest_token/test/session"
        response = self._request("POST", path, secret or self.secret)
        session_id = response.cookies.get("session_id")
        if session_id:
            self.opener.cookies.clear()
            self.opener.cookies["session_id"] = session_id
        return response

    def _session_uid(self):
        """Who is logged in, as the web client asks for it."""
        answer = self._request("POST", "/web/session/get_session_info", json={}).json()
        return answer["result"]["uid"] if "result" in answer else None

    def assertLoggedOut(self):
        self.assertIsNone(self._session_uid())

    def test_session_is_the_users(self):
        self.assertEqual(self._open().text, self.holder.login)
        for _request in range(3):  # the web client reads its context again each time
            self.assertEqual(self._session_uid(), self.holder.id)

    def test_session_gets_a_new_id(self):
        self.authenticate(self.holder.login, self.holder.login)
        before = self.opener.cookies["session_id"]
        after = self._open().cookies["session_id"]
        self.assertNotEqual(after, before)
        self.opener.cookies.clear()
        self.opener.cookies["session_id"] = before
        self.assertLoggedOut()

    def test_session_takes_the_place_of_another_users(self):
        self.authenticate("admin", "admin")
        self._open()
        self.assertEqual(self._session_uid(), self.holder.id)

    def test_session_ends_when_the_token_is_revoked(self):
        self._open()
        self.assertEqual(self._session_uid(), self.holder.id)
        self.token.action_revoke()
        self.assertLoggedOut()

    def test_session_ends_when_the_token_expires(self):
        self._open()
        self._expire(self.token)
        self.assertLoggedOut()

    def test_session_ends_when_the_token_is_deleted(self):
        self._open()
        self.token.unlink()
        self.assertLoggedOut()

    def test_session_ends_when_its_user_is_deleted(self):
        user = self._new_user("gone")
        self._open(self._issue(user)[1])
        self.assertEqual(self._session_uid(), user.id)
        user.unlink()
        path = "/web/session/get_session_info"
        answer = self._request("POST", path, json={}).json()
        self.assertEqual(answer["error"]["code"], 100)  # Odoo's: it has expired

    def test_it_takes_no_statement_to_tell_that_no_program_is_logged_in(self):
        self._flush()
        self.holder._compute_session_token("sid")
        self._invalidate()
        statements = self._record_statements(
            lambda: self.holder._compute_session_token("sid")
        )
        self.assertFalse([each for each in statements if "is_rest_program" in each])

    def test_session_ends_when_the_user_may_hold_no_tokens(self):
        self._open()
        group = self.env.ref("odoo_rest_token.group_rest_token")
        self.env.ref("base.group_user").implied_ids -= group
        compat.remove_from_group(self.holder, group)
        self.assertLoggedOut()

    def test_sessions_of_other_tokens_go_on(self):
        self._open()
        other, _secret = self._issue()
        other.action_revoke()
        self.assertEqual(self._session_uid(), self.holder.id)

    def test_session_of_the_password_does_not_depend_on_tokens(self):
        self.authenticate(self.holder.login, self.holder.login)
        self.token.action_revoke()
        self.assertEqual(self._session_uid(), self.holder.id)

    def test_session_counts_as_use_of_the_token(self):
        self._open()
        self.token.usage_ids.unlink()
        with patch.object(type(self.tokens), "_note_use", autospec=True) as note_use:
            self._session_uid()
        note_use.assert_called()
        self.assertEqual(note_use.call_args[0][1], self.token.id)

    def test_client_can_not_cut_the_session_from_its_token(self):
        self._open()
        self._request(
            "POST",
            "/web/session/get_session_info",
            json={"params": {"context": {"rest_token_id": None}}},
        )
        self.token.action_revoke()
        self.assertLoggedOut()

    def test_session_is_not_moved_to_another_token(self):
        other, _secret = self._issue()
        self._open()
        self._request(
            "POST",
            "/web/session/get_session_info",
            json={"params": {"context": {"rest_token_id": other.id}}},
        )
        self.token.action_revoke()
        self.assertLoggedOut()

    def test_limited_token_opens_no_session(self):
        self.env["rest.token.scope"]._ensure(["test:read"])
        _token, limited = self._issue(scope="test:read")
        response = self._open(limited)
        self.assertEqual(response.status_code, 403)
        self.assertIn("insufficient_scope", response.headers["WWW-Authenticate"])
        self.assertNotIn("session_id", response.cookies)

    def test_user_with_a_second_factor_opens_no_session(self):
        with patch.object(type(self.holder), "_mfa_url", lambda self: "/web/login/x"):
            response = self._open()
        self.assertEqual(response.status_code, 403)
        self.assertIn("two-factor", response.json()["description"])
        self.assertLoggedOut()

    def test_administrator_forbids_sessions(self):
        for value in ("0", "False", "nonsense"):
            with self.subTest(value=value):
                self._set_parameter("allow_session", "1")
                self._open()
                self._set_parameter("allow_session", value)
                self.assertEqual(self._open().status_code, 403)
                self.assertLoggedOut()

    def test_other_routes_open_no_session(self):
        response = self._request("GET", "/odoo_rest_token/test/whoami", self.secret)
        self.assertNotIn("session_id", response.cookies)
        self.assertLoggedOut()

    def test_session_is_closed(self):
        self._open()
        path = "/odoo_rest_token/test/session/end"
        self.assertEqual(self._request("POST", path).text, "True")
        self.assertLoggedOut()
        self.assertEqual(self._request("POST", path).text, "False")
