from odoo import fields, models

from odoo.addons.odoo_rest_token.principal import Scope


class RestResource(models.Model):
    """What a resource has beside the fields of its records."""

    _inherit = "rest.resource"

    action_ids = fields.One2many(
        "rest.resource.action", "resource_id", string="Actions", copy=True
    )

    def _get_scopes(self):
        scopes = super()._get_scopes()
        for action in self.mapped("action_ids"):
            audience = action.resource_id._get_scope_audience()
            scopes.add(Scope(action._get_scope_name(), audience))
        return scopes

    def _update_action_scopes(self):
        """Have those scopes that there are actions for, and no others."""
        for resource in self:
            audience = resource._get_scope_audience()
            domain = [("audience", "=", audience)]
            names = self.env["rest.token.scope"].sudo().search(domain).mapped("name")
            resource._ensure_scopes()
            wanted = {scope.name for scope in resource._get_scopes()}
            self.env["rest.token.scope"]._retire(set(names) - wanted, audience)
        self._forget_descriptions()
