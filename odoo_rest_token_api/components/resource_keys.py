from ..restapi import Component


class ResourceService(Component):
    """Keys by which clients name records, where an administrator says so."""

    _inherit = "rest.resource.service"

    def _get_keys(self):
        return self.resource._keep_declaration("keys", self.resource._get_keys)

    def _get_external_module(self):
        return self.resource._find_external_module()
