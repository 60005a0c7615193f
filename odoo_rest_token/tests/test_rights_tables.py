from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .. import compat
from ..exceptions import UnauthorizedInvalidToken
from .common import RestTokenCase
from .rights_table import KINDS, MEMBERSHIPS, RightsTableMixin

# Each line: one's own token, and another user's.
TOKENS = """
    user           group   read  issue  revoke  use  read  issue  revoke  write  unlink
    superuser      -       -     -      -       -    yes   yes    yes     yes    yes
    administrator  member  yes   yes    yes     yes  yes   yes    yes     -      -
    administrator  other   yes   -      yes     -    yes   yes    yes     -      -
    manager        member  yes   yes    yes     yes  yes   yes    yes     -      -
    manager        other   yes   -      yes     -    yes   yes    yes     -      -
    internal       member  yes   yes    yes     yes  -     -      -       -      -
    internal       other   -     -      yes     -    -     -      -       -      -
    portal         member  yes   yes    yes     yes  -     -      -       -      -
    portal         other   -     -      yes     -    -     -      -       -      -
    public         member  yes   yes    yes     yes  -     -      -       -      -
    public         other   -     -      yes     -    -     -      -       -      -
"""

# r(ead), w(rite), c(reate), u(nlink)
MODELS = """
    user           group   rest.token  .usage  .scope  .issue  .rotate  .program  .show
    administrator  member  r           r       r       rwc     rwc      rwc       rc
    administrator  other   r           r       r       rwc     rwc      rwc       rc
    manager        member  r           r       r       rwc     rwc      rwc       rc
    manager        other   r           r       r       rwc     rwc      rwc       rc
    internal       member  r           r       r       rwc     rwc      -         rc
    internal       other   -           -       -       -       -       -         -
    portal         member  r           r       r       rwc     rwc      -         rc
    portal         other   -           -       -       -       -       -         -
    public         member  r           r       r       rwc     rwc      -         rc
    public         other   -           -       -       -       -       -         -
"""

# What there is to be read, and nothing else: no secret, no hash.
FIELDS = {
    "rest.token": {
        *("name", "user_id", "user_kind", "prefix", "scope_ids", "scope_keys"),
        "origin",
        *("networks", "network_keys", "calls_per_minute", "quota_keys"),
        *("rotated_from_id", "rotated_to_ids", "rotation"),
        *("expires_at", "revoked_at"),
        *("usage_ids", "last_used_at", "last_used_address", "state"),
        *("expires_in", "expires_soon", "last_used_ago", "announced_at"),
    },
    "rest.token.usage": {"token_id", "used_at", "address"},
    "rest.token.scope": {"name", "audience", "active"},
    "rest.token.issue": {
        *("user_id", "name", "expires_at", "expires_in", "scope_ids"),
        *("networks", "calls_per_minute"),
    },
    "rest.token.rotate": {"token_id", "grace_minutes"},
    "rest.token.program": {
        *("user_id", "name", "expires_at", "expires_in", "scope_ids"),
        *("networks", "calls_per_minute", "group_ids", "email"),
    },
    "rest.token.show": {"secret"},
}
OF_ODOO = {
    *("id", "display_name", "create_uid", "create_date", "write_uid", "write_date"),
    "__last_update",
}
# A call with the secret, made as the dialog is shown
OF_OTHER_ADDONS = {
    "rest.token.scope": {"resource_id"},
    "rest.token": {
        *("oauth_application_id", "oauth_connection_id"),
        *("recent_calls", "failed_calls", "failures_until"),
    },
    "rest.token.show": {"curl"},
}


@tagged("post_install", "-at_install")
class TestRightsTables(RightsTableMixin, RestTokenCase):
    def setUp(self):
        super().setUp()
        self.others_token, _secret = self._issue_by_force(self.holder)

    def _issue_by_force(self, user):
        """Issue a token, be it to one who may not hold any (any more)."""
        group = self.env.ref("odoo_rest_token.group_rest_token")
        was_member = user.has_group("odoo_rest_token.group_rest_token")
        compat.add_to_group(user, group)
        issued = self.tokens._issue(user, "Test")
        if not was_member:
            compat.remove_from_group(user, group)
        self._flush()
        self._invalidate()
        return issued

    def _is_used(self, secret):
        try:
            self.tokens._authenticate(secret)
        except UnauthorizedInvalidToken:
            return "-"
        return "yes"

    def _rights_on_own(self, user):
        token, secret = self._issue_by_force(user)
        own, may = token.with_user(user), self._may
        return [
            may(own.read, ["name", "state", "last_used_at"]),
            may(own._issue, user.with_user(user), "Own"),
            may(own.action_revoke),
            self._is_used(secret),
        ]

    def _rights_on_others(self, other):
        tokens, owner, may = other.browse(), other.env["res.users"], self._may
        return [
            may(other.read, ["name", "state", "last_used_at"]),
            may(tokens._issue, owner.browse(self.holder.id), "Other"),
            may(other.action_revoke),
            may(other.write, {"expires_at": "2099-01-01 00:00:00"}),
            may(other.unlink),
        ]

    def test_tokens(self):
        group = self.env.ref("odoo_rest_token.group_rest_token")
        compat.add_to_group(self.holder, group)

        def rows():
            yield TOKENS.split("\n")[1].split()
            # It is archived, and so holds none.
            own = [self._may(self._issue, self.env.ref("base.user_root")), *("-" * 3)]
            others = self._rights_on_others(self.others_token.sudo())
            yield ["superuser", "-", *own, *others]
            for kind in KINDS:
                for membership in MEMBERSHIPS:
                    user = self.users[kind, membership]
                    own = self._rights_on_own(user)
                    others = self._rights_on_others(self.others_token.with_user(user))
                    yield [kind, membership, *own, *others]

        self.assertRights(TOKENS, rows())

    def test_models(self):
        def rows():
            yield MODELS.split("\n")[1].split()
            for kind in KINDS:
                for membership in MEMBERSHIPS:
                    user = self.users[kind, membership]
                    rights = [self._rights_on(model, user) for model in FIELDS]
                    yield [kind, membership, *rights]

        self.assertRights(MODELS, rows())

    def test_fields(self):
        for model, names in FIELDS.items():
            others = OF_ODOO | OF_OTHER_ADDONS.get(model, set())
            self.assertEqual(set(self.env[model]._fields) - others, names, model)

    def test_no_field_of_a_token_is_written_by_anybody(self):
        own = {user: self._issue_by_force(user)[0] for user in self.users.values()}
        for name in FIELDS["rest.token"]:
            for user, token in own.items():
                for record in (token, self.others_token):
                    record = record.with_user(user)
                    value = [(5,)] if name.endswith("_ids") else False
                    may = self._may(record.write, {name: value})
                    self.assertEqual(may, "-", (user.login, name))

    def test_users_tokens_are_not_written_through_the_user(self):
        for user in self.users.values():
            values = {"rest_token_ids": [(5,)]}
            for owner in (user, self.holder):
                may = self._may(owner.with_user(user).write, values)
                self.assertEqual(may, "-", user.login)
        with self.assertRaises(UserError):
            self.holder.sudo().write({"rest_token_ids": [(5,)]})
