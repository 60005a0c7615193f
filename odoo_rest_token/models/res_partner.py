from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        # What Odoo's auth_signup does before it sends a link to set a password
        if vals.get("signup_type") or vals.get("signup_token"):
            users = self.sudo().with_context(active_test=False).user_ids
            if any(user.is_rest_program for user in users):
                raise users._no_rest_program_password()
        return super().write(vals)
