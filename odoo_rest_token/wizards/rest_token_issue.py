from odoo import api, fields, models

from odoo.addons.base.models.res_users import check_identity

from ..relative_dates import format_relative


class RestTokenIssue(models.TransientModel):
    _name = "rest.token.issue"
    _inherit = "rest.limits.mixin"
    _description = "New REST Token"

    user_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, readonly=True
    )
    name = fields.Char(required=True, help="Which program will use the token.")
    expires_at = fields.Datetime(
        string="Expires",
        required=True,
        default=lambda self: (
            fields.Datetime.now() + self.env["rest.token"]._get_default_lifetime()
        ),
    )
    expires_in = fields.Char(compute="_compute_expires_in")
    scope_ids = fields.Many2many(
        "rest.token.scope",
        string="Scopes",
        help="What the token is limited to. Without any, it can do all its user can.",
    )

    @api.depends("expires_at")
    @api.depends_context("lang")
    def _compute_expires_in(self):
        for wizard in self:
            wizard.expires_in = format_relative(self.env, wizard.expires_at)

    @check_identity
    def action_issue(self):
        """Issue the token, and open the dialog that shows its secret once."""
        self.ensure_one()
        return self._issue_and_show()

    def _issue_and_show(self):
        _token, secret = self.env["rest.token"]._issue(
            self.user_id,
            self.name,
            self.expires_at,
            self.scope_ids,
            "backend",
            networks=self.networks,
            calls_per_minute=self.calls_per_minute,
        )
        self.sudo().unlink()
        return self.env["rest.token.show"]._open(secret)
