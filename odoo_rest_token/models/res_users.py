import hmac
import re
from contextlib import closing
from hashlib import sha256

from odoo import _, api, fields, models, tools
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError

from .. import compat
from ..identity import forget_proof
from .rest_token import is_secret


class ResUsers(models.Model):
    _inherit = "res.users"

    # Computed and searched as the current user: a search by a stored one is beyond
    # record rules, and would tell anybody who has tokens.
    rest_token_ids = fields.One2many(
        "rest.token",
        string="REST Tokens",
        compute="_compute_rest_token_ids",
        search="_search_rest_token_ids",
        inverse="_inverse_rest_token_ids",
        readonly=True,
        groups="odoo_rest_token.group_rest_token,base.group_erp_manager",
    )
    rest_token_hint = fields.Char(compute="_compute_rest_token_hint")
    is_rest_program = fields.Boolean(
        string="Program",
        readonly=True,
        help="A program acts by tokens alone: it has no password and no web session.",
    )
    rest_calls_per_minute = fields.Integer(
        string="Calls per Minute",
        groups="base.group_erp_manager",
        help="How many calls all tokens of this user may make in a minute, all "
        "in all; 0 for as many as the system parameter says.",
    )

    @api.constrains("rest_calls_per_minute")
    def _check_rest_calls_per_minute(self):
        if any(user.sudo().rest_calls_per_minute < 0 for user in self):
            raise ValidationError(_("There can't be less than no calls in a minute."))

    @api.depends_context("uid")
    def _compute_rest_token_ids(self):
        tokens = self.env["rest.token"].search(self._get_rest_tokens_domain())
        for user in self:
            user.rest_token_ids = tokens.filtered(
                lambda token, user=user: token.user_id == user._origin
            )

    def _get_rest_tokens_domain(self):
        """Return the domain of the tokens that the page of these users lists.

        :rtype: list
        """
        return [("user_id", "in", self.ids)]

    def _search_rest_token_ids(self, operator, value):
        # Those that the user can see: record rules limit them.
        tokens = self.env["rest.token"]
        is_negative = operator == "!=" or operator.startswith("not ")
        finds_none = False  # users without a token
        if operator.endswith(("any", "any!")):  # from 17.0
            found = tokens.search(value)
        elif operator.endswith("like"):
            found = tokens.search([("name", operator.replace("not ", ""), value)])
        elif isinstance(value, compat.Query):
            found = tokens.search([("id", "in", value)])
        else:
            values = list(value) if compat.is_collection(value) else [value]
            finds_none = False in values
            names = [each for each in values if isinstance(each, str)]
            ids = [each for each in values if each and not isinstance(each, str)]
            found = tokens.search(["|", ("name", "in", names), ("id", "in", ids)])
        domains = [[("id", "not in" if is_negative else "in", found.user_id.ids)]]
        if finds_none:
            owners = tokens.search([]).user_id  # pylint: disable=no-search-all
            domains.append([("id", "in" if is_negative else "not in", owners.ids)])
        return (compat.join_and if is_negative else compat.join_or)(domains)

    def _inverse_rest_token_ids(self):
        raise AccessError(_("REST tokens are issued and revoked, not written."))

    def _register_hook(self):
        # Users read their own record, these fields included, in superuser mode.
        compat.add_self_readable_fields(self, "rest_token_ids", "rest_token_hint")
        return super()._register_hook()

    def write(self, vals):
        is_program = vals.get("is_rest_program")
        if is_program is not None and any(
            user.is_rest_program != is_program for user in self
        ):
            raise UserError(_("Who was made as a program stays one, and no other is."))
        result = super().write(vals)
        if not vals.get("active", True) or "password" in vals:
            self._end_rest_access()
        return result

    def unlink(self):
        self._end_rest_access()  # so that the log tells
        return super().unlink()

    def _end_rest_access(self):
        """Take back all that lets programs act as these users."""
        self._get_active_rest_tokens()._revoke()

    def _get_active_rest_tokens(self):
        """Return the active tokens of these users, in superuser mode."""
        tokens = self.env["rest.token"].sudo()
        return tokens.search([("user_id", "in", self.ids), ("state", "=", "active")])

    # ------------------------------------------------------------
    # Programs: they act by tokens alone, and nobody logs in as them
    # ------------------------------------------------------------

    @api.model
    def _create_rest_program(self, name, groups, email=None):
        """Make a user who is a program.

        :param str name: of the program
        :param groups: records of ``res.groups``: what it may do
        :param str email: sender of its messages, if they are to have one
        :rtype: res.users
        :raise AccessError: the current user may not make users
        """
        groups += self.env.ref("odoo_rest_token.group_rest_program")
        values = {
            "name": name,
            "login": self._make_rest_program_login(name),
            "email": email,
            "is_rest_program": True,
            compat.get_groups_field(self): [(6, 0, groups.ids)],
        }
        return self.with_context(no_reset_password=True).create(values)

    @api.model
    def _make_rest_program_login(self, name):
        """Make a login that nobody has, of a program: nobody types it.

        :rtype: str
        """
        word = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        users = self.sudo().with_context(active_test=False)
        login = base = f"program-{word}".rstrip("-")
        number = 1
        while users.search_count([("login", "=", login)]):
            number += 1
            login = f"{base}-{number}"
        return login

    def _set_encrypted_password(self, uid, pw):
        if self.sudo().browse(uid).is_rest_program:
            raise self._no_rest_program_password()
        return super()._set_encrypted_password(uid, pw)

    @api.model
    def _no_rest_program_password(self):
        return UserError(_("A program has no password: issue a token to it."))

    # ------------------------------------------------------------
    # A token in place of the password: RPC
    # ------------------------------------------------------------

    # Odoo remembers good passwords: it would go on with a token that is revoked.
    if compat.CHECKS_PASSWORDS_BY_CLASS:

        @classmethod
        def check(cls, db, uid, passwd):
            if is_secret(passwd):
                with closing(cls.pool.cursor()) as cr:
                    tokens = api.Environment(cr, uid, {})["rest.token"]
                    if tokens._is_login_of(passwd, uid):
                        return None
            result = super().check(db, uid, passwd)
            forget_proof()
            return result

    else:

        @api.model
        def _check_uid_passwd(self, uid, passwd):
            tokens = self.with_user(uid).env["rest.token"]
            if is_secret(passwd) and tokens._is_login_of(passwd, uid):
                return None
            result = super()._check_uid_passwd(uid, passwd)
            forget_proof()
            return result

    def _check_credentials(self, credential, env):
        secret = compat.get_password(credential)
        is_program = not (env or {}).get("interactive", True)
        if is_program and self.env["rest.token"]._is_login_of(secret, self.env.uid):
            return compat.make_login_answer(credential, self.env.uid)
        if self.env.user.is_rest_program:
            raise AccessDenied()
        return super()._check_credentials(credential, env)

    # ------------------------------------------------------------
    # A token in place of the password: web session
    # ------------------------------------------------------------

    @api.model
    def context_get(self):
        context = super().context_get()
        token_id = self.env.context.get("rest_token_id")
        return dict(context, rest_token_id=token_id) if token_id else context

    def _compute_session_token(self, sid):
        # Odoo compares it on each request of a session, in the context of the session.
        # It differs from the one without that context, so that a session which loses
        # its context is logged out, too.
        session_token = super()._compute_session_token(sid)
        if not session_token or self._is_known_rest_program():
            return False  # there is no such user any more; whatever opened it
        token_id = self.env.context.get("rest_token_id")
        if not token_id:
            return session_token
        if not self.env["rest.token"]._is_session_alive(token_id, self.id):
            return False
        key = session_token.encode()
        return hmac.new(key, f"rest_token_{token_id}".encode(), sha256).hexdigest()

    @tools.ormcache("self.id")
    def _is_known_rest_program(self):
        """Tell whether this user, who is there, is a program: that never changes.

        :rtype: bool
        """
        return bool(self.sudo().is_rest_program)

    # ------------------------------------------------------------
    # Page
    # ------------------------------------------------------------

    @api.depends("rest_token_ids")
    @api.depends_context("lang")
    def _compute_rest_token_hint(self):
        hint = _("No token yet: press New token to let a program act as this user.")
        for user in self:
            user.rest_token_hint = not user.rest_token_ids and hint

    def action_new_rest_token(self):
        """Open the wizard that issues a token to this user."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("New REST Token"),
            "res_model": "rest.token.issue",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_user_id": self.id},
        }

    def action_revoke_rest_tokens(self):
        """Revoke all active tokens of these users."""
        tokens = self.env["rest.token"].search([("user_id", "in", self.ids)])
        return tokens.action_revoke()
