from odoo import models

from ..controllers.main import RestTokenController


class RestServiceRegistration(models.AbstractModel):
    _inherit = "rest.service.registration"

    def _build_controllers_routes(self, services_registry):
        result = super()._build_controllers_routes(services_registry)
        self._register_scopes(services_registry)
        return result

    def _register_scopes(self, services_registry):
        """Make sure that there is a scope for whatever the services ask for."""
        scopes = set()
        for definition in services_registry.values():
            if issubclass(definition["controller_class"], RestTokenController):
                for service in self._get_services(definition["collection_name"]):
                    scopes |= service._get_scopes()
        if scopes:
            self.env["rest.token.scope"]._ensure(scopes)
