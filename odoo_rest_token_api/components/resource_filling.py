from ..restapi import Component


class ResourceService(Component):
    """What is created is filled in as forms do, where an administrator says so."""

    _inherit = "rest.resource.service"

    def _has_filling(self):
        return self.resource.fills_in
