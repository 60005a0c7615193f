from odoo import models

from ..controllers.main import RestTokenController, is_available


class RestServiceRegistration(models.AbstractModel):
    _inherit = "rest.service.registration"

    def _build_controllers_routes(self, services_registry):
        result = super()._build_controllers_routes(services_registry)
        self._register_scopes(services_registry)
        return result

    def _get_services(self, collection_name):
        services = super()._get_services(collection_name)
        return [service for service in services if is_available(service)]

    def _apply_default_cors_if_not_set(self, controller_class, routing):
        # Up to Odoo 15.0, cors=None is answered as a header that says "None".
        if getattr(controller_class, "_default_cors", None):
            return super()._apply_default_cors_if_not_set(controller_class, routing)
        return None

    def _register_scopes(self, services_registry):
        """Make sure that there is a scope for whatever the services ask for."""
        scopes = set()
        for definition in services_registry.values():
            if issubclass(definition["controller_class"], RestTokenController):
                for service in self._get_services(definition["collection_name"]):
                    scopes |= service._get_scopes()
        if scopes:
            self.env["rest.token.scope"]._ensure(scopes)
