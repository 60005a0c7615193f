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
        return self._open_calls("rest_usage_action")
