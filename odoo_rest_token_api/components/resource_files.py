from ..limits import MIB
from ..restapi import Component


class ResourceService(Component):
    """Files and attachments, where an administrator says so."""

    _inherit = "rest.resource.service"

    def _has_files(self):
        return self.resource.allow_files

    def _has_attachments(self):
        return self.resource.allow_attachments

    def _get_file_limit(self, name):
        lines = self.resource.field_ids
        line = lines.filtered(lambda each: each.field_id.name == name)
        return int(line.max_size * MIB)
