import logging
from contextlib import contextmanager

from ..records.health import find_unknown_names
from ..restapi import Component, JsonError

_logger = logging.getLogger(__name__)


class ResourceService(Component):
    """Service for what administrators expose: ``work.resource`` says what."""

    _name = "rest.resource.service"
    _inherit = "rest.record.service"
    _usage = None  # a service without one is given no routes

    def __init__(self, work_context):
        super().__init__(work_context)
        self.resource = resource = work_context.resource
        self._usage = resource.path
        self._model = resource._keep_declaration("model", lambda: resource.model)
        self._description = self.resource.description or ""

    def _get_scope_audience(self):
        resource = self.resource
        return resource._keep_declaration("audience", resource._get_scope_audience)

    def _get_deprecation(self, routing):
        return super()._get_deprecation(routing) or self.resource._get_deprecation()

    def _get_declared_fields(self):
        resource = self.resource
        return dict(resource._keep_declaration("fields", resource._get_declared_fields))

    def _get_operations(self):
        return self.resource._get_operations()

    def _get_model(self):
        with self._in_order():
            return super()._get_model()

    def _get_fields(self):
        with self._in_order():
            return super()._get_fields()

    def _get_domain(self):
        with self._in_order():
            domain = self.resource._parse_domain()
            unknown = find_unknown_names(self._get_model(), domain)
            if unknown:
                raise ValueError(f"{self._model} has no field {unknown[0]!r}")
            return domain

    @contextmanager
    def _in_order(self):
        """Run what fails where the resource was in order once, and is no more.

        :raise JsonError: 503
        """
        try:
            yield
        except (KeyError, ValueError) as error:
            _logger.warning("Resource %r can't be served: %s", self._usage, error)
            reason = "This resource is out of order: its form says why."
            raise JsonError(reason, code=503) from error
