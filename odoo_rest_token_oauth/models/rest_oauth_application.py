import hmac
import logging
import secrets
from datetime import timedelta

from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import AccessDenied, UserError, ValidationError

from odoo.addons.base.models.res_users import check_identity
from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.secret import hash_secret

from .. import redirects
from ..adapters import make_client_secret
from ..parameters import get_number, is_on
from .rest_oauth_connection import CURRENT

_logger = logging.getLogger(__name__)

MAX_SCOPE = 4000  # characters that a request may name scopes in
# What tokens were given for: a change takes them back.
LIMITS = {"is_confidential", "user_id", "scope_ids", "may_do_everything"}


@compat.add_constraints(
    client_id_unique=("UNIQUE (client_id)", "There is an application of that id."),
)
class RestOauthApplication(compat.FormViewMixin, compat.ListViewMixin, models.Model):
    """Program of somebody's that users connect with (a client of RFC 6749).

    The SHA-256 of its secret is in the column ``secret_hash``, which is not a field so
    that the ORM reads it for nobody.
    """

    _name = "rest.oauth.application"
    _inherit = "rest.limits.mixin"
    _description = "OAuth Application"
    _order = "name, id"

    name = fields.Char(
        required=True, help="As users know it: they read it when they are asked."
    )
    active = fields.Boolean(
        default=True, help="Switched off, all its connections and tokens end."
    )
    logo = fields.Image(max_width=256, max_height=256)
    client_id = fields.Char(
        string="Client ID",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._new_client_id(),
        help="Its name in the protocol, which is no secret.",
    )
    is_confidential = fields.Boolean(
        string="Keeps a Secret",
        default=True,
        help="On for programs on a server. Off for what runs on a user's device or in "
        "their browser, where nothing stays secret.",
    )
    redirect_uris = fields.Text(
        string="Redirect URIs",
        groups="base.group_erp_manager",
        help="Where users are sent back to, one address a line, as the application's "
        "makers write it: https://…, a scheme of their own such as com.example.app:/, "
        "or http://127.0.0.1/, where any port will do.",
    )
    scope_ids = fields.Many2many(
        "rest.token.scope",
        "rest_oauth_application_scope_rel",
        "application_id",
        "scope_id",
        string="Allowed Scopes",
        ondelete="restrict",
        groups="base.group_erp_manager",
        help="What it may ask for.",
    )
    may_do_everything = fields.Boolean(
        string="All That Its User Can Do",
        groups="base.group_erp_manager",
        help="It may ask for any scope, or for no limits.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Acts As",
        ondelete="restrict",
        groups="base.group_erp_manager",
        help="Whom it acts as by itself, without anybody being asked (client "
        "credentials). For nobody, if it is left empty.",
    )
    networks = fields.Char(groups="base.group_erp_manager")
    calls_per_minute = fields.Integer(groups="base.group_erp_manager")
    is_registered = fields.Boolean(
        string="Registered Itself",
        readonly=True,
        help="Over HTTP: nobody looked at what it says of itself.",
    )
    connection_ids = fields.One2many(
        "rest.oauth.connection", "application_id", groups="base.group_erp_manager"
    )
    current_connection_ids = fields.One2many(
        "rest.oauth.connection",
        "application_id",
        string="Connected Users",
        domain=CURRENT,
        groups="base.group_erp_manager",
    )
    token_ids = fields.One2many(
        "rest.token", "oauth_application_id", groups="base.group_erp_manager"
    )
    own_token_ids = fields.One2many(
        "rest.token",
        "oauth_application_id",
        string="Own Tokens",
        domain=[("oauth_connection_id", "=", False), ("state", "=", "active")],
        groups="base.group_erp_manager",
        help="Those that it got by itself, for the user that it acts as.",
    )
    has_secret = fields.Boolean(
        string="Has a Secret",
        compute="_compute_has_secret",
        groups="base.group_erp_manager",
    )

    def _auto_init(self):
        # Not in init(), which is open to RPC.
        result = super()._auto_init()
        self.env.cr.execute(
            "ALTER TABLE rest_oauth_application "
            "ADD COLUMN IF NOT EXISTS secret_hash char(64)"
        )
        return result

    def _compute_has_secret(self):
        self.env.cr.execute(
            """
            SELECT id FROM rest_oauth_application
            WHERE secret_hash IS NOT NULL AND id = ANY(%s)
            """,
            (self.ids,),
        )
        ids = {application_id for (application_id,) in self.env.cr.fetchall()}
        for application in self:
            application.has_secret = application._origin.id in ids

    @api.constrains("redirect_uris")
    def _check_redirect_uris(self):
        faults = {
            "characters": _("it has characters that no address has, or too many"),
            "address": _("it names no server, or a user"),
            "http": _("it has to begin with https"),
            "scheme": _("a scheme of an application's own has a dot, as com.example"),
        }
        for application in self:
            for uri in application._get_redirect_uris():
                fault = redirects.find_fault(uri)
                if fault:
                    raise ValidationError(
                        _(
                            "The redirect URI %(uri)s can't be used: %(fault)s.",
                            uri=uri[:100],
                            fault=faults[fault],
                        )
                    )

    @api.constrains("is_confidential", "user_id")
    def _check_user(self):
        for application in self:
            if application.user_id and not application.is_confidential:
                raise ValidationError(
                    _("An application that keeps no secret acts as nobody by itself.")
                )

    def write(self, vals):
        result = super().write(vals)
        if not vals.get("active", True):
            self._end()
        elif LIMITS.intersection(vals):
            self.sudo().token_ids._replace()
        return result

    def unlink(self):
        self._end()  # so that the log tells
        return super().unlink()

    def _end(self):
        """End all connections and tokens of these applications."""
        applications = self.sudo()
        connections = self.env["rest.oauth.connection"].sudo()
        connections.search([("application_id", "in", self.ids)])._end("application")
        applications.token_ids._revoke()

    # ------------------------------------------------------------
    # What requests are held to
    # ------------------------------------------------------------

    @api.model
    def _find(self, client_id):
        """Find the application of that id, if it is served.

        :param str client_id: as a client sent it
        :rtype: rest.oauth.application, in superuser mode
        """
        return self.sudo().search([("client_id", "=", client_id)])

    def _get_redirect_uris(self):
        """Return the redirect URIs as they are registered.

        :rtype: list of str
        """
        self.ensure_one()
        lines = (self.sudo().redirect_uris or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _takes_redirect(self, uri, issuer):
        """Tell whether an answer to this application may be sent somewhere.

        :param str uri: that a request names
        :param str issuer: address of this server
        :rtype: bool
        """
        return redirects.is_registered(uri, self._get_redirect_uris(), issuer)

    def _get_grant_types(self):
        """Return the ways in which the application gets tokens.

        :rtype: list of str, as RFC 7591 calls them
        """
        self.ensure_one()
        asks = ["authorization_code", "refresh_token"]
        types = asks if self._get_redirect_uris() else []
        return [*types, *(["client_credentials"] if self.user_id else [])]

    def _get_allowed_scopes(self):
        """Return the scopes that may be asked for, where not all may.

        :rtype: rest.token.scope, those alone that are for something
        """
        self.ensure_one()
        return self.sudo().scope_ids.filtered("active")

    def _choose_scopes(self, text, audience):
        """Find the scopes that a request asks for.

        :param str text: as OAuth writes them; what is allowed, if nothing is named
        :param str audience: whose scopes are meant
        :return: without any, there are to be no limits
        :rtype: rest.token.scope
        :raise ValidationError: there are no such scopes, or not for this application
        """
        self.ensure_one()
        allowed = self._get_allowed_scopes()
        if text and len(text) > MAX_SCOPE:
            raise ValidationError(_("That is too many scopes."))
        if text:
            scopes = self.env["rest.token.scope"].sudo()._parse(text, audience)
            if scopes - allowed and not self.may_do_everything:
                raise ValidationError(_("The application may not ask for that."))
            return scopes
        if self.may_do_everything:
            return allowed.browse()
        if not allowed:
            raise ValidationError(_("The application may not ask for anything."))
        return allowed

    # ------------------------------------------------------------
    # Applications that register themselves
    # ------------------------------------------------------------

    @api.model
    def _new_client_id(self):
        return secrets.token_hex(16)

    @api.model
    def _is_registration_open(self):
        """Tell whether applications may register themselves: not unless told so.

        :rtype: bool
        """
        return is_on(self.env, "registration")

    @api.model
    def _may_register(self):
        """Tell whether there is room for one more application that registers itself.

        :rtype: bool
        """
        registered = self.sudo().with_context(active_test=False)
        count = registered.search_count([("is_registered", "=", True)])
        return count < get_number(self.env, "max_registrations")

    @api.model
    def _register_itself(self, client_id, secret, name, redirect_uris, scope):
        """Make an application of what it says of itself.

        :param str client_id: of :meth:`_new_client_id`
        :param str secret: none where it keeps none
        :param str name: as it calls itself, if it does
        :param list redirect_uris: of str, which were looked at
        :param str scope: names of scopes, all there are if it names none
        :rtype: rest.oauth.application, in superuser mode
        """
        scopes = self.env["rest.token.scope"].sudo()._find_all()
        if scope:
            names = set(scope.split())
            scopes = scopes.filtered(lambda each: each.name in names)
        application = self.sudo().create(
            {
                "name": name or _("Application without a name"),
                "client_id": client_id,
                "is_confidential": bool(secret),
                "redirect_uris": "\n".join(redirect_uris),
                "scope_ids": [(6, 0, scopes.ids)],
                "is_registered": True,
            }
        )
        if secret:
            application._set_secret(secret)
        application._log("registered itself")
        return application

    @api.autovacuum
    def _gc_registered(self):
        """Remove those that registered themselves, and that nobody connected."""
        limit = fields.Datetime.now() - timedelta(days=1)
        domain = [("is_registered", "=", True), ("create_date", "<", limit)]
        domain.append(("connection_ids", "=", False))
        self.sudo().with_context(active_test=False).search(domain).unlink()

    # ------------------------------------------------------------
    # Secret
    # ------------------------------------------------------------

    def _new_secret(self):
        """Give the application a new secret, in place of the one that it had.

        :return: the secret, which is never told again
        :rtype: str
        """
        self.ensure_one()
        secret = make_client_secret()
        self._set_secret(secret)
        self._log("was given a new secret")
        return secret

    def _set_secret(self, secret):
        compat.flush(self)
        self.env.cr.execute(
            "UPDATE rest_oauth_application SET secret_hash = %s WHERE id = %s",
            (hash_secret(secret), self.id),
        )
        compat.invalidate(self)

    def _check_secret(self, secret):
        """Check that this is the secret, in a time that tells nothing of it.

        :param str secret: as a client sent it
        :raise AccessDenied: it is not
        """
        self.ensure_one()
        self.env.cr.execute(
            "SELECT secret_hash FROM rest_oauth_application WHERE id = %s", (self.id,)
        )
        [known] = self.env.cr.fetchone()
        if not known or not hmac.compare_digest(known, hash_secret(secret)):
            raise AccessDenied()

    @check_identity
    def action_new_secret(self):
        """Give the application a secret, and open the dialog that shows it once."""
        self.ensure_one()
        compat.check_access(self, "write")
        if not self.is_confidential:
            raise UserError(_("An application that keeps no secret has none."))
        secret = self.sudo()._new_secret()
        return self.env["rest.oauth.secret"]._open_for(self, secret)

    def _log(self, event):
        for application in self:
            _logger.info(
                "OAuth application %r (#%s) %s, by %r (#%s)",
                application.name,
                application.id,
                event,
                self.env.user.login,
                self.env.uid,
            )

    # ------------------------------------------------------------
    # Views
    # ------------------------------------------------------------

    def _get_button_conditions(self):
        return {"action_new_secret": compat.show_where("is_confidential")}

    @api.model
    def _build_list_view(self, root):
        return root(
            E.field(name="name"),
            E.field(name="client_id", optional="hide"),
            E.field(name="is_confidential", optional="hide"),
            E.field(name="scope_ids", widget="many2many_tags"),
            E.field(name="may_do_everything", optional="show"),
            E.field(name="user_id"),
            E.field(name="is_registered", optional="show"),
            E.field(name="create_date", optional="hide"),
            string=self._description,
        )
