from odoo import fields
from odoo.tests.common import tagged

from .common import CALLBACK, OAuthCase


@tagged("post_install", "-at_install")
class TestCode(OAuthCase):
    """A user connects an application (RFC 6749, section 4.1)."""

    def test_user_connects_an_application(self):
        self._log_in()
        page = self._ask()
        self.assertPage(page, 200, "<strong>Time Sheets</strong>")
        answer = self._read_redirect(self._decide(page))
        self.assertEqual(answer["state"], "of the application")
        response = self._redeem(answer["code"])
        token = self.assertDone(response)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertEqual(token["token_type"], "Bearer")
        self.assertEqual(token["scope"], "partners:read")
        self.assertAlmostEqual(token["expires_in"], 3600, delta=10)
        self.assertRegex(token["access_token"], "^access_token_[0-9a-f]{40}$")
        self.assertEqual(self._try(token), 200)
        self.assertEqual(self._try(token, "/api/partners"), 200)
        self.assertEqual(self._try(token, "/api/countries"), 403)

    def test_it_acts_as_its_user(self):
        self._log_in()
        token = self._connect()
        connection = self.connections.search([("user_id", "=", self.holder.id)])
        self.assertEqual(connection.application_id, self.application)
        self.assertEqual(connection.state, "connected")
        self.assertEqual(connection.scope_ids.mapped("name"), ["partners:read"])
        self.assertEqual(connection.token_ids.user_id, self.holder)
        self.assertEqual(connection.token_ids.origin, "oauth")
        self.assertIn(connection.token_ids.prefix, token["access_token"])

    def test_who_is_not_logged_in_logs_in_first(self):
        response = self._ask()
        self.assertEqual(response.status_code, 303)
        location = response.headers["Location"]
        self.assertTrue(location.startswith("/web/login?redirect=%2Foauth%2Fauthorize"))

    def test_without_room_for_a_token_all_stays_as_it_was(self):
        self.env["ir.config_parameter"].set_param(
            "odoo_rest_token_oauth.max_connections", "1"
        )
        self._log_in()
        first = self._connect()
        code = self._allow()
        self._set_parameter("max_active", "0")
        for _try in range(2):
            response = self._redeem(code)
            self.assertOAuthError(response, "temporarily_unavailable", 503)
        response = self._refresh(first["refresh_token"])
        self.assertOAuthError(response, "temporarily_unavailable", 503)
        self.assertEqual(self._try(first), 200)
        self._set_parameter("max_active", "50")
        first = self.assertDone(self._refresh(first["refresh_token"]))
        second = self.assertDone(self._redeem(code))
        self.assertEqual([self._try(each) for each in (first, second)], [401, 200])

    def test_user_does_not_allow_it(self):
        self._log_in()
        answer = self._read_redirect(self._decide(self._ask(), "deny"))
        self.assertEqual(answer["error"], "access_denied")
        self.assertEqual(answer["state"], "of the application")
        self.assertNotIn("code", answer)
        self.assertFalse(self.connections.search([]))

    def test_application_is_public(self):
        self._log_in()
        application = self._new_public_application()
        token = self._connect(application)
        self.assertEqual(self._try(token), 200)

    def test_secret_may_be_in_the_form(self):
        self._log_in()
        code = self._allow()
        form = {"client_id": self.application.client_id, "client_secret": self.secret}
        form.update(grant_type="authorization_code", code=code, redirect_uri=CALLBACK)
        form["code_verifier"] = self.verifier
        response = self._browse("POST", "/api/oauth/token", data=form)
        self.assertEqual(self._try(self.assertDone(response)), 200)

    def test_code_is_good_for_a_minute(self):
        self._log_in()
        code = self._allow()
        connection = self.connections.search([])
        self.assertEqual(connection.state, "pending")
        connection.expires_at = fields.Datetime.now()
        self.assertOAuthError(self._redeem(code), "invalid_grant")

    def test_code_that_is_used_twice_ends_what_came_of_it(self):
        self._log_in()
        code = self._allow()
        token = self.assertDone(self._redeem(code))
        self.assertEqual(self._try(token), 200)
        self.assertOAuthError(self._redeem(code), "invalid_grant")
        self.assertEqual(self._try(token), 401)
        refreshed = self._refresh(token["refresh_token"])
        self.assertOAuthError(refreshed, "invalid_grant")

    def test_no_limits_are_said_to_be_none(self):
        self._log_in()
        self.application.write({"may_do_everything": True, "scope_ids": [(5, 0, 0)]})
        page = self._ask(scope=None)
        self.assertPage(page, 200, "all that you can do")
        code = self._read_redirect(self._decide(page))["code"]
        token = self.assertDone(self._redeem(code))
        self.assertNotIn("scope", token)
        self.assertEqual(self._try(token, "/api/countries"), 200)

    def test_without_a_scope_it_is_all_that_is_allowed(self):
        self._log_in()
        token = self._connect(scope=None)
        self.assertEqual(token["scope"], "auth:read partners:read")
