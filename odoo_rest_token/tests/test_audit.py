import logging

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import RestTokenHttpCase

LOGGER = "odoo.addons.odoo_rest_token.models.rest_token"
WHOAMI = "/odoo_rest_token/test/whoami"


@tagged("post_install", "-at_install")
class TestAudit(RestTokenHttpCase):
    """One line of the log says who did what to whose token, which, and from where."""

    def setUp(self):
        super().setUp()
        self.token, self.secret = self._issue()

    def _log_of(self, function, *args):
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            function(*args)
        (record,) = logs.records
        self.assertNotIn("\n", record.getMessage())
        self.assertNotIn(self.secret[21:], record.getMessage())
        return record.getMessage()

    def _whose(self, user):
        return f"{user.login!r} (#{user.id})"

    def _use(self):
        # As the server's thread logs it.
        self._flush()
        headers = {"access-token": self.secret}
        self.url_open(WHOAMI, headers=headers)

    def test_issuing(self):
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        issued = []

        def issue():
            tokens = self.tokens.with_user(manager)
            issued.extend(tokens._issue(self.holder, "Test"))

        line = self._log_of(issue)
        token, secret = issued
        self.assertEqual(
            line,
            f"REST token {token.prefix} of {self._whose(self.holder)} issued "
            f"by {self._whose(manager)}, from None",
        )
        self.assertNotIn(secret[21:], line)

    def test_revoking(self):
        self.assertEqual(
            self._log_of(self.token.with_user(self.holder).action_revoke),
            f"REST token {self.token.prefix} of {self._whose(self.holder)} revoked "
            f"by {self._whose(self.holder)}, from None",
        )

    def test_revoking_by_what_ends_tokens(self):
        whose = self._whose(self.holder)
        with mute_logger(LOGGER):
            self.token.action_revoke()
        for change in (
            lambda user: user.write({"password": "another"}),
            lambda user: user.write({"active": False}),
            lambda user: user.unlink(),
        ):
            self.holder.active = True
            with mute_logger(LOGGER):
                prefix = self._issue()[0].prefix
            line = self._log_of(change, self.holder)
            self.assertIn(f"REST token {prefix} of {whose} revoked by", line)

    def test_use_after_it_ended(self):
        start = f"REST token {self.token.prefix} of {self._whose(self.holder)} refused"
        start += ", from 127.0.0.1: "
        self._expire(self.token)
        self.assertEqual(self._log_of(self._use), start + "expired")
        self.token.revoked_at = "2030-01-01 00:00:00"
        self.assertEqual(self._log_of(self._use), start + "revoked")

    def test_use_by_a_user_who_may_not(self):
        start = f"REST token {self.token.prefix} of {self._whose(self.holder)} refused"
        start += ", from 127.0.0.1: "
        self._flush()
        self.env.cr.execute(
            "DELETE FROM res_groups_users_rel WHERE uid = %s", (self.holder.id,)
        )
        expected = start + "its user may not hold tokens"
        self.assertEqual(self._log_of(self._use), expected)
        self.env.cr.execute(
            "UPDATE res_users SET active = false WHERE id = %s", (self.holder.id,)
        )
        self.assertEqual(self._log_of(self._use), start + "its user is archived")

    def test_good_use_is_not_logged(self):
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            self._use()
            logging.getLogger(LOGGER).info("end")
        self.assertEqual(len(logs.records), 1)

    def test_names_forge_no_line(self):
        self.holder.login = "x\n2030-01-01 INFO REST token 00000000 revoked"
        self._log_of(self.token.action_revoke)
        self._log_of(self._use)
        self._log_of(self._issue, self.holder, "a\nb")
