from functools import cached_property

from ..restapi import Component


class ResourceService(Component):
    """Links lead where an administrator says."""

    _inherit = "rest.resource.service"

    def _get_link_target(self, path):
        return self._targets.get(path) or super()._get_link_target(path)

    @cached_property
    def _targets(self):
        resource = self.resource
        return resource._keep_declaration("targets", resource._get_targets)
