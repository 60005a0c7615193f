from apispec import BasePlugin

from odoo.addons.base_rest.apispec.base_rest_service_apispec import (
    BaseRestServiceAPISpec,
)

SECURITY_SCHEMES = {
    "access_token": {"type": "apiKey", "in": "header", "name": "access-token"},
    "bearer": {"type": "http", "scheme": "bearer"},
}


class TokenServiceAPISpec(BaseRestServiceAPISpec):
    """Description of a service, at an address that is right behind any proxy."""

    def _get_servers(self, **params):
        root_path = params.get("root_path") or "/api/"
        return [{"url": root_path + self._service._usage}]

    def _get_plugins(self):
        return [*super()._get_plugins(), TokenSecurityPlugin(self._service)]


class TokenSecurityPlugin(BasePlugin):
    """Say which operations need a token, and how to send it."""

    def __init__(self, service):
        super().__init__()
        self._service = service

    def init_spec(self, spec):
        self.spec = spec
        for name, scheme in SECURITY_SCHEMES.items():
            spec.components.security_scheme(name, scheme)
        return super().init_spec(spec)

    def operation_helper(self, path=None, operations=None, **kwargs):
        # base_rest calls it "original_routing" from Odoo 16.0.
        routing = kwargs.get("routing") or kwargs["original_routing"]
        default_auth = self.spec._params.get("default_auth")
        if routing.get("auth", default_auth) != "rest_token":
            return
        for operation in operations.values():
            operation["security"] = [{name: []} for name in SECURITY_SCHEMES]
