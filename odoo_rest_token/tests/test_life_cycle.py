from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged

from .. import compat
from ..exceptions import UnauthorizedInvalidToken
from ..principal import Principal
from ..rates import Quota
from .common import RestTokenCase


@tagged("post_install", "-at_install")
class TestLifeCycle(RestTokenCase):
    def setUp(self):
        super().setUp()
        self.token, self.secret = self._issue()

    def _is_accepted(self, secret=None):
        self._flush()
        try:
            self.tokens._authenticate(self.secret if secret is None else secret)
        except UnauthorizedInvalidToken:
            return False
        return True

    def test_valid_token_tells_its_user(self):
        self._flush()
        quotas = Quota(f"token/{self.token.id}"), Quota(f"user/{self.holder.id}")
        principal = Principal(self.holder.id, self.token.id, quotas=quotas)
        self.assertEqual(self.tokens._authenticate(self.secret), principal)

    def test_unknown_token_is_refused(self):
        self.assertFalse(self._is_accepted("access_token_" + 40 * "0"))
        self.assertFalse(self._is_accepted("nonsense"))

    def test_each_token_takes_one_statement(self):
        expired, expired_secret = self._issue()
        self._expire(expired)
        revoked, revoked_secret = self._issue()
        revoked.action_revoke()
        self._flush()
        self._is_accepted()  # Odoo remembers which group it is
        for secret in (
            self.secret,
            expired_secret,
            revoked_secret,
            "access_token_" + 40 * "0",
            "nonsense",
            "",
        ):
            before = self.env.cr.sql_log_count
            self._is_accepted(secret)
            self.assertEqual(self.env.cr.sql_log_count - before, 1, secret)

    def test_revoked_token_is_refused(self):
        self.token.with_user(self.holder).action_revoke()
        self.assertEqual(self.token.state, "revoked")
        self.assertFalse(self._is_accepted())

    def test_revoking_again_keeps_the_time_of_the_first(self):
        self.token.action_revoke()
        before = self.token.revoked_at = fields.Datetime.now() - timedelta(hours=1)
        self.token.action_revoke()
        self.assertEqual(self.token.revoked_at, before)

    def test_expired_token_is_refused(self):
        self._expire(self.token)
        self.assertEqual(self.token.state, "expired")
        self.assertFalse(self._is_accepted())

    def test_states_are_found(self):
        active = self.token
        expired, revoked = self._issue()[0], self._issue()[0]
        self._expire(expired)
        revoked.action_revoke()
        own = self.tokens.search([("user_id", "=", self.holder.id)])
        for domain, found in [
            ([("state", "=", "active")], active),
            ([("state", "=", "expired")], expired),
            ([("state", "=", "revoked")], revoked),
            ([("state", "in", ["active", "expired"])], active | expired),
            ([("state", "!=", "active")], expired | revoked),
            ([("state", "not in", ["active", "revoked"])], expired),
            ([("state", "=", False)], self.tokens),
        ]:
            self.assertEqual(own.search(domain) & own, found, domain)

    def test_user_out_of_the_group_is_refused(self):
        self._flush()
        self.env.cr.execute(
            "DELETE FROM res_groups_users_rel WHERE uid = %s", (self.holder.id,)
        )
        self.assertFalse(self._is_accepted())

    def test_token_sleeps_while_its_user_is_out_of_the_group(self):
        group = self.env.ref("odoo_rest_token.group_rest_token")
        portal = self._new_user("portal", "base.group_portal")
        compat.add_to_group(portal, group)
        token, secret = self._issue(portal)
        compat.remove_from_group(portal, group)
        self.assertFalse(self._is_accepted(secret))
        self.assertEqual(token.state, "active")
        compat.add_to_group(portal, group)
        self.assertTrue(self._is_accepted(secret))

    def test_token_goes_on_in_another_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        values = {"company_ids": [(4, company.id)], "company_id": company.id}
        self.holder.write(values)
        self.assertTrue(self._is_accepted())

    def test_archiving_a_user_ends_their_tokens(self):
        for archived in (False, 0):  # as RPC may say it
            token, secret = self._issue()
            self.holder.write({"active": archived})
            self.assertEqual(token.state, "revoked")
            self.holder.active = True
            self.assertFalse(self._is_accepted(secret))

    def test_archived_user_is_refused_however_archived(self):
        self._flush()
        self.env.cr.execute(
            "UPDATE res_users SET active = false WHERE id = %s", (self.holder.id,)
        )
        self.assertFalse(self._is_accepted())

    def test_user_is_the_tokens_whatever_columns_users_have(self):
        self.env.cr.execute("ALTER TABLE res_users ADD COLUMN user_id integer")
        self.assertTrue(self._is_accepted())

    def test_new_password_ends_the_tokens_of_its_user(self):
        self.holder.password = "another"
        self.assertFalse(self._is_accepted())

    def test_new_password_of_ones_own_ends_ones_tokens(self):
        self.holder.with_user(self.holder).change_password("rest_holder", "another")
        self.assertFalse(self._is_accepted())

    def test_other_changes_of_a_user_keep_their_tokens(self):
        self.holder.write({"name": "Renamed", "email": "renamed@example.com"})
        self.assertTrue(self._is_accepted())

    def test_copy_of_a_user_has_no_token(self):
        self.assertFalse(self.holder.copy().rest_token_ids)

    def test_deleting_a_user_deletes_their_tokens(self):
        self.holder.unlink()
        self.assertFalse(self.token.exists())

    def test_old_tokens_are_removed(self):
        old = fields.Datetime.now() - timedelta(days=31)
        recent = fields.Datetime.now() - timedelta(days=29)
        tokens = [self._issue()[0] for _number in range(4)]
        tokens[0].expires_at = old
        tokens[1].revoked_at = old
        tokens[2].expires_at = recent
        tokens[3].revoked_at = recent
        self.tokens._gc_tokens()
        kept = self.holder.rest_token_ids.exists()
        self.assertEqual(kept, self.token | tokens[2] | tokens[3])
        self._set_parameter("keep_days", "1")
        self.tokens._gc_tokens()
        self.assertEqual(kept.exists(), self.token)
