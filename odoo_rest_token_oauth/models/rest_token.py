from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.odoo_rest_token.exceptions import not_allowed
from odoo.addons.odoo_rest_token.rates import Quota

from ..parameters import get_access_lifetime
from .rest_oauth_connection import OAUTH


class RestToken(models.Model):
    _inherit = "rest.token"

    origin = fields.Selection(
        selection_add=[(OAUTH, "OAuth Application")], ondelete={OAUTH: "cascade"}
    )
    oauth_application_id = fields.Many2one(
        "rest.oauth.application",
        string="OAuth Application",
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    oauth_connection_id = fields.Many2one(
        "rest.oauth.connection",
        string="Connection",
        readonly=True,
        index=True,
        ondelete="cascade",
    )

    @api.model
    def _issue_for_application(self, application, user, scopes, connection=None):
        """Issue the access token that an application acts as a user with.

        :param application: record of ``rest.oauth.application``
        :param user: record of ``res.users``
        :param scopes: records of ``rest.token.scope``; none for no limits
        :param connection: record of ``rest.oauth.connection``, if it comes of one
        :return: the token, in superuser mode, and its secret
        :rtype: (rest.token, str)
        :raise UserError: as :meth:`_issue` does
        """
        expires_at = fields.Datetime.now() + get_access_lifetime(self.env)
        tokens = self.with_user(user)
        return tokens._issue(
            user,
            application.name,
            expires_at,
            scopes,
            OAUTH,
            oauth_application_id=application.id,
            oauth_connection_id=connection.id if connection else None,
        )

    @api.depends("oauth_application_id.networks")
    def _compute_network_keys(self):
        return super()._compute_network_keys()

    def _get_network_lists(self):
        application = self.sudo().oauth_application_id
        return [*super()._get_network_lists(), application.networks]

    @api.depends("oauth_application_id.calls_per_minute")
    def _compute_quota_keys(self):
        return super()._compute_quota_keys()

    def _get_quotas(self):
        quotas = super()._get_quotas()
        application = self.sudo().oauth_application_id
        if application:
            calls = application.calls_per_minute or None
            quotas.insert(1, Quota(f"application/{application.id}", calls))
        return quotas

    @api.model
    def _may_hold(self, user):
        """Tell whether a user may hold tokens.

        :rtype: bool
        """
        try:
            self._check_holder(user)
        except AccessError:
            return False
        return True

    def _is_held(self):
        """Tell whether the owner of a token may hold it.

        :rtype: bool
        """
        self.ensure_one()
        return self._may_hold(self.user_id)

    def _rotate(self, grace_seconds=0):
        if self.sudo().oauth_application_id:
            raise not_allowed(_("Tokens of applications are refreshed, not rotated."))
        return super()._rotate(grace_seconds)

    def _get_origins_of_programs(self):
        return [*super()._get_origins_of_programs(), OAUTH]

    def _revoke(self):
        tokens = super()._revoke()
        self.sudo().oauth_connection_id._end("its token was revoked")
        return tokens

    def _replace(self):
        """Revoke those of these tokens that are active: others are issued for them.

        Unlike :meth:`_revoke`, it does not end the connection.
        """
        active = self.filtered(lambda token: token.state == "active")
        active.write({"revoked_at": fields.Datetime.now()})
        for token in active:
            token._log("replaced")

    @api.autovacuum
    def _gc_oauth_tokens(self):
        limit = fields.Datetime.now() - timedelta(days=1)
        self.sudo().search(
            [
                ("origin", "=", OAUTH),
                "|",
                ("revoked_at", "<", limit),
                ("expires_at", "<", limit),
            ]
        ).unlink()
