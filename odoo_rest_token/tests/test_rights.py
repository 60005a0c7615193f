from odoo.exceptions import AccessError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .. import compat
from .common import RestTokenCase


@tagged("post_install", "-at_install")
class TestRights(RestTokenCase):
    def setUp(self):
        super().setUp()
        self.other = self._new_user("other")
        self.manager = self._new_user(
            "manager", "base.group_user,base.group_erp_manager"
        )
        self.portal = self._new_user("portal", "base.group_portal")
        self.token, _secret = self._issue()

    def _as(self, user):
        self._invalidate()
        return self.token.with_user(user)

    def _found_by(self, user):
        return self.tokens.with_user(user).search([("id", "=", self.token.id)])

    def test_user_sees_their_own_tokens_only(self):
        self.assertTrue(self._found_by(self.holder))
        self.assertFalse(self._found_by(self.other))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            self._as(self.other).read(["name"])

    def test_user_sees_their_own_usage_only(self):
        self.env["rest.token.usage"].create(
            {"token_id": self.token.id, "used_at": "2030-01-01 12:00:00"}
        )
        usages = self.env["rest.token.usage"]
        self.assertTrue(usages.with_user(self.holder).search([]))
        self.assertFalse(usages.with_user(self.other).search([]))
        self.assertEqual(str(self._as(self.holder).last_used_at), "2030-01-01 12:00:00")

    def test_manager_sees_all_tokens(self):
        self.assertEqual(self._found_by(self.manager), self.token)

    def test_portal_user_sees_none(self):
        with self.assertRaises(AccessError):
            self._found_by(self.portal)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_creates_writes_or_deletes_a_token_by_hand(self):
        values = {
            "name": "Forged",
            "user_id": self.holder.id,
            "expires_at": "2099-01-01 00:00:00",
            "revoked_at": False,
            "prefix": "00000000",
        }
        for user in (self.holder, self.other, self.manager, self.portal):
            with self.assertRaises(AccessError):
                self.tokens.with_user(user).create(values)
            for name, value in values.items():
                with self.assertRaises(AccessError):
                    self._as(user).write({name: value})
            with self.assertRaises(AccessError):
                self._as(user).unlink()
            with self.assertRaises(AccessError):
                self._as(user).copy()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_user_writes_no_token_through_their_own_record(self):
        for user in (self.holder, self.other):
            with self.assertRaises(AccessError):
                user.with_user(user).write(
                    {"rest_token_ids": [(1, self.token.id, {"name": "Renamed"})]}
                )

    def test_user_reads_the_tokens_of_their_own_record(self):
        own_record = self.holder.with_user(self.holder)
        self.assertEqual(
            own_record.read(["rest_token_ids"])[0]["rest_token_ids"], self.token.ids
        )
        self.assertIn("rest_token_ids", own_record.SELF_READABLE_FIELDS)

    def test_user_issues_for_themselves_only(self):
        tokens = self.tokens.with_user(self.other)
        tokens._issue(self.other, "Own")
        with self.assertRaises(AccessError):
            tokens._issue(self.holder, "Forged")

    def test_manager_issues_for_everyone(self):
        token, _secret = self.tokens.with_user(self.manager)._issue(
            self.holder, "For holder"
        )
        self.assertEqual(token.user_id, self.holder)
        self.assertEqual(token.create_uid, self.manager)

    def test_portal_user_holds_tokens_once_in_the_group(self):
        for issuer in (self.portal, self.manager):
            with self.assertRaises(AccessError):
                self.tokens.with_user(issuer)._issue(self.portal, "Portal")
        group = self.env.ref("odoo_rest_token.group_rest_token")
        compat.add_to_group(self.portal, group)
        token, _secret = self._issue(self.portal)
        self.assertEqual(token.with_user(self.portal).state, "active")
        self.assertFalse(self._found_by(self.portal))

    def test_archived_user_is_issued_none(self):
        self.other.active = False
        with self.assertRaises(AccessError):
            self.tokens.with_user(self.manager)._issue(self.other, "Late")

    def test_user_revokes_their_own_tokens_only(self):
        with self.assertRaises(AccessError):
            self._as(self.other).action_revoke()
        self.assertEqual(self.token.state, "active")
        self._as(self.holder).action_revoke()
        self.assertEqual(self.token.state, "revoked")

    def test_manager_revokes_everyones_tokens(self):
        self._as(self.manager).action_revoke()
        self.assertEqual(self.token.state, "revoked")

    def test_revoke_all_of_a_user(self):
        others_token, _secret = self._issue(self.other)
        self.holder.with_user(self.other).action_revoke_rest_tokens()
        self.assertEqual(self.token.state, "active")
        self.holder.with_user(self.manager).action_revoke_rest_tokens()
        self.assertEqual(self.token.state, "revoked")
        self.assertEqual(others_token.state, "active")

    def test_searches_of_users_tell_nothing_of_others_tokens(self):
        others_token, _secret = self._issue(self.other)
        self._flush()
        revealing = (
            [("rest_token_ids", "!=", False)],
            [("rest_token_ids", "in", others_token.ids)],
            [("rest_token_ids", "=", others_token.id)],
            [("rest_token_ids", "ilike", "Test")],
            [("rest_token_ids.prefix", "=", others_token.prefix)],
            [("rest_token_ids.state", "=", "active")],
            [("rest_token_ids.user_id", "=", self.other.id)],
        )
        users = self.env["res.users"]
        partners = self.env["res.partner"]
        for domain in revealing:
            ((name, operator, value),) = domain
            of_partner = [("user_ids." + name, operator, value)]
            found = users.with_user(self.holder).search(domain)
            self.assertFalse(found & (self.other | self.manager), domain)
            groups = users.with_user(self.holder).read_group(domain, ["login"], "login")
            logins = [group["login"] for group in groups]
            self.assertNotIn(self.other.login, logins, domain)
            found = partners.with_user(self.holder).search(of_partner)
            self.assertNotIn(self.other.partner_id, found, of_partner)
            found = users.with_user(self.manager).search(domain)
            self.assertIn(self.other, found, domain)
        for operator in ("=", "not in"):
            value = False if operator == "=" else others_token.ids
            domain = [("rest_token_ids", operator, value)]
            found = users.with_user(self.holder).search(domain)
            self.assertIn(self.other, found, domain)
            self.assertNotIn(self.other, users.with_user(self.manager).search(domain))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_portal_user_searches_by_no_token(self):
        for model, name in (
            ("res.users", "rest_token_ids"),
            ("res.partner", "user_ids.rest_token_ids"),
            ("res.users", "rest_token_ids.prefix"),
        ):
            with self.assertRaises(AccessError):
                records = self.env[model].with_user(self.portal)
                records.search([(name, "!=", False)])
