"""Which token an operation needs, for *Authorize* of Swagger UI."""

from apispec import BasePlugin


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

    def operation_helper(
        self, path=None, operations=None, routing=None, original_routing=None, **kwargs
    ):
        declared = original_routing or routing or {}  # the former from base_rest 16.0
        auth = declared.get("auth", self.spec._params.get("default_auth"))
        if auth != "rest_token":
            return
        scope = self._service._get_scope(declared)
        for operation in operations.values():
            scopes = [scope] if scope else []
            operation["security"] = [
                {each.name: scopes} for each in self._authenticators
            ]
            if scope:  # Swagger UI shows no scopes of such schemes.
                needed = f"A token that is limited needs the scope `{scope}`."
                description = f"{operation.get('description', '')}\n\n{needed}"
                operation["description"] = description.strip()
