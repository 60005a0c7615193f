from odoo import fields
from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token import compat

from .common import OAuthCase


@tagged("post_install", "-at_install")
class TestRefresh(OAuthCase):
    """An application goes on without its user (RFC 6749, section 6)."""

    def setUp(self):
        super().setUp()
        self._log_in()
        self.first = self._connect(scope=None)
        self.connection = self.connections.search([])

    def assertEnded(self, answer):
        self.assertEqual(self._try(answer), 401)
        self.assertTrue(self.connection.ended_at)
        self.assertNotEqual(self.connection.state, "connected")

    def test_each_refresh_token_is_good_once(self):
        second = self.assertDone(self._refresh(self.first["refresh_token"]))
        self.assertNotEqual(second["refresh_token"], self.first["refresh_token"])
        self.assertEqual(second["scope"], self.first["scope"])
        self.assertEqual(self._try(second), 200)
        self.assertEqual(self._try(self.first), 401)
        third = self.assertDone(self._refresh(second["refresh_token"]))
        self.assertEqual(self._try(third), 200)
        self.assertEqual(len(self.connections.search([])), 1)

    def test_one_that_is_used_twice_ends_the_family(self):
        second = self.assertDone(self._refresh(self.first["refresh_token"]))
        response = self._refresh(self.first["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")
        self.assertEnded(second)
        response = self._refresh(second["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")

    def test_one_that_is_made_up_is_of_nobody(self):
        made_up = f"refresh_token_{'0' * 40}"
        self.assertOAuthError(self._refresh(made_up), "invalid_grant")
        for other in ("", "x", self.first["access_token"], "\u20ac"):
            self.assertEqual(self._refresh(other).status_code, 400)
        self.assertEqual(self._try(self.first), 200)

    def test_a_token_may_get_fewer_scopes_and_no_others(self):
        for scope in ("partners:write", "auth:read partners:write", " ", "  "):
            response = self._refresh(self.first["refresh_token"], scope=scope)
            self.assertOAuthError(response, "invalid_scope")
        fewer = self._refresh(self.first["refresh_token"], scope="auth:read")
        fewer = self.assertDone(fewer)
        self.assertEqual(fewer["scope"], "auth:read")
        self.assertEqual(self._try(fewer, "/api/partners"), 403)
        all_again = self.assertDone(self._refresh(fewer["refresh_token"]))
        self.assertEqual(all_again["scope"], "auth:read partners:read")

    def test_what_the_administrator_allows_no_more_is_lost(self):
        scopes = self.application.scope_ids
        reading = scopes.filtered(lambda each: each.name == "auth:read")
        self.application.scope_ids = reading
        self.assertEqual(self._try(self.first), 401)
        less = self.assertDone(self._refresh(self.first["refresh_token"]))
        self.assertEqual(less["scope"], "auth:read")
        self.application.scope_ids = scopes - reading - scopes
        response = self._refresh(less["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")

    def test_no_limits_are_lost_with_the_leave_to_ask_for_none(self):
        self.application.may_do_everything = True
        token = self._connect(scope=None)
        self.assertNotIn("scope", token)
        self.application.may_do_everything = False
        response = self._refresh(token["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")

    def test_it_expires_where_it_is_not_used(self):
        self.connection.expires_at = fields.Datetime.now()
        response = self._refresh(self.first["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")

    def test_it_is_for_its_application(self):
        other = self._new_application(name="Other")
        secret = other._new_secret()
        response = self._refresh(self.first["refresh_token"], other, secret)
        self.assertOAuthError(response, "invalid_grant")
        self.assertEqual(self._try(self.first), 200)

    def test_it_ends_with_the_password(self):
        self.holder.password = "another one"
        self.assertEnded(self.first)
        response = self._refresh(self.first["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")

    def test_it_ends_with_the_user(self):
        self.holder.active = False
        self.assertEnded(self.first)
        self.holder.active = True
        response = self._refresh(self.first["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")

    def test_it_rests_while_the_user_may_hold_no_tokens(self):
        holders = self.env.ref("odoo_rest_token.group_rest_token")
        users = self.env.ref("base.group_user")
        compat.remove_from_group(self.holder, users)
        compat.remove_from_group(self.holder, holders)
        compat.add_to_group(self.holder, self.env.ref("base.group_portal"))
        self.assertEqual(self._try(self.first), 401)
        response = self._refresh(self.first["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")

    def test_it_ends_with_the_application(self):
        self.application.active = False
        self.assertEnded(self.first)
        response = self._refresh(self.first["refresh_token"])
        self.assertOAuthError(response, "invalid_client", response.status_code)
        self.application.active = True
        response = self._refresh(self.first["refresh_token"])
        self.assertOAuthError(response, "invalid_grant")

    def test_it_ends_with_its_access_token(self):
        self.connection.token_ids.with_user(self.holder).action_revoke()
        self.assertEnded(self.first)

    def test_access_token_is_not_rotated(self):
        response = self._request(
            "POST", "/api/auth/token/rotate", self.first["access_token"]
        )
        self.assertError(response, 403, "refreshed")
        self.assertEqual(self._try(self.first), 200)

    def test_user_disconnects_it(self):
        connections = self.connection.with_user(self.holder)
        connections.action_disconnect()
        self.assertEnded(self.first)

    def test_old_connections_end_where_there_are_too_many(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("odoo_rest_token_oauth.max_connections", "2")
        second, third = self._connect(), self._connect()
        self.assertEnded(self.first)
        self.assertEqual([self._try(each) for each in (second, third)], [200, 200])

    def test_vacuum_removes_what_is_over(self):
        self.connection.expires_at = "2020-01-01"
        self.connections._gc_connections()
        self.assertFalse(self.connections.search([]))
        self.assertEqual(self._try(self.first), 401)
