from odoo import models

from odoo.addons.odoo_rest_token.principal import Scope, takes_tokens

from ..controllers.main import ApiController, RestTokenController
from ..dispatch.operations import (
    get_declared,
    get_resource_service_class,
    iter_operations,
)
from ..dispatch.table import Table


class RestServiceRegistration(models.AbstractModel):
    """Controllers of ours get a table of operations, and no routes of base_rest."""

    _inherit = "rest.service.registration"

    def _build_controllers_routes(self, services_registry):
        ours, others = {}, {}
        for root, definition in services_registry.items():
            is_ours = issubclass(definition["controller_class"], RestTokenController)
            (ours if is_ours else others)[root] = definition
        if ours:
            self._build_rest_operations(ours.values())
        return super()._build_controllers_routes(others)

    def _build_rest_operations(self, definitions):
        """Put what services declare into the table, and make sure of its scopes.

        :param definitions: those of base_rest, of the controllers that are ours
        """
        table = Table(self.env["ir.http"]._get_converters())
        for definition in definitions:
            controller_class = definition["controller_class"]
            table.add_root(controller_class)
            for service in self._get_services(definition["collection_name"]):
                self._prepare_non_decorated_endpoints(service)
                operations = list(
                    iter_operations(controller_class, type(service), service._usage)
                )
                self._ensure_scopes(service, operations)
                for operation in operations:
                    table.add(operation)
                if getattr(service, "_synced", False):
                    table.synced_models.add(service._model)
        resources = get_resource_service_class(self.env)
        for operation in iter_operations(ApiController, resources, None):
            table.add(operation)
        self.env.registry.rest_operations = table
        active = [("active", "=", True)]
        self.env["rest.resource"].sudo().search(active)._ensure_scopes()
        self.env["rest.sync.index"]._update_at_start()

    def _knows_tokens(self):
        """Tell whether components are as ours make them.

        Tests of other addons make components of theirs without those of ours.

        :rtype: bool
        """
        return get_resource_service_class(self.env) is not None

    def _ensure_scopes(self, service, operations):
        scopes = {service._get_scope(operation.routing) for operation in operations}
        self.env["rest.token.scope"]._ensure(
            scopes - {None}, service._get_scope_audience()
        )

    def _build_controller(self, service, controller_def):
        """Make the routes of another's service, which tokens may protect, too."""
        rest = self.with_context(rest_service=service)
        return super(RestServiceRegistration, rest)._build_controller(
            service, controller_def
        )

    def _apply_defaults_to_controller_routes(self, controller_class):
        """Say which scope is needed where a token is, as for services of ours."""
        super()._apply_defaults_to_controller_routes(controller_class)
        if not self._knows_tokens():
            return
        service = self.env.context["rest_service"]
        operations = [
            operation
            for operation in iter_operations(
                controller_class, type(service), service._usage
            )
            if takes_tokens(operation.routing["auth"])
        ]
        if not operations:
            return
        self._ensure_scopes(service, operations)
        audience = service._get_scope_audience()
        for operation in operations:
            # base_rest's name of the method that it makes for it
            route = getattr(
                controller_class, f"{operation.verb.lower()}_{operation.name}"
            )
            scope = service._get_scope(operation.routing)
            routing = get_declared(route)
            routing["rest_token_scope"] = scope and Scope(scope, audience)

    def _get_services(self, collection_name):
        services = super()._get_services(collection_name)
        if not self._knows_tokens():
            return services
        return [service for service in services if service._is_available()]
