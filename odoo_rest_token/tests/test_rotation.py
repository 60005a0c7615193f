import logging
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import tagged

from ..exceptions import TokenIsRotated, UnauthorizedInvalidToken
from .common import RestTokenCase, RestTokenHttpCase

LOGGER = "odoo.addons.odoo_rest_token.models.rest_token"


@tagged("post_install", "-at_install")
class TestRotation(RestTokenCase):
    """A token gets a new secret, and all else stays."""

    def setUp(self):
        super().setUp()
        self.env["rest.token.scope"]._ensure(["test:read"])
        scope = self.env["rest.token.scope"]._parse("test:read")
        in_a_month = fields.Datetime.now() + timedelta(days=30)
        self.token, self.secret = self.tokens.with_user(self.holder)._issue(
            self.holder,
            "Stock export",
            in_a_month,
            scope,
            "http",
            networks="192.0.2.0/24",
            calls_per_minute=7,
        )

    def _rotate(self, token=None, user=None, **options):
        token = (token or self.token).with_user(user or self.holder)
        return token._rotate(**options)

    def _is_good(self, secret):
        self._flush()
        with patch(
            "odoo.addons.odoo_rest_token.models.rest_token._remote_address"
        ) as a:
            a.return_value = "192.0.2.1"
            try:
                return bool(self.tokens._authenticate(secret))
            except UnauthorizedInvalidToken:
                return False

    def test_new_secret_is_good_and_the_one_before_no_more(self):
        token, secret = self._rotate()
        self.assertNotEqual(secret, self.secret)
        self.assertEqual(secret[13:21], token.prefix)
        self.assertTrue(self._is_good(secret))
        self.assertFalse(self._is_good(self.secret))
        self.assertEqual(self.token.state, "revoked")

    def test_what_the_token_is_limited_to_stays(self):
        token, _secret = self._rotate(grace_seconds=60)
        for name in ("name", "user_id", "scope_ids", "networks", "calls_per_minute"):
            self.assertEqual(token[name], self.token[name], name)
        self.assertEqual(token.origin, "http")
        self.assertGreater(token.expires_at, self.token.expires_at)
        left = token.expires_at - fields.Datetime.now()
        self.assertEqual(round(left / timedelta(days=1)), 30)

    def test_scope_that_is_gone_by_now_stays_a_limit(self):
        self.token.scope_ids.active = False
        token, _secret = self._rotate()
        self.assertEqual(token.scope_keys, "/test:read")

    def test_secret_before_goes_on_for_as_long_as_is_asked_for(self):
        _token, secret = self._rotate(grace_seconds=600)
        self.assertTrue(self._is_good(self.secret))
        self.assertTrue(self._is_good(secret))
        ten_minutes = timedelta(seconds=600)
        self.assertLessEqual(self.token.expires_at, fields.Datetime.now() + ten_minutes)

    def test_rotation_prolongs_nothing(self):
        soon = fields.Datetime.now() + timedelta(seconds=60)
        self.token.expires_at = soon
        token, _secret = self._rotate(grace_seconds=600)
        self.assertEqual(self.token.expires_at, soon)
        self.assertEqual(token.expires_at, soon)

    def test_parameter_says_how_long_it_may_go_on_for(self):
        for seconds in (3601, -1):
            with self.assertRaises(ValidationError):
                self._rotate(grace_seconds=seconds)
        self._set_parameter("max_grace_seconds", "60")
        with self.assertRaises(ValidationError):
            self._rotate(grace_seconds=61)
        self._rotate(grace_seconds=60)

    def test_token_is_rotated_once(self):
        self._rotate(grace_seconds=60)
        self.assertTrue(self._is_good(self.secret))
        with self.assertRaises(TokenIsRotated):
            self._rotate()

    def test_token_that_has_ended_is_not_rotated(self):
        self.token.action_revoke()
        with self.assertRaises(TokenIsRotated):
            self._rotate()
        expired, _secret = self._issue()
        self._expire(expired)
        with self.assertRaises(TokenIsRotated):
            self._rotate(expired)

    def test_two_secrets_of_a_token_are_good_at_most(self):
        token, second = self._rotate(grace_seconds=3600)
        newest, third = self._rotate(token, grace_seconds=3600)
        good = [self._is_good(each) for each in (self.secret, second, third)]
        self.assertEqual(good, [False, True, True])

    def test_token_says_whose_place_it_took(self):
        token, _secret = self._rotate()
        self.assertEqual(token.rotated_from_id, self.token)
        self.assertEqual(token.rotation, f"took the place of {self.token.prefix}")
        self.assertEqual(self.token.rotation, f"gave its place to {token.prefix}")

    def test_limit_of_active_tokens_does_not_keep_from_rotating(self):
        self._set_parameter("max_active", "1")
        self._rotate(grace_seconds=60)

    def test_others_do_not_rotate_it_but_managers(self):
        with self.assertRaises(AccessError):
            self._rotate(user=self._new_user("other"))
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        told = []
        tokens = type(self.tokens)
        with patch.object(tokens, "_tell_owner", lambda *texts: told.append(texts)):
            token, _secret = self._rotate(user=manager)
        self.assertEqual(token.user_id, self.holder)
        self.assertIn(token.prefix, str(told))

    def test_user_who_may_hold_none_any_more_rotates_none(self):
        self.holder.active = False
        with self.assertRaises(AccessError):
            self.token._rotate()

    def test_rotation_is_logged(self):
        whose = f"of 'rest_holder' (#{self.holder.id})"
        by = f"by 'rest_holder' (#{self.holder.id})"
        before = self.token.prefix
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            token, _secret = self._rotate(grace_seconds=60)
        issued, ending = logs.output
        self.assertIn(
            f"{token.prefix} {whose} issued in place of {before} {by}", issued
        )
        self.assertIn(f"{before} {whose} to end in 60 s {by}", ending)


