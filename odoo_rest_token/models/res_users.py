from odoo import _, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    rest_token_ids = fields.One2many(
        "rest.token", "user_id", string="REST Tokens", readonly=True
    )

    def _register_hook(self):
        # Users read their own record, this field included, in superuser mode.
        # A list up to Odoo 15.0, a property since.
        if "rest_token_ids" not in self.SELF_READABLE_FIELDS:
            type(self).SELF_READABLE_FIELDS = [
                *self.SELF_READABLE_FIELDS,
                "rest_token_ids",
            ]
        return super()._register_hook()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False or "password" in vals:
            self.sudo().rest_token_ids._revoke()
        return result

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
