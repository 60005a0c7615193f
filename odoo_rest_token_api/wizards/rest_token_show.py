from odoo import api, fields, models


class RestTokenShow(models.AbstractModel):
    _inherit = "rest.token.show"

    curl = fields.Char(
        string="Example", readonly=True, default=lambda self: self._get_curl()
    )

    @api.model
    def _get_curl(self):
        """Return the command line of a call with the token, ready to be copied.

        :rtype: str
        """
        base_url = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        secret = self.env.context.get("default_secret")
        return f'curl {base_url}/api/auth/me --header "access-token: {secret}"'
