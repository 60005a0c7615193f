from odoo import api, models


class RestTokenScope(models.Model):
    _inherit = "rest.token.scope"

    @api.model
    def _find_all(self):
        """Find all scopes that are for something.

        :rtype: rest.token.scope
        """
        return self.search([("active", "=", True)])

    def _find_used(self):
        used = super()._find_used()
        for name in ("rest.oauth.application", "rest.oauth.connection"):
            model = self.env[name].sudo().with_context(active_test=False)
            used |= self & model.search([("scope_ids", "in", self.ids)]).scope_ids
        return used
