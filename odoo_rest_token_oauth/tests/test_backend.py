from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token import compat

from .common import OAuthCase


@tagged("post_install", "-at_install")
class TestBackend(OAuthCase):
    """Applications are records of administrators, connections of their users."""

    def test_secret_is_shown_once_and_kept_as_a_hash(self):
        self.env.cr.execute(
            "SELECT secret_hash FROM rest_oauth_application WHERE id = %s",
            (self.application.id,),
        )
        [known] = self.env.cr.fetchone()
        self.assertRegex(known, "^[0-9a-f]{64}$")
        self.assertRegex(self.secret, "^client_secret_[0-9a-f]{40}$")
        self.assertTrue(self.application.has_secret)
        self.assertFalse(self._new_application().has_secret)
        self.assertNotIn("secret_hash", self.application._fields)

    def test_secret_asks_for_the_password(self):
        admin = self._new_user("admin", "base.group_user,base.group_erp_manager")
        self.authenticate(admin.login, admin.login)
        ids = self.application.ids
        answer = self._call_model("action_new_secret", ids)
        shown = self._give_password(answer["result"], admin.login)["result"]
        self.assertEqual(shown["res_model"], "rest.oauth.secret")
        secret = shown["context"]["default_secret"]
        self.application._check_secret(secret)

    def test_application_that_keeps_no_secret_gets_none(self):
        admin = self._new_user("admin", "base.group_user,base.group_erp_manager")
        self.authenticate(admin.login, admin.login)
        application = self._new_public_application()
        answer = self._call_model("action_new_secret", application.ids)
        answer = self._give_password(answer["result"], admin.login)
        self.assertIn("keeps no secret", str(answer["error"]))
        self.assertFalse(application.has_secret)
        button = compat.get_form_arch(application).find(".//header/button")
        # up to 16.0, from 17.0
        condition = button.get("modifiers") or button.get("invisible")
        self.assertIn("is_confidential", condition)

    def test_tokens_that_it_got_by_itself_are_shown_and_revoked(self):
        self.application.user_id = self.holder
        self._log_in()
        self._connect()
        form = {"grant_type": "client_credentials"}
        tokens = [
            self.assertDone(self._post("/api/oauth/token", **form)) for _n in range(2)
        ]
        admin = self._new_user("admin", "base.group_user,base.group_erp_manager")
        shown = self.application.with_user(admin).own_token_ids
        prefixes = {token["access_token"][13:21] for token in tokens}
        self.assertEqual(set(shown.mapped("prefix")), prefixes)
        shown.action_revoke()
        self.assertEqual([self._try(token) for token in tokens], [401, 401])
        self._invalidate()
        self.assertFalse(self.application.with_user(admin).own_token_ids)

    def _call_model(self, method, ids):
        path = f"/web/dataset/call_kw/rest.oauth.application/{method}"
        params = {"model": "rest.oauth.application", "method": method}
        params = {**params, "args": [ids], "kwargs": {}}
        return self._request("POST", path, json={"params": params}).json()

    def test_redirect_uris_are_checked(self):
        for uris in ("javascript:alert(1)", "https://ok.example.com\nhttp://x.example"):
            with self.assertRaises(ValidationError):
                self._new_application(redirect_uris=uris)

    def test_copy_is_another_application(self):
        copy = self.application.copy()
        self.assertNotEqual(copy.client_id, self.application.client_id)
        self.assertFalse(copy.has_secret)

    def test_users_see_what_they_are_connected_with(self):
        other = self._new_application(name="Other")
        self._log_in()
        self._connect()
        applications = self.applications.with_user(self.holder)
        self.assertEqual(applications.search([]), self.application)
        with self.assertRaises(AccessError):
            other.with_user(self.holder).read(["name"])
        with self.assertRaises(AccessError):
            self.application.with_user(self.holder).read(["redirect_uris"])
        with self.assertRaises(AccessError):
            self.application.with_user(self.holder).name = "Mine"

    def test_connections_are_their_users(self):
        self._log_in()
        self._connect()
        connection = self.connections.search([])
        own = self.holder.with_user(self.holder).rest_oauth_connection_ids
        self.assertEqual(own, connection)
        other = self._new_user("other")
        self.assertFalse(self.connections.with_user(other).search([]))
        with self.assertRaises(AccessError):
            connection.with_user(other).action_disconnect()
        for values in ({"ended_at": False}, {"user_id": other.id}):
            with self.assertRaises(AccessError):
                connection.with_user(self.holder).write(values)
        with self.assertRaises(AccessError):
            self.connections.with_user(self.holder).create(
                {"application_id": self.application.id, "user_id": self.holder.id}
            )

    def test_administrators_disconnect_anybodys(self):
        self._log_in()
        token = self._connect()
        manager = self._new_user("admin", "base.group_user,base.group_erp_manager")
        self.connections.with_user(manager).search([]).action_disconnect()
        self.assertEqual(self._try(token), 401)

    def test_tokens_of_applications_are_not_among_ones_own(self):
        self._log_in()
        self._connect()
        tokens = self.holder.with_user(self.holder).rest_token_ids
        self.assertEqual(tokens, self.client.token)

    def test_scope_that_an_application_has_is_archived_not_removed(self):
        scopes = self.env["rest.token.scope"]
        scopes._ensure(["library:read"], "library")
        scope = scopes.search([("audience", "=", "library")])
        self.application.scope_ids += scope
        scopes._retire(["library:read"], "library")
        self.assertTrue(scope.exists())
        self.assertFalse(scope.active)
        self.assertNotIn(scope, self.application._get_allowed_scopes())

    def test_what_happens_is_logged_without_secrets(self):
        self._log_in()
        authlib = self.assertLogs("authlib", "DEBUG")
        with authlib as details, self.assertLogs("odoo", "DEBUG") as logs:
            token = self._connect()
            self._refresh(token["refresh_token"])
            self._refresh(token["refresh_token"])
        text = "\n".join([*details.output, *logs.output])
        for event in (
            "allowed",
            "connected",
            "ended: its refresh token was used twice",
        ):
            self.assertIn(event, text)
        for secret in (token["access_token"], token["refresh_token"], self.secret):
            self.assertNotIn(secret[-32:], text)
        # all refresh tokens of the connection begin with it
        self.assertNotIn(token["refresh_token"][14:30], text)
