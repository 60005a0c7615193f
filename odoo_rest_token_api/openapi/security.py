"""Which token an operation needs, for *Authorize* of Swagger UI."""

from apispec import BasePlugin

from odoo.addons.odoo_rest_token.principal import NEEDED, takes_tokens


class TokenSecurityPlugin(BasePlugin):
    """Describe the kinds of tokens, and say which operations take one.

    :param service: component ``base.rest.service``, of whatever collection
    """

    def __init__(self, service):
        super().__init__()
        self._service = service
        self._authenticators = service.env["ir.http"]._get_rest_authenticators()

    def init_spec(self, spec):
        self.spec = spec
        for authenticator in self._authenticators:
            spec.components.security_scheme(authenticator.name, authenticator.scheme)
        return super().init_spec(spec)

    def _get_auth(self, declared):
        """Return how an operation authenticates, as base_rest completes it."""
        default = self.spec._params.get("default_auth")
        auth = declared.get("auth") or default
        return f"public_or_{default}" if auth == "public_or_default" else auth

    def operation_helper(
        self, path=None, operations=None, routing=None, original_routing=None, **kwargs
    ):
        declared = original_routing or routing or {}  # the former from base_rest 16.0
        schemes = getattr(declared.get("input_param"), "security_schemes", None)
        if schemes:  # beside what the parameters say
            self.spec.components.security_schemes.update(schemes)
            for operation in operations.values():
                operation["security"] = [{}, *({name: []} for name in schemes)]
        auth = self._get_auth(declared)
        if not takes_tokens(auth):
            return
        scope = self._service._get_scope(declared)
        for operation in operations.values():
            scopes = [scope] if scope else []
            kinds = [{each.name: scopes} for each in self._authenticators]
            operation["security"] = kinds if auth == NEEDED else [*kinds, {}]
            if scope:  # Swagger UI shows no scopes of such schemes.
                needed = f"A token that is limited needs the scope `{scope}`."
                description = f"{operation.get('description', '')}\n\n{needed}"
                operation["description"] = description.strip()
