import hmac
import logging
from datetime import timedelta

from lxml.builder import E

from odoo import _, api, fields, models

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.secret import hash_secret, new_digits

from ..parameters import (
    CODE_LIFETIME,
    get_number,
    get_refresh_lifetime,
)

_logger = logging.getLogger(__name__)

CODE_START = "authorization_code_"
REFRESH_START = "refresh_token_"
KEY_DIGITS = 16  # of a refresh token: they find its connection, whichever it is of
OAUTH = "oauth"  # the origin of tokens
CURRENT = [("connected_at", "!=", False), ("ended_at", "=", False)]


class RestOauthConnection(compat.ListViewMixin, models.Model):
    """What a user allowed an application, from the code that it gets to its end.

    There is one for each time that a user was asked. The code, the refresh token and
    the access tokens that came of it are one family: what is used twice ends them all.

    Secrets are kept as SHA-256, in columns that are not fields: ``code_hash``, and
    ``refresh_hash`` of the refresh token that is good now. All refresh tokens of a
    connection begin with its ``refresh_key``, so that an old one is known for one.
    """

    _name = "rest.oauth.connection"
    _description = "Connected Application"
    _order = "id desc"
    _rec_name = "application_id"

    application_id = fields.Many2one(
        "rest.oauth.application",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    scope_ids = fields.Many2many(
        "rest.token.scope",
        "rest_oauth_connection_scope_rel",
        "connection_id",
        "scope_id",
        string="Scopes",
        ondelete="restrict",
        readonly=True,
        context={"active_test": False},
        help="What the user allowed.",
    )
    is_limited = fields.Boolean(
        string="Limited to Scopes",
        readonly=True,
        help="Otherwise it can do all that its user can.",
    )
    redirect_uri = fields.Char(
        string="Redirect URI", readonly=True, groups="base.group_system"
    )
    code_challenge = fields.Char(readonly=True, groups="base.group_system")
    create_date = fields.Datetime(string="Allowed", readonly=True)
    connected_at = fields.Datetime(string="Connected", readonly=True)
    refreshed_at = fields.Datetime(string="Last Refreshed", readonly=True)
    expires_at = fields.Datetime(
        string="Expires",
        required=True,
        readonly=True,
        help="Unless the application refreshes it before.",
    )
    ended_at = fields.Datetime(string="Ended", readonly=True)
    token_ids = fields.One2many("rest.token", "oauth_connection_id", readonly=True)
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("connected", "Connected"),
            ("expired", "Expired"),
            ("ended", "Ended"),
        ],
        compute="_compute_state",
    )

    def _auto_init(self):
        # Not in init(), which is open to RPC.
        result = super()._auto_init()
        self.env.cr.execute(
            """
            ALTER TABLE rest_oauth_connection
                ADD COLUMN IF NOT EXISTS code_hash char(64),
                ADD COLUMN IF NOT EXISTS refresh_key char(16),
                ADD COLUMN IF NOT EXISTS refresh_hash char(64);
            CREATE UNIQUE INDEX IF NOT EXISTS rest_oauth_connection_code_hash_index
                ON rest_oauth_connection (code_hash);
            CREATE UNIQUE INDEX IF NOT EXISTS rest_oauth_connection_refresh_key_index
                ON rest_oauth_connection (refresh_key);
            """
        )
        return result

    @api.depends("connected_at", "expires_at", "ended_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for connection in self:
            if connection.ended_at:
                connection.state = "ended"
            elif connection.expires_at and connection.expires_at <= now:
                connection.state = "expired"
            else:
                connection.state = "connected" if connection.connected_at else "pending"

    # ------------------------------------------------------------
    # The user allows
    # ------------------------------------------------------------

    @api.model
    def _allow(self, application, user, scopes, redirect_uri, code_challenge):
        """Note what a user allows, and make the code that the application gets.

        :param application: record of ``rest.oauth.application``
        :param user: record of ``res.users``, who allows it
        :param scopes: records of ``rest.token.scope``; none for no limits
        :param str redirect_uri: where the code is sent
        :param str code_challenge: of RFC 7636, by S256
        :return: the code, which is never told again
        :rtype: str
        """
        connections = self.sudo()
        unused = [("connected_at", "=", False), ("user_id", "=", user.id)]
        unused.append(("expires_at", "<", fields.Datetime.now()))
        connections.search(unused)._remove()
        connection = connections.create(
            {
                "application_id": application.id,
                "user_id": user.id,
                "scope_ids": [(6, 0, scopes.ids)],
                "is_limited": bool(scopes),
                "redirect_uri": redirect_uri,
                "code_challenge": code_challenge,
                "expires_at": fields.Datetime.now() + CODE_LIFETIME,
            }
        )
        code = CODE_START + new_digits()
        compat.flush(connection)
        self.env.cr.execute(
            "UPDATE rest_oauth_connection SET code_hash = %s WHERE id = %s",
            (hash_secret(code), connection.id),
        )
        connection._log("allowed")
        return code

    # ------------------------------------------------------------
    # The application uses what it got
    # ------------------------------------------------------------

    @api.model
    def _find_by_code(self, code):
        """Find the connection of a code that is good, and hold it for this request.

        One that was used before ends all that came of it (RFC 9700, section 2.1.1).

        :param str code: as the client sent it
        :return: the connection, or none
        :rtype: rest.oauth.connection, in superuser mode
        """
        # Where another request uses it at this moment, PostgreSQL has Odoo try again.
        self.env.cr.execute(
            "SELECT id FROM rest_oauth_connection WHERE code_hash = %s FOR UPDATE",
            (hash_secret(code),),
            log_exceptions=False,
        )
        connection = self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
        if connection.connected_at:
            connection._end("its code was used twice")
        return connection.filtered(lambda each: each.state == "pending")

    @api.model
    def _find_by_refresh_token(self, secret):
        """Find the connection of a refresh token that is good, and hold it.

        One that was good before ends all that came of it (RFC 9700, section 4.14.2).

        :param str secret: as the client sent it
        :return: the connection, or none
        :rtype: rest.oauth.connection, in superuser mode
        """
        connection, is_current = self._match_refresh_token(secret)
        if not is_current:
            connection._end("its refresh token was used twice")
        return connection.filtered(lambda each: each.state == "connected")

    @api.model
    def _match_refresh_token(self, secret):
        """Find the connection that a refresh token is of, and hold it.

        :param str secret: as the client sent it
        :return: the connection, or none; and whether it is the token that is good now
        :rtype: (rest.oauth.connection, bool)
        """
        if not secret.startswith(REFRESH_START):
            return self.sudo().browse(), False
        key = secret[len(REFRESH_START) :][:KEY_DIGITS]
        self.env.cr.execute(
            "SELECT id, refresh_hash FROM rest_oauth_connection "
            "WHERE refresh_key = %s FOR UPDATE",
            (key,),
            log_exceptions=False,
        )
        row = self.env.cr.fetchone()
        if not row:
            return self.sudo().browse(), False
        connection_id, known = row
        is_current = hmac.compare_digest(known, hash_secret(secret))
        return self.sudo().browse(connection_id), is_current

    def _may_go_on(self):
        """Tell whether the application may still have what its user allowed.

        :rtype: bool
        """
        self.ensure_one()
        application = self.application_id
        if not application.active or not self._get_scopes() and self.is_limited:
            return False
        is_allowed = self.is_limited or application.may_do_everything
        return is_allowed and self.env["rest.token"]._may_hold(self.user_id)

    def _get_scopes(self):
        """Return the scopes that the user allowed, and the administrator still does.

        :rtype: rest.token.scope
        """
        self.ensure_one()
        scopes = self.scope_ids.filtered("active")
        if self.application_id.may_do_everything:
            return scopes
        return scopes & self.application_id._get_allowed_scopes()

    def _connect(self):
        """Use the code.

        :return: the access token, its secret, and the refresh token
        :rtype: (rest.token, str, str)
        """
        self.ensure_one()
        self._make_room()
        self.connected_at = fields.Datetime.now()
        token, secret = self._issue_token(self._get_scopes())
        key = new_digits()[:KEY_DIGITS]
        self._log("connected")
        return token, secret, self._renew(key)

    def _refresh(self, scopes):
        """Use the refresh token.

        :param scopes: records of ``rest.token.scope``, of those of the connection
        :return: the access token, its secret, and the next refresh token
        :rtype: (rest.token, str, str)
        """
        self.ensure_one()
        self.env.cr.execute(
            "SELECT refresh_key FROM rest_oauth_connection WHERE id = %s", (self.id,)
        )
        [key] = self.env.cr.fetchone()
        self.token_ids._replace()
        token, secret = self._issue_token(scopes)
        self.refreshed_at = fields.Datetime.now()
        return token, secret, self._renew(key)

    def _renew(self, key):
        """Make the refresh token that is good from now on.

        :param str key: of the connection
        :rtype: str
        """
        self.expires_at = fields.Datetime.now() + get_refresh_lifetime(self.env)
        compat.flush(self)
        secret = REFRESH_START + key + new_digits()[KEY_DIGITS:]
        self.env.cr.execute(
            "UPDATE rest_oauth_connection SET refresh_key = %s, refresh_hash = %s "
            "WHERE id = %s",
            (key, hash_secret(secret), self.id),
        )
        return secret

    def _issue_token(self, scopes):
        if self.is_limited and not scopes:
            raise ValueError("A token without scopes would be without limits.")
        return self.env["rest.token"]._issue_for_application(
            self.application_id, self.user_id, scopes, self
        )

    def _make_room(self):
        """End the oldest, where the user has too many of the same application."""
        domain = [
            ("application_id", "=", self.application_id.id),
            ("user_id", "=", self.user_id.id),
        ]
        others = self.search(domain + CURRENT, order="id desc")
        others[get_number(self.env, "max_connections") - 1 :]._end("too many")

    # ------------------------------------------------------------
    # The end
    # ------------------------------------------------------------

    def action_disconnect(self):
        """End these connections.

        :raise AccessError: one of them is another user's, and the current user has no
            right to manage it
        """
        for user in self.sudo().user_id:
            self.env["rest.token"]._check_manage(user)
        self.sudo()._end("disconnected")
        return True

    def _end(self, reason):
        """End those of these connections that go on, and their tokens.

        :param str reason: for the log
        """
        going_on = self.filtered(lambda each: not each.ended_at)
        if not going_on:
            return  # what a token's end ends has ended it
        going_on.write({"ended_at": fields.Datetime.now()})
        for connection in going_on:
            connection._log(f"ended: {reason}")
        going_on.token_ids._revoke()

    def _remove(self):
        """Delete these connections, whose tokens are of no use any more."""
        self.token_ids.unlink()
        self.unlink()

    @api.autovacuum
    def _gc_connections(self):
        connections = self.sudo()
        limit = fields.Datetime.now() - timedelta(days=1)
        # A code that is used twice is known for a day.
        connections.search(
            ["|", ("ended_at", "<", limit), ("expires_at", "<", limit)]
        )._remove()

    def _log(self, event):
        self.ensure_one()
        _logger.info(
            "Connection #%s of OAuth application %r (#%s) with %r (#%s) %s, "
            "by %r (#%s)",
            self.id,
            self.application_id.name,
            self.application_id.id,
            self.user_id.login,
            self.user_id.id,
            event,
            self.env.user.login,
            self.env.uid,
        )

    # ------------------------------------------------------------
    # Views
    # ------------------------------------------------------------

    @api.model
    def _build_list_view(self, root):
        return root(
            E.field(name="application_id"),
            E.field(name="user_id", groups="base.group_erp_manager"),
            E.field(name="scope_ids", widget="many2many_tags"),
            E.field(name="create_date"),
            E.field(name="refreshed_at", optional="show"),
            E.field(name="expires_at", optional="hide"),
            E.field(
                {
                    "name": "state",
                    "widget": "badge",
                    "decoration-success": "state == 'connected'",
                    "decoration-warning": "state == 'expired'",
                    "decoration-danger": "state == 'ended'",
                }
            ),
            E.button(
                compat.show_in_state("connected"),
                name="action_disconnect",
                type="object",
                string=_("Disconnect"),
                confirm=_(
                    "The application will have no access any more. Disconnect it?"
                ),
            ),
            {"decoration-muted": "state != 'connected'"},
            string=self._description,
            create="0",
            edit="0",
            delete="0",
        )
