from ..restapi import Component


class ResourceService(Component):
    """Service for what administrators expose: ``work.resource`` says what."""

    _name = "rest.resource.service"
    _inherit = "rest.record.service"
    _usage = None  # a service without one is given no routes

    def __init__(self, work_context):
        super().__init__(work_context)
        self.resource = work_context.resource
        self._usage = self.resource.path
        self._model = self.resource.model
        self._description = self.resource.description or ""

    def _get_scope_audience(self):
        return self.resource._get_scope_audience()

    def _get_declared_fields(self):
        return self.resource._get_declared_fields()

    def _get_operations(self):
        return self.resource._get_operations()

    def _get_domain(self):
        return self.resource._parse_domain()
