from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import tagged
from odoo.tools import format_datetime

from .common import RestTokenCase


@tagged("post_install", "-at_install")
class TestAnnouncement(RestTokenCase):
    """Owners are told of tokens that expire soon."""

    def _issue_before(self, issued, expires, **kwargs):
        """Issue a token.

        :param int issued: days ago
        :param int expires: days from now
        """
        token, _secret = self._issue(**kwargs)
        now = fields.Datetime.now()
        token.expires_at = now + timedelta(days=expires)
        self._flush()
        self.env.cr.execute(
            "UPDATE rest_token SET create_date = %s WHERE id = %s",
            (now - timedelta(days=issued), token.id),
        )
        self._invalidate()
        return token

    def _find(self):
        return self.tokens._find_unannounced() & self.holder.rest_token_ids

    def test_tokens_are_found_that_expire_soon(self):
        soon = self._issue_before(5, expires=2)
        self._issue_before(5, expires=4)
        self._issue_before(0, expires=2)
        self._issue_before(5, expires=-1)
        self._issue_before(5, expires=2).action_revoke()
        self.assertEqual(self._find(), soon)

    def test_days_are_a_parameter(self):
        token = self._issue_before(5, expires=20)
        self._set_parameter("announce_days", "30")
        self.assertEqual(self._find(), token)
        self._set_parameter("announce_days", "0")
        self.assertFalse(self._find())

    def test_announced_token_is_not_found_again(self):
        self._issue_before(5, expires=2).announced_at = fields.Datetime.now()
        self.assertFalse(self._find())

    def test_owner_is_told_which_token_and_when(self):
        token, secret = self._issue(name="Stock export")
        told = token._get_announcement()
        for part in ("Stock export", secret[13:21], "in 7 days"):
            self.assertIn(part, told)
        self.assertNotIn(secret[13:22], told)

    def test_token_that_gave_its_place_to_another_is_not_announced(self):
        token = self._issue_before(5, expires=2)
        new, _secret = token._rotate(grace_seconds=600)
        self.assertEqual(token.state, "active")
        self._flush()
        self.env.cr.execute(
            "UPDATE rest_token SET create_date = %s WHERE id = %s",
            (token.create_date, new.id),
        )
        self._invalidate()
        self.assertEqual(self._find(), new)

    def test_who_made_a_program_is_told_of_its_tokens(self):
        manager = self._new_user(
            "manager", "base.group_erp_manager,base.group_partner_manager"
        )
        manager.tz = "Asia/Tokyo"
        group = self.env.ref("base.group_user")
        users = self.env["res.users"].with_user(manager)
        program = users._create_rest_program("Nightly", group).with_env(self.env)
        program.tz = "America/New_York"
        token, _secret = self._issue(program, name="Stock export")
        token.expires_at = "2030-01-08 20:30:00"  # there it is the 9th
        self.assertEqual(token._get_person_to_tell(), manager)
        told = token._get_announcement()
        for part in (
            "Stock export",
            "program Nightly",
            format_datetime(self.env, token.expires_at, tz=manager.tz),
            "form of that user",
        ):
            self.assertIn(part, told)
        self.assertNotIn("preferences", told)

    def _issue_by(self, issuer):
        """Issue a token to the holder: what they were told, and the secret."""
        told = []

        def tell(_token, *texts):
            told.append(texts)

        with patch.object(type(self.tokens), "_tell_owner", tell):
            tokens = self.tokens.with_user(issuer)
            token, secret = tokens._issue(self.holder, "Stock export")
        self.assertIn(token.prefix, secret)
        return told, secret

    def test_owner_is_told_what_somebody_else_issued(self):
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        manager.name = "Mina Manager"
        told, secret = self._issue_by(manager)
        ((subject, text),) = told
        self.assertIn("Stock export", subject)
        for part in ("Mina Manager", "Stock export", secret[13:21], "in 7 days"):
            self.assertIn(part, text)
        self.assertNotIn(secret[13:22], text)

    def test_owner_is_not_told_what_they_issued(self):
        self.assertFalse(self._issue_by(self.holder)[0])

    def test_token_is_announced_if_mail_is_installed(self):
        token = self._issue_before(5, expires=2)
        self.tokens._announce_expiry()
        self.assertEqual(bool(token.announced_at), "mail.thread" in self.env)
