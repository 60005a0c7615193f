from odoo import _, api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.odoo_rest_token import compat

from .rest_oauth_connection import CURRENT, OAUTH


class ResUsers(models.Model):
    _inherit = "res.users"

    # As rest_token_ids: computed and searched as the current user
    rest_oauth_connection_ids = fields.One2many(
        "rest.oauth.connection",
        string="Connected Applications",
        compute="_compute_rest_oauth_connection_ids",
        inverse="_inverse_rest_oauth_connection_ids",
        readonly=True,
        groups="odoo_rest_token.group_rest_token,base.group_erp_manager",
    )

    @api.depends_context("uid")
    def _compute_rest_oauth_connection_ids(self):
        connections = self.env["rest.oauth.connection"].search(
            [("user_id", "in", self.ids), *CURRENT]
        )
        for user in self:
            user.rest_oauth_connection_ids = connections.filtered(
                lambda each, user=user: each.user_id == user._origin
            )

    def _inverse_rest_oauth_connection_ids(self):
        raise AccessError(_("Applications are connected by themselves, not written."))

    def _register_hook(self):
        compat.add_self_readable_fields(self, "rest_oauth_connection_ids")
        return super()._register_hook()

    def _get_rest_tokens_domain(self):
        # They are shown by what they came of.
        return [*super()._get_rest_tokens_domain(), ("origin", "!=", OAUTH)]

    def _end_rest_access(self):
        result = super()._end_rest_access()
        connections = self.env["rest.oauth.connection"].sudo()
        connections.search([("user_id", "in", self.ids)])._end("its user")
        return result
