from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged

from .. import compat
from ..relative_dates import format_relative
from .common import RestTokenCase


@tagged("post_install", "-at_install")
class TestPage(RestTokenCase):
    """What the page tells, in the words of a person."""

    def test_moments_are_told_by_their_distance(self):
        for text, distance in {
            "in 6 days": {"days": 6},
            "in 2 days": {"days": 2},
            "in 30 hours": {"hours": 30},
            "in 2 weeks": {"days": 14},
            "in 12 months": {"days": 365},
            "5 minutes ago": {"minutes": -5},
            "1 second ago": {},
        }.items():
            moment = fields.Datetime.now() + timedelta(**distance)
            self.assertEqual(format_relative(self.env, moment), text)
        moment = fields.Datetime.now() + timedelta(microseconds=654321)
        self.assertIn(" ago", format_relative(self.env, moment))
        self.assertIsNone(format_relative(self.env, False))

    def test_moments_are_told_in_each_language_of_odoo(self):
        languages = self.env["res.lang"].with_context(active_test=False).search([])
        languages.active = True
        moment = fields.Datetime.now() + timedelta(days=6)
        for language in languages:
            env = self.env(context={"lang": language.code})
            self.assertIn("6", format_relative(env, moment), language.code)

    def test_token_tells_when_it_expires_and_was_used(self):
        token, secret = self._issue()
        self.assertEqual(token.expires_in, "in 7 days")
        self.assertEqual(token.last_used_ago, "never")
        self.env["rest.token.usage"].create(
            {
                "token_id": token.id,
                "used_at": fields.Datetime.now() - timedelta(hours=2),
            }
        )
        self._invalidate()
        self.assertEqual(token.last_used_ago, "2 hours ago")

    def test_active_token_that_expires_soon_stands_out(self):
        token, _secret = self._issue()
        self.assertFalse(token.expires_soon)
        token.expires_at = fields.Datetime.now() + timedelta(days=2)
        self.assertTrue(token.expires_soon)
        self._set_parameter("announce_days", "1")
        self._invalidate()
        self.assertFalse(token.expires_soon)
        self._set_parameter("announce_days", "3")
        token.action_revoke()
        self.assertFalse(token.expires_soon)

    def test_user_without_token_is_told_what_to_do(self):
        own = self.holder.with_user(self.holder)
        self.assertIn("New token", own.read(["rest_token_hint"])[0]["rest_token_hint"])
        self._issue()
        self._invalidate()
        self.assertFalse(own.read(["rest_token_hint"])[0]["rest_token_hint"])

    def test_wizard_tells_when_the_token_will_expire(self):
        wizard = self.env["rest.token.issue"].new({})
        self.assertEqual(wizard.expires_in, "in 7 days")
        wizard.expires_at = fields.Datetime.now() + timedelta(days=2)
        self.assertEqual(wizard.expires_in, "in 2 days")

    def test_form_of_a_token_rotates_and_revokes_it_while_it_is_active(self):
        arch = compat.get_form_arch(self.tokens.with_user(self.holder))
        for name in ("action_rotate", "action_revoke"):
            button = arch.find(f".//button[@name='{name}']")
            # up to 16.0, from 17.0
            condition = button.get("modifiers") or button.get("invisible")
            self.assertRegex(condition, "state.*active")
