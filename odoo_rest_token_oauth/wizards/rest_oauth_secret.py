from odoo import _, api, fields, models


class RestOauthSecret(models.AbstractModel):
    _name = "rest.oauth.secret"
    _inherit = "rest.token.show"
    _description = "Secret of an OAuth Application"

    client_id = fields.Char(string="Client ID", readonly=True)
    secret = fields.Char(string="Client Secret")

    @api.model
    def _open_for(self, application, secret):
        """Return the action that shows the secret of an application once.

        :param application: record of ``rest.oauth.application``
        :param str secret: which was made just now
        :rtype: dict
        """
        action = self._open(secret)
        context = {**action["context"], "default_client_id": application.client_id}
        return {**action, "name": _("New Secret"), "context": context}
