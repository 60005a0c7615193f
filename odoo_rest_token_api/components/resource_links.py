from ..restapi import Component


class ResourceService(Component):
    """Links lead where an administrator says."""

    _inherit = "rest.resource.service"

    def _get_link_target(self, path):
        lines = self.resource.field_ids
        line = lines.filtered(lambda each: each.field_id.name == path)
        return line.target or super()._get_link_target(path)
