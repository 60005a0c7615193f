from odoo import models

from .rest_resource import ROOT


class RestResource(models.Model):
    """What was called of a resource, as administrators see it."""

    _name = "rest.resource"
    _inherit = ["rest.resource", "rest.watched.mixin"]

    def _get_usage_domain(self):
        self.ensure_one()
        return [("service", "=", f"{ROOT}{self.path}")]

    def action_open_usage(self):
        """Open what was called of the resource, by whom."""
        self.ensure_one()
        actions = self.env["ir.actions.act_window"]
        action = actions._for_xml_id("odoo_rest_token_api.rest_usage_action")
        domain = self._get_usage_domain()
        return {**action, "domain": domain, "context": {"create": False}}
