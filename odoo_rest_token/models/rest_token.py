import logging
import re
from datetime import timedelta
from math import ceil

import psycopg2
from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import AccessDenied, ValidationError
from odoo.http import request
from odoo.sql_db import PoolError

from .. import compat
from ..exceptions import (
    TokenIsRotated,
    TokenLimitReached,
    TooManyRequests,
    UnauthorizedInvalidToken,
    not_allowed,
)
from ..identity import forget_proof
from ..lookup import FIND_BY_HASH, FIND_BY_ID, find_token
from ..networks import join
from ..parameters import get_number, is_on
from ..principal import Scope
from ..rates import Quota
from ..relative_dates import format_relative
from ..secret import SECRET_BYTES, hash_secret, new_digits

_logger = logging.getLogger(__name__)

SECRET_START = "access_token_"  # nosec B105 # the part that is no secret
PREFIX_DIGITS = 8
MAX_CALLS = 2**31 - 1  # in a minute: of PostgreSQL's integer
MAX_DAYS = 36500  # that a parameter may say, so that dates stay within the calendar
# A hundred a second: no program that waits for each answer makes as many of what takes
# a server longer than 10 ms.
DEFAULT_CALLS = {"user": 6000}
USE_PERIOD = timedelta(minutes=1)  # in which a use is noted once
ROTATION_SECONDS = 60  # that a token is kept for, at least, which took another's place
HTTP = "http"  # the origin of tokens that programs ask for themselves
# Uses are noted by the second. Those of the same second as a token that was not used
# yet are taken for later.
END_UNUSED = """
    WITH unused AS (
        SELECT rest_token.id FROM rest_token
        LEFT JOIN rest_token_usage ON token_id = rest_token.id
        WHERE user_id = %s AND origin = %s AND rest_token.id IS DISTINCT FROM %s
          AND revoked_at IS NULL AND expires_at > now() AT TIME ZONE 'UTC'
        ORDER BY coalesce(used_at, date_trunc('second', rest_token.create_date)),
                 used_at IS NOT NULL, rest_token.id
        LIMIT %s
        FOR NO KEY UPDATE OF rest_token SKIP LOCKED
    )
    UPDATE rest_token
    SET revoked_at = date_trunc('second', now() AT TIME ZONE 'UTC')
    FROM unused WHERE rest_token.id = unused.id
    RETURNING rest_token.id, prefix
"""
COMMITTED = """
    SELECT * FROM (
        SELECT id, revoked_at IS NULL AND expires_at > now() AT TIME ZONE 'UTC'
        FROM rest_token WHERE user_id = %s
    ) AS token (id, is_active)
    WHERE is_active OR id = ANY(%s)
"""
SECRET_RE = re.compile(rf"{SECRET_START}[0-9a-f]{{{2 * SECRET_BYTES}}}")


def is_secret(text):
    """Tell whether something looks like the secret of a token.

    :rtype: bool
    """
    return isinstance(text, str) and bool(SECRET_RE.fullmatch(text))


def _remote_address():
    return request.httprequest.remote_addr if request else None


