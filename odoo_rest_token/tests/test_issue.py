import logging
import re
from datetime import timedelta
from hashlib import sha256

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests.common import tagged

from ..exceptions import TokenLimitReached
from .common import RestTokenCase

LOGGER = "odoo.addons.odoo_rest_token.models.rest_token"


@tagged("post_install", "-at_install")
class TestIssue(RestTokenCase):
    def _row(self, token):
        self._flush()
        self.env.cr.execute(
            "SELECT row_to_json(rest_token)::text, secret_hash "
            "FROM rest_token WHERE id = %s",
            (token.id,),
        )
        return self.env.cr.fetchone()

    def test_secret_has_160_bits_and_names_itself(self):
        token, secret = self._issue()
        self.assertRegex(secret, r"^access_token_[0-9a-f]{40}$")
        self.assertEqual(token.prefix, secret[13:21])
        self.assertNotEqual(secret, self._issue()[1])

    def test_only_the_hash_of_the_secret_is_stored(self):
        token, secret = self._issue()
        row, stored = self._row(token)
        self.assertEqual(stored, sha256(secret.encode()).hexdigest())
        self.assertNotIn(secret[21:], row)

    def test_no_field_reads_the_hash(self):
        token, _secret = self._issue()
        stored = self._row(token)[1]
        for record in (token, token.with_user(self.holder)):
            self.assertNotIn(stored, str(record.read()))
            self.assertFalse([name for name in record._fields if "hash" in name])

    def test_copy_of_a_token_has_no_secret(self):
        token, _secret = self._issue()
        self.assertIsNone(self._row(token.copy())[1])

    def test_expires_in_a_week_unless_told_otherwise(self):
        with freeze_time("2030-01-01 12:00:00"):
            token, _secret = self._issue()
            self.assertEqual(str(token.expires_at), "2030-01-08 12:00:00")
            self._set_parameter("lifetime_days", "3")
            token, _secret = self._issue()
            self.assertEqual(str(token.expires_at), "2030-01-04 12:00:00")
            self._set_parameter("lifetime_days", "many")
            with self.assertLogs("odoo.addons.odoo_rest_token.parameters"):
                token, _secret = self._issue()
            self.assertEqual(str(token.expires_at), "2030-01-08 12:00:00")

    def test_days_of_a_parameter_are_within_the_calendar(self):
        self._set_parameter("max_lifetime_days", 10**12)
        self._set_parameter("lifetime_days", 10**12)
        token, _secret = self._issue()
        self.assertLess(token.expires_at.year, 2200)
        self._set_parameter("lifetime_days", -(10**12))
        with self.assertRaises(ValidationError):
            self._issue()

    def test_default_lifetime_is_no_longer_than_the_maximum(self):
        self._set_parameter("max_lifetime_days", "2")
        token, _secret = self._issue()
        self.assertLess(token.expires_at, fields.Datetime.now() + timedelta(days=3))

    def test_expiry_has_to_be_ahead_and_within_the_maximum(self):
        now = fields.Datetime.now()
        self._issue(expires_at=now + timedelta(days=364))
        for days in (366, -1):
            with self.assertRaises(ValidationError):
                self._issue(expires_at=now + timedelta(days=days))

    def test_active_tokens_are_limited(self):
        self._set_parameter("max_active", "3")
        tokens = [self._issue()[0] for _number in range(3)]
        with self.assertRaises(TokenLimitReached):
            self._issue()
        tokens[0].action_revoke()
        self._issue()
        self._expire(tokens[1])
        self._issue()
        with self.assertRaises(TokenLimitReached):
            self._issue()
        self._issue(self._new_user("other"))

    def test_issuing_is_logged_without_the_secret(self):
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            token, secret = self._issue()
        self.assertEqual(len(logs.output), 1)
        self.assertIn(token.prefix, logs.output[0])
        self.assertIn("'rest_holder'", logs.output[0])
        self.assertFalse(re.search(secret[21:], logs.output[0]))
