from ..restapi import Component


class ResourceService(Component):
    """Files and attachments, where an administrator says so."""

    _inherit = "rest.resource.service"

    def _has_files(self):
        return self.resource.allow_files

    def _has_attachments(self):
        return self.resource.allow_attachments

    def _get_file_limit(self, name):
        resource = self.resource
        limits = resource._keep_declaration("limits", resource._get_file_limits)
        return limits.get(name, 0)
