"""Who may do what, as a table that is both read and tested."""

from inspect import cleandoc

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .. import compat

KINDS = {
    "administrator": "base.group_user,base.group_system",
    "manager": "base.group_user,base.group_erp_manager",
    "internal": "base.group_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
MEMBERSHIPS = ("member", "other")
OPERATIONS = ("read", "write", "create", "unlink")


class RightsTableMixin:
    """Users of all kinds: members of the group *REST Tokens*, and others."""

    def setUp(self):
        super().setUp()
        group = self.env.ref("odoo_rest_token.group_rest_token")
        self.env.ref("base.group_user").write({"implied_ids": [(3, group.id)]})
        self.users = {}
        for kind, groups in KINDS.items():
            for membership in MEMBERSHIPS:
                user = self._new_user(f"{kind}_{membership}", groups)
                compat.remove_from_group(user, group)
                if membership == "member":
                    compat.add_to_group(user, group)
                self.users[kind, membership] = user
        self._flush()
        self._invalidate()

    def _may(self, function, *args):
        """Tell whether a call is allowed, and undo it.

        :rtype: str
        """
        self._flush()
        try:
            with mute_logger("odoo.addons.base.models"), self.env.cr.savepoint():
                function(*args)
                self._flush()
                raise Undo()
        except Undo:
            answer = "yes"
        except AccessError:
            answer = "-"
        self._invalidate()
        return answer

    def _rights_on(self, model, user):
        """Tell which of the operations access rights allow: ``rwcu``, or ``-``."""
        access = self.env["ir.model.access"].with_user(user)
        letters = [
            operation[0]
            for operation in OPERATIONS
            if access.check(model, operation, raise_exception=False)
        ]
        return "".join(letters) or "-"

    def assertRights(self, table, rows):
        """Compare a table with what was found out.

        :param str table: lines of words
        :param rows: iterable of lists of words, its header among them
        """
        expected = [line.split() for line in cleandoc(table).splitlines()]
        actual = [list(row) for row in rows]
        width = max(len(word) for row in actual for word in row) + 2

        def write(lines):
            return "\n".join("".join(f"{w:{width}}" for w in line) for line in lines)

        self.maxDiff = None
        self.assertEqual(write(actual), write(expected))


class Undo(Exception):
    pass
