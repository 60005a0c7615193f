from odoo import api, fields, models

from odoo.addons.base.models.res_users import check_identity


class RestTokenRotate(models.TransientModel):
    _name = "rest.token.rotate"
    _description = "Rotate REST Token"

    token_id = fields.Many2one(
        "rest.token", required=True, readonly=True, ondelete="cascade"
    )
    grace_minutes = fields.Integer(
        string="Keep Present Secret (Minutes)",
        help="How long the present secret is good for beside the new one, so that no "
        "call is refused while its program learns the new one; 0 to end it at once.",
    )

    @api.constrains("token_id")
    def _check_token(self):
        # Whoever can read the wizard can read what its token is called. From Odoo 19.0
        # on, constraints are checked in superuser mode.
        tokens = self.env["rest.token"].with_user(self.env.user)
        for wizard in self:
            tokens._check_manage(wizard.sudo().token_id.user_id)

    @check_identity
    def action_rotate(self):
        """Rotate the token, and open the dialog that shows its new secret once."""
        self.ensure_one()
        _token, secret = self.token_id._rotate(60 * self.grace_minutes)
        self.sudo().unlink()
        return self.env["rest.token.show"]._open(secret)