@tagged("post_install", "-at_install")
class TestRotationOnThePage(RestTokenHttpCase):
    def setUp(self):
        super().setUp()
        self.token, self.secret = self._issue(name="Stock export")
        self.authenticate("rest_holder", "rest_holder")

    def _rotate_on_the_page(self, token, password="rest_holder", **values):
        action = self._call("rest.token", "action_rotate", token.ids)["result"]
        token_id = action["context"]["default_token_id"]
        values = {"token_id": token_id, **values}
        dialog = self._call(action["res_model"], "create", args=[values])
        if "error" in dialog:
            return dialog
        ids = [dialog["result"]]
        action = self._call("rest.token.rotate", "action_rotate", ids)["result"]
        return self._give_password(action, password)

    def test_new_secret_is_shown_after_the_password_was_given(self):
        answer = self._rotate_on_the_page(self.token, grace_minutes=5)
        action = answer["result"]
        self.assertEqual(action["res_model"], "rest.token.show")
        principal = self.tokens._authenticate(action["context"]["default_secret"])
        self.assertEqual(principal.token_id, self.token.rotated_to_ids.id)
        self.assertEqual(self.token.state, "active")
        self.assertFalse(self.env["rest.token.rotate"].search([]))

    def test_wrong_password_rotates_nothing(self):
        self.assertIn("error", self._rotate_on_the_page(self.token, "wrong"))
        self.assertFalse(self.token.rotated_to_ids)

    def test_tokens_of_others_are_not_rotated_or_read_of(self):
        token, _secret = self._issue(self._new_user("other"), name="Payroll export")
        answer = self._rotate_on_the_page(token)
        self.assertIn("error", answer)
        self.assertNotIn("Payroll", str(answer))
        self.assertFalse(token.rotated_to_ids)
        self.assertFalse(self.env["rest.token.rotate"].search([]))
        own = self._call(
            "rest.token.rotate", "create", args=[{"token_id": self.token.id}]
        )
        values = {"token_id": token.id}
        for method, args in (("write", [values]), ("read", [["token_id"]])):
            answer = self._call("rest.token.rotate", method, [own["result"]], args)
            self.assertNotIn("Payroll", str(answer))