@compat.add_constraints(
    rotated_from_unique=("UNIQUE (rotated_from_id)", "A token is rotated once."),
)
class RestToken(compat.FormViewMixin, compat.ListViewMixin, models.Model):
    """Secret that lets a program act as a user over HTTP.

    The secret itself is not kept. Its SHA-256 is, in the column ``secret_hash``,
    which is not a field so that the ORM reads it for nobody.
    """

    _name = "rest.token"
    _inherit = "rest.limits.mixin"
    _description = "REST Token"
    _order = "create_date desc, id desc"

    name = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_kind = fields.Selection(
        [("person", "Person"), ("program", "Program")],
        string="Acts As",
        compute="_compute_user_kind",
        store=True,
        help="Whether its user is a person, or was made for a program.",
    )
    prefix = fields.Char(
        readonly=True, help="First digits of the secret, to tell which token it is."
    )
    scope_ids = fields.Many2many(
        "rest.token.scope",
        "rest_token_scope_rel",
        "token_id",
        "scope_id",
        string="Scopes",
        ondelete="restrict",
        readonly=True,
        help="What the token is limited to. Without any, it can do all its user can.",
    )
    # What requests read of them, in the row of the token itself
    scope_keys = fields.Char(compute="_compute_scope_keys", store=True)
    networks = fields.Char(readonly=True)
    calls_per_minute = fields.Integer(readonly=True)
    network_keys = fields.Char(compute="_compute_network_keys", store=True)
    quota_keys = fields.Char(compute="_compute_quota_keys", store=True)
    # Empty where code issued it, and where it was issued before this was noted
    origin = fields.Selection(
        [("backend", "Backend"), (HTTP, "HTTP")],
        string="Issued Over",
        readonly=True,
        help="Tokens that programs ask for over HTTP, with a password, end when their "
        "user has as many as allowed and one more is asked for so: the one that has "
        "not been used for the longest goes first. Others don't.",
    )
    rotated_from_id = fields.Many2one(
        "rest.token", readonly=True, ondelete="set null", help="Whose place it took."
    )
    rotated_to_ids = fields.One2many("rest.token", "rotated_from_id", readonly=True)
    rotation = fields.Char(compute="_compute_rotation")
    create_date = fields.Datetime(string="Created", readonly=True)
    expires_at = fields.Datetime(string="Expires", required=True, readonly=True)
    revoked_at = fields.Datetime(string="Revoked", readonly=True)
    usage_ids = fields.One2many("rest.token.usage", "token_id", readonly=True)
    last_used_at = fields.Datetime(
        string="Last Used", compute="_compute_last_use", search="_search_last_used_at"
    )
    last_used_address = fields.Char(
        string="Last Used From",
        compute="_compute_last_use",
        search="_search_last_used_address",
    )
    state = fields.Selection(
        [("active", "Active"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
        search="_search_state",
    )
    expires_in = fields.Char(compute="_compute_relative_dates")
    expires_soon = fields.Boolean(compute="_compute_expires_soon")
    last_used_ago = fields.Char(compute="_compute_relative_dates")

    def _auto_init(self):
        # Not in init(), which is open to RPC.
        result = super()._auto_init()
        self.env.cr.execute(
            """
            ALTER TABLE rest_token ADD COLUMN IF NOT EXISTS secret_hash char(64);
            CREATE UNIQUE INDEX IF NOT EXISTS rest_token_secret_hash_index
                ON rest_token (secret_hash);
            """
        )
        return result

    @api.depends("scope_ids.name", "scope_ids.audience")
    def _compute_scope_keys(self):
        for token in self.with_context(active_test=False):
            scopes = token.scope_ids
            token.scope_keys = " ".join(str(scope._to_principal()) for scope in scopes)

    @api.depends("user_id.is_rest_program")
    def _compute_user_kind(self):
        for token in self:
            is_program = token.user_id.sudo().is_rest_program
            token.user_kind = "program" if is_program else "person"

    @api.depends("networks")
    def _compute_network_keys(self):
        for token in self:
            token.network_keys = join(*token._get_network_lists())

    def _get_network_lists(self):
        """Return lists of networks: a request has to come from one of each.

        An addon that adds one has ``_compute_network_keys`` depend on its field.

        :rtype: list of str
        """
        self.ensure_one()
        return [self.networks]

    @api.depends("calls_per_minute", "user_id.rest_calls_per_minute")
    def _compute_quota_keys(self):
        for token in self:
            token.quota_keys = " ".join(map(str, token._get_quotas()))

    def _get_quotas(self):
        """Return whose calls are counted as the token is used, from the narrowest on.

        An addon that adds one has ``_compute_quota_keys`` depend on its field.

        :rtype: list of Quota
        """
        self.ensure_one()
        user = self.user_id
        # A token goes on with the count of the one whose place it took.
        before = self.rotated_from_id.quota_keys
        subject = before.partition(":")[0] if before else f"token/{self.id}"
        return [
            Quota(subject, self.calls_per_minute or None),
            Quota(f"user/{user.id}", user.sudo().rest_calls_per_minute or None),
        ]

    def _get_scope_names(self):
        """Return the names of the scopes that a token is limited to, if it is.

        :rtype: list of str, sorted
        """
        self.ensure_one()
        keys = self.scope_keys.split(" ") if self.scope_keys else ()
        return sorted(Scope.parse(key).name for key in keys)

    @api.depends("expires_at", "revoked_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for token in self:
            if token.revoked_at:
                token.state = "revoked"
            elif token.expires_at and token.expires_at <= now:
                token.state = "expired"
            else:
                token.state = "active"

    @api.depends("rotated_from_id", "rotated_to_ids")
    @api.depends_context("lang")
    def _compute_rotation(self):
        for token in self:
            before, after = token.rotated_from_id.prefix, token.rotated_to_ids.prefix
            texts = [
                before and _("took the place of %s", before),
                after and _("gave its place to %s", after),
            ]
            token.rotation = ", ".join(filter(None, texts))

    @api.depends("usage_ids.used_at", "usage_ids.address")
    def _compute_last_use(self):
        # One statement, where the ORM takes three.
        self.env.cr.execute(
            """
            SELECT token_id, used_at, address FROM rest_token_usage
            WHERE token_id = ANY(%s)
            """,
            (self.ids,),
        )
        uses = {token_id: use for token_id, *use in self.env.cr.fetchall()}
        for token in self:
            use = uses.get(token._origin.id, (False, False))
            token.last_used_at, token.last_used_address = use

    def _search_last_used_at(self, operator, value):
        return [("usage_ids.used_at", operator, value)]

    def _search_last_used_address(self, operator, value):
        return [("usage_ids.address", operator, value)]

    @api.depends("expires_at", "last_used_at")
    @api.depends_context("lang")
    def _compute_relative_dates(self):
        for token in self:
            token.expires_in = format_relative(self.env, token.expires_at)
            last_used_ago = format_relative(self.env, token.last_used_at)
            token.last_used_ago = last_used_ago or _("never")

    @api.depends("expires_at", "revoked_at")
    def _compute_expires_soon(self):
        soon = fields.Datetime.now() + self._get_announce_period()
        for token in self:
            token.expires_soon = token.state == "active" and token.expires_at < soon

    def _search_state(self, operator, value):
        values = value if compat.is_collection(value) else [value]
        if operator in ("!=", "not in"):
            values = {"active", "expired", "revoked"}.difference(values)
        elif operator not in ("=", "in"):
            raise ValueError(f"Operator {operator!r} is not for the state of a token")
        now = fields.Datetime.now()
        domains = {
            "active": ["&", ("revoked_at", "=", False), ("expires_at", ">", now)],
            "expired": ["&", ("revoked_at", "=", False), ("expires_at", "<=", now)],
            "revoked": [("revoked_at", "!=", False)],
        }
        nothing = [("id", "=", False)]
        parts = [domains.get(state, nothing) for state in values] or [nothing]
        return ["|"] * (len(parts) - 1) + sum(parts, [])

    # ------------------------------------------------------------
    # Parameters
    # ------------------------------------------------------------

    @api.model
    def _get_parameter(self, name, default):
        """Return the system parameter ``odoo_rest_token.<name>``.

        :rtype: int, of no less than nothing
        """
        return get_number(self.env, f"odoo_rest_token.{name}", default)

    @api.model
    def _get_days(self, name, default):
        """Return the system parameter ``odoo_rest_token.<name>`` as a time.

        :rtype: datetime.timedelta, of no less than nothing
        """
        return timedelta(days=min(self._get_parameter(name, default), MAX_DAYS))

    @api.model
    def _get_default_calls(self, policy):
        """Return how many calls there may be in a minute, where no record says so.

        :param str policy: such as ``user``
        :return: system parameter ``odoo_rest_token.<policy>_calls_per_minute``; none
            where they are not counted
        :rtype: int
        """
        default = DEFAULT_CALLS.get(policy, 0)
        calls = self._get_parameter(f"{policy}_calls_per_minute", default)
        return min(calls, MAX_CALLS)

    @api.model
    def _is_allowed(self, name):
        """Tell whether the system parameter ``odoo_rest_token.allow_<name>`` is on.

        It is unless it is set. Set to what can't be read, it is off.

        :rtype: bool
        """
        return is_on(self.env, f"odoo_rest_token.allow_{name}", default=True)

    @api.model
    def _get_default_lifetime(self):
        """Lifetime of a token whose issuer asks for none.

        :rtype: datetime.timedelta
        """
        return min(self._get_days("lifetime_days", 7), self._get_max_lifetime())

    @api.model
    def _get_max_lifetime(self):
        """Longest lifetime that a token can be issued with.

        :rtype: datetime.timedelta
        """
        return self._get_days("max_lifetime_days", 365)

    @api.model
    def _get_announce_period(self):
        """Time before its expiry in which a token is said to expire soon.

        :rtype: datetime.timedelta
        """
        return self._get_days("announce_days", 3)

    # ------------------------------------------------------------
    # Issue
    # ------------------------------------------------------------

    @api.model
    def _issue(self, user, name, expires_at=None, scopes=None, origin=None, **limits):
        """Issue a token. Its secret is returned here, and never again.

        :param user: record of ``res.users``, the owner
        :param str name: what it is for
        :param datetime expires_at: in UTC; one default lifetime from now if not given
        :param scopes: records of ``rest.token.scope``
        :param str origin: ``backend``, or ``http`` where its user's program asked for
            it: it ends one that was issued so where there would be too many
        :param limits: ``networks`` and ``calls_per_minute``, as the fields are, and
            fields of other addons that limit it
        :return: the token (in superuser mode) and its secret
        :rtype: (rest.token, str)
        :raise AccessError: the current user may not issue for that owner, or the
            owner may not hold tokens
        :raise ValidationError: the expiry is in the past or too far in the future, or a
            limit is none
        :raise TokenLimitReached: the owner has as many active tokens as allowed
        """
        user.ensure_one()
        self._check_manage(user)
        self._check_holder(user)
        expires_at = expires_at or fields.Datetime.now() + self._get_default_lifetime()
        self._check_expires_at(expires_at)
        self._check_calls(limits.get("calls_per_minute"))
        self._check_limit(user, origin)
        token, secret = self._create_with_secret(
            {
                "name": name,
                "user_id": user.id,
                "expires_at": expires_at,
                "origin": origin,
                "scope_ids": [(6, 0, scopes.ids if scopes else [])],
                **limits,
            }
        )
        token._log("issued")
        return token, secret

    @api.model
    def _create_with_secret(self, values):
        """Create a token whose issue was checked.

        :param dict values: of its fields
        :return: the token (in superuser mode) and its secret
        :rtype: (rest.token, str)
        """
        digits = new_digits()
        prefix = digits[:PREFIX_DIGITS]
        token = self.sudo().create({**values, "prefix": prefix})
        compat.flush(token)  # its limits are to be there when it can be found
        secret = SECRET_START + digits
        self.env.cr.execute(
            "UPDATE rest_token SET secret_hash = %s WHERE id = %s",
            (hash_secret(secret), token.id),
        )
        return token, secret

    @api.model
    def _check_manage(self, user):
        """Check that the current user may issue and revoke tokens of that user.

        :raise AccessError: they may not
        """
        if self.env.su or user == self.env.user:
            return
        if not self.env.user.has_group("base.group_erp_manager"):
            raise not_allowed(_("You can't issue or revoke another user's tokens."))

    @api.model
    def _check_holder(self, user):
        """Check that a user may hold tokens.

        :raise AccessError: they may not
        """
        user = user.sudo()
        if not user.active or not user.has_group("odoo_rest_token.group_rest_token"):
            raise not_allowed(_("This user may not hold REST tokens."))

    @api.model
    def _check_expires_at(self, expires_at):
        """Check when a token is to expire.

        :param datetime expires_at: in UTC
        :raise ValidationError: in the past, or too far in the future
        """
        now = fields.Datetime.now()
        if expires_at <= now:
            raise ValidationError(_("A token has to expire in the future."))
        longest = self._get_max_lifetime()
        if expires_at > now + longest:
            raise ValidationError(
                _("A token has to expire within %s days.", longest.days)
            )

    @api.model
    def _check_calls(self, calls):
        """Check how many calls a token is to allow: managers alone allow it more.

        :param int calls: in a minute, or a falsy value
        :raise ValidationError: more than a token has by itself
        """
        most = self._get_default_calls("token")
        is_manager = self.env.su or self.env.user.has_group("base.group_erp_manager")
        if calls and most and calls > most and not is_manager:
            raise ValidationError(
                _("A token may make %s calls in a minute, and no more.", most)
            )

    @api.model
    def _check_limit(self, user, origin=None):
        """Refuse one more token than allowed, however many are issued at once.

        :param user: record of ``res.users``, the owner
        :param str origin: of the token, as :meth:`_issue` takes it
        :raise TokenLimitReached: there is no room, and none can be made
        """
        limit = self._get_parameter("max_active", 50)
        # One transaction after the other counts.
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext('rest_token'), %s)", (user.id,)
        )
        excess = self._count_active(user) + 1 - limit
        if excess <= 0:
            return
        makes_room = origin in self._get_origins_of_programs()
        if makes_room and self._end_unused(user, origin, excess):
            return
        raise TokenLimitReached(
            _("The user has %s active tokens already: revoke one first.", limit)
        )

    @api.model
    def _get_origins_of_programs(self):
        """Return the origins of tokens that programs ask for by themselves.

        Where there would be too many, one more ends those of the same origin that were
        not used for the longest.

        :rtype: list of str
        """
        return [HTTP]

    @api.model
    def _count_active(self, user):
        """Count active tokens: of this transaction, and of those committed by now.

        This transaction doesn't see what was committed since it began, so a new one
        has to count. That one doesn't see what this one ends.

        :rtype: int
        """
        seen = self.sudo().search([("user_id", "=", user.id), ("state", "=", "active")])
        with self.pool.cursor() as cr:
            cr.execute(COMMITTED, (user.id, seen.ids))
            committed = dict(cr.fetchall())
        new = set(seen.ids).difference(committed)
        active = {token_id for token_id, is_active in committed.items() if is_active}
        # Of those that are active for others, this transaction has ended some.
        ended = self.sudo().browse(active.difference(seen.ids)).exists()
        return len(new) + len(active) - len(ended)

    @api.model
    def _end_unused(self, user, origin, count):
        """Revoke those of a user's tokens that were not used for the longest.

        Left alone are the one that the request came with, and those that others are
        about to change.

        :param user: record of ``res.users``, the owner
        :param str origin: of the tokens
        :param int count: how many
        :return: whether there were as many: if not, none is revoked
        :rtype: bool
        """
        principal = request and getattr(request, "rest_principal", None)
        kept_id = principal.token_id if principal else None
        # This transaction can't change what was committed since it began.
        with self.pool.cursor() as cr:
            cr.execute(END_UNUSED, (user.id, origin, kept_id, count))
            ended = cr.fetchall()
            if len(ended) < count:
                cr.rollback()
                return False
        compat.invalidate(self.sudo().browse([token_id for token_id, _prefix in ended]))
        for _id, prefix in ended:
            self._log_event(prefix, user, "ended for a new one")
        return True

    # ------------------------------------------------------------
    # Rotate
    # ------------------------------------------------------------

    def action_rotate(self):
        """Open the wizard that gives this token a new secret."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Rotate REST Token"),
            "res_model": "rest.token.rotate",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_token_id": self.id},
        }

    def _rotate(self, grace_seconds=0):
        """Have a new token take the place of an active one: its limits are the same.

        The one before goes on for a while, if that is asked for, and can't be rotated
        again. If it took the place of another one that goes on, that ends.

        :param int grace_seconds: that it goes on for
        :return: the new token (in superuser mode) and its secret
        :rtype: (rest.token, str)
        :raise AccessError: the current user may not issue for its owner, or the owner
            may not hold tokens
        :raise ValidationError: it would go on for too long
        :raise TokenIsRotated: it has been rotated, or is not active
        """
        self.ensure_one()
        old = self.sudo()
        self._check_manage(old.user_id)
        self._check_holder(old.user_id)
        self._check_grace(grace_seconds)
        # Who else changes it is waited for. What they have committed then, this
        # transaction can't see: PostgreSQL fails, and Odoo tries again.
        self.env.cr.execute(
            "SELECT FROM rest_token WHERE id = %s FOR UPDATE",
            (old.id,),
            log_exceptions=False,
        )
        compat.invalidate(old)
        if old.state != "active" or old.rotated_to_ids:
            raise TokenIsRotated(_("This token was rotated already, or has ended."))
        token, secret = self._create_with_secret(old._get_values_to_rotate())
        token._log(f"issued in place of {old.prefix}")
        old.rotated_from_id._revoke()
        if grace_seconds:
            ends_at = fields.Datetime.now() + timedelta(seconds=grace_seconds)
            old.expires_at = min(old.expires_at, ends_at)
            old._log(f"to end in {grace_seconds} s")
        else:
            old._revoke()
        return token, secret

    def _get_wait_to_rotate(self):
        """Return how long a program has to wait for until it may rotate this token.

        Each takes a row, which is kept for a month.

        :return: seconds, none where it needn't
        :rtype: int
        """
        self.ensure_one()
        if not self.rotated_from_id:
            return 0
        age = (fields.Datetime.now() - self.create_date).total_seconds()
        return max(ceil(ROTATION_SECONDS - age), 0)

    @api.model
    def _get_max_grace(self):
        """Return how long a token that is rotated may go on for, in seconds.

        :rtype: int
        """
        return self._get_parameter("max_grace_seconds", 3600)

    @api.model
    def _check_grace(self, seconds):
        """Check how long a token that is rotated is to go on for.

        :raise ValidationError: for too long
        """
        longest = self._get_max_grace()
        if not 0 <= seconds <= longest:
            raise ValidationError(
                _("A token that is rotated goes on for %s seconds at most.", longest)
            )

    def _get_values_to_rotate(self):
        """Return the values of the token that takes the place of this one.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "name": self.name,
            "user_id": self.user_id.id,
            "expires_at": self.expires_at,
            "origin": self.origin,
            "scope_ids": [(6, 0, self.with_context(active_test=False).scope_ids.ids)],
            "networks": self.networks,
            "calls_per_minute": self.calls_per_minute,
            "rotated_from_id": self.id,
        }

    # ------------------------------------------------------------
    # Use
    # ------------------------------------------------------------

    @api.model
    def _authenticate(self, secret):
        """Find the valid token of that secret, and note its use.

        Neither the ORM nor a cache stands before the database: a revoked token is
        refused by the next request, on every worker.

        :param str secret: as the client sent it
        :rtype: Principal
        :raise UnauthorizedInvalidToken: there is no valid token of that secret
        """
        return self._find_valid(FIND_BY_HASH, hash_secret(secret))

    @api.model
    def _is_login_of(self, secret, user_id):
        """Tell whether that secret logs that user in, in place of the password.

        :param secret: whatever a client sent as its password
        :param int user_id: of the user who is to be logged in
        :rtype: bool
        :raise AccessDenied: it does, but there were too many calls
        """
        if not is_secret(secret) or not self._is_allowed("rpc"):
            return False
        try:
            principal = self._authenticate(secret)
        except UnauthorizedInvalidToken:
            return False
        try:
            self.env["rest.rate"]._check(principal)
        except TooManyRequests as error:
            raise AccessDenied(error.description) from error
        return principal.user_id == user_id and principal.may()

    @api.model
    def _is_session_alive(self, token_id, user_id):
        """Tell whether a web session that a token opened goes on, and note its use.

        :param int token_id: of the token
        :param int user_id: of the user who is logged in
        :rtype: bool
        """
        if not self._is_allowed("session"):
            return False
        try:
            principal = self._find_valid(FIND_BY_ID, token_id)
        except UnauthorizedInvalidToken:
            return False
        return principal.user_id == user_id and principal.may()

    @api.model
    def _find_valid(self, statement, value):
        """Find a valid token by one statement, and note its use.

        :param str statement: ``FIND_BY_HASH`` or ``FIND_BY_ID``
        :param value: what it finds the token by
        :return: as :meth:`_authenticate` returns it
        :raise UnauthorizedInvalidToken: there is none
        """
        if compat.reads_only(self.env.cr) and not compat.in_test_mode(self.pool):
            # A replica is behind with revocations.
            with self.pool.cursor() as cr:
                return self.with_env(self.env(cr=cr))._find_valid(statement, value)
        found = find_token(self.env.cr, statement, value, self._get_holders_groups())
        if not found:
            raise UnauthorizedInvalidToken()
        now = fields.Datetime.now()
        refusal = found.find_refusal(now, _remote_address())
        if refusal:
            _logger.warning(
                "REST token %s of %r (#%s) refused, from %s: %s",
                found.prefix,
                found.login,
                found.user_id,
                _remote_address(),
                refusal,
            )
            raise UnauthorizedInvalidToken()
        forget_proof()
        if not found.used_at or found.used_at < now - USE_PERIOD:
            self._note_use(found.id, now)
        return found.principal

    @api.model
    def _get_holders_groups(self):
        """Return the ids of the groups that users who may hold tokens are stored with.

        :rtype: tuple
        """
        group_id = compat.find_xmlid(self.env, "odoo_rest_token.group_rest_token")
        return compat.find_implying_groups(self.env, group_id) if group_id else (None,)

    @api.model
    def _note_use(self, token_id, used_at):
        """Write when and from where a token was used, in a transaction of its own.

        It fails where another request does the same at that moment: nothing is lost.
        """
        if not compat.may_write_beside(self.env):
            return
        try:
            with self.pool.cursor() as cr:
                cr.execute("SET LOCAL lock_timeout = '100ms'", log_exceptions=False)
                cr.execute(
                    """
                    INSERT INTO rest_token_usage (token_id, used_at, address)
                    VALUES (%s, %s, %s)
                    ON CONFLICT (token_id) DO UPDATE
                        SET used_at = excluded.used_at, address = excluded.address
                    """,
                    (token_id, used_at, _remote_address()),
                    log_exceptions=False,
                )
        except (psycopg2.Error, PoolError) as error:
            _logger.debug("Use of token #%s not noted: %s", token_id, error)

    # ------------------------------------------------------------
    # Revoke and remove
    # ------------------------------------------------------------

    def action_revoke(self):
        """Revoke those of the tokens that are active.

        :raise AccessError: one of them is another user's, and the current user has
            no right to manage it
        """
        for user in self.sudo().user_id:
            self._check_manage(user)
        self.sudo()._revoke()
        return True

    @api.model
    def _find_by_secret(self, secret):
        """Find the token of that secret, valid or not.

        :param str secret: as the client sent it
        :return: the token, or none
        :rtype: rest.token, in superuser mode
        """
        found = find_token(
            self.env.cr, FIND_BY_HASH, hash_secret(secret), self._get_holders_groups()
        )
        return self.sudo().browse(found.id if found else [])

    @api.model
    def _revoke_secret(self, secret):
        """Revoke the token of that secret, if it is active, whoever has it.

        :param str secret: as the client sent it
        """
        self._find_by_secret(secret)._revoke()

    def _revoke(self):
        """Revoke those of these tokens that are active, whoever asks.

        :return: those that were
        :rtype: rest.token
        """
        tokens = self.filtered(lambda token: token.state == "active")
        tokens.write({"revoked_at": fields.Datetime.now()})
        for token in tokens:
            token._log("revoked")
        return tokens

    def _log(self, event):
        """Log what happened to a token, by whom and from where, and never its secret.

        :param str event: such as ``revoked``
        """
        self._log_event(self.prefix, self.user_id, event)

    @api.model
    def _log_event(self, prefix, user, event):
        """Log what happened to a token, whether this transaction sees it or not.

        :param str prefix: of the token
        :param user: record of ``res.users``, the owner
        :param str event: such as ``revoked``
        """
        _logger.info(
            "REST token %s of %r (#%s) %s by %r (#%s), from %s",
            prefix,
            user.login,
            user.id,
            event,
            self.env.user.login,
            self.env.uid,
            _remote_address(),
        )

    @api.autovacuum
    def _gc_tokens(self):
        limit = fields.Datetime.now() - self._get_days("keep_days", 30)
        self.sudo().search(
            ["|", ("revoked_at", "<", limit), ("expires_at", "<", limit)]
        ).unlink()

    # ------------------------------------------------------------
    # Views
    # ------------------------------------------------------------

    def _get_button_conditions(self):
        shown = compat.show_in_state("active")
        return {"action_rotate": shown, "action_revoke": shown}

    @api.model
    def _build_list_view(self, root):
        return root(
            E.field(name="name"),
            E.field(name="prefix"),
            E.field(name="user_id", groups="base.group_erp_manager"),
            E.field(name="user_kind", optional="show", groups="base.group_erp_manager"),
            E.field(
                name="create_uid",
                string=_("Issued By"),
                optional="hide",
                groups="base.group_erp_manager",
            ),
            E.field(name="scope_ids", widget="many2many_tags"),
            E.field(name="networks", optional="hide"),
            E.field(name="rotation", optional="hide"),
            E.field(name="origin", optional="hide"),
            E.field(name="create_date", optional="hide"),
            E.field(name="expires_at", optional="hide"),
            compat.make_hidden_column("expires_soon"),
            E.field(
                {"decoration-warning": "expires_soon"},
                name="expires_in",
                string=_("Expires"),
            ),
            E.field(name="last_used_at", optional="hide"),
            E.field(name="last_used_ago", string=_("Last Used")),
            E.field(name="last_used_address", optional="hide"),
            E.field(
                {
                    "name": "state",
                    "widget": "badge",
                    "decoration-success": "state == 'active'",
                    "decoration-warning": "state == 'expired'",
                    "decoration-danger": "state == 'revoked'",
                }
            ),
            E.button(
                compat.show_in_state("active"),
                name="action_revoke",
                type="object",
                string=_("Revoke"),
                confirm=_("Programs that use this token will be refused. Revoke it?"),
            ),
            # In 14.0, the Tab key stops at the first button of a row alone. Return
            # opens the form, which has them both.
            E.button(
                compat.show_in_state("active"),
                name="action_rotate",
                type="object",
                string=_("Rotate"),
            ),
            {"decoration-muted": "state != 'active'"},
            string=self._description,
            create="0",
            edit="0",
            delete="0",
        )
