"""Descriptions of services in OpenAPI 3.1."""

import inspect
import textwrap

from apispec import BasePlugin

from odoo.addons.base_rest.apispec.base_rest_service_apispec import (
    BaseRestServiceAPISpec,
)
from odoo.addons.base_rest.apispec.rest_method_security_plugin import (
    RestMethodSecurityPlugin,
)
from odoo.addons.base_rest.core import _rest_services_databases

from .restapi import get_routing, iter_methods

SECURITY_SCHEMES = {
    "access_token": {"type": "apiKey", "in": "header", "name": "access-token"},
    "bearer": {"type": "http", "scheme": "bearer"},
}
ERROR_SCHEMA = {
    "type": "object",
    "required": ["code", "name", "description"],
    "properties": {
        "code": {"type": "integer", "description": "HTTP status"},
        "name": {"type": "string"},
        "description": {"type": "string", "description": "What went wrong"},
    },
    "additionalProperties": False,
}
ERRORS = {
    400: "The request can't be read, or a parameter is refused",
    401: "There is no valid token",
    403: "The user, or the token, may not",
    404: "There is no such thing, or not for this user",
    409: "It is in the way of something else",
    412: "It has changed since it was read",
    422: "A rule of the data is violated",
    503: "The service is unavailable for the moment",
}


class TokenServiceAPISpec(BaseRestServiceAPISpec):
    """Description of one service, at an address that is right behind any proxy."""

    def __init__(self, service_component, **params):
        super().__init__(service_component, **params)
        self.components.schema("Error", ERROR_SCHEMA)

    def _get_servers(self, **params):
        services_registry = _rest_services_databases[self._service.env.cr.dbname]
        root_path = next(
            root_path
            for root_path, definition in services_registry.items()
            if definition["collection_name"] == self._service._collection
        )
        return [{"url": root_path + self._service._usage}]

    def _get_plugins(self):
        plugins = [
            plugin
            for plugin in super()._get_plugins()
            if not isinstance(plugin, RestMethodSecurityPlugin)
        ]
        return [*plugins, TokenMethodPlugin(self._service)]

    def generate_paths(self):
        for name, method in iter_methods(self._service):
            if self._service._is_served(name) and self._service._may_call(name):
                self._add_operations(name, method)

    def _add_operations(self, name, method):
        routing = get_routing(method)
        for paths, verb in routing["routes"]:
            operation = {
                "operationId": self._get_operation_id(name, verb, routing),
                "summary": inspect.cleandoc(method.__doc__ or name),
                "tags": [self._service._usage],
            }
            # Whatever the series, one of these is what its plugins read.
            self.path(
                paths[0],
                operations={verb.lower(): operation},
                routing=routing,
                original_routing=routing,
            )

    def _get_operation_id(self, name, verb, routing):
        operation_id = f"{self._service._usage}_{name}"
        if len(routing["routes"]) > 1:
            operation_id += f"_{verb.lower()}"
        return operation_id.replace(".", "_").replace("-", "_")


class TokenMethodPlugin(BasePlugin):
    """Say which token an operation needs, and which errors it may answer."""

    def __init__(self, service):
        super().__init__()
        self._service = service

    def init_spec(self, spec):
        self.spec = spec
        for name, scheme in SECURITY_SCHEMES.items():
            spec.components.security_scheme(name, scheme)
        return super().init_spec(spec)

    def operation_helper(self, path=None, operations=None, routing=None, **kwargs):
        for operation in operations.values():
            operation["security"] = self._get_security(routing)
            responses = operation.setdefault("responses", {})
            for status in sorted(self._service._get_error_statuses(routing)):
                responses.setdefault(str(status), _describe_error(status))

    def _get_security(self, routing):
        default_auth = self.spec._params.get("default_auth")
        if routing.get("auth", default_auth) != "rest_token":
            return []
        scope = self._service._get_scope(routing)
        scopes = [scope] if scope else []
        return [{name: scopes} for name in SECURITY_SCHEMES]


def _describe_error(status):
    return {
        "description": ERRORS[status],
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Error"}}
        },
    }


def merge_documents(title, version, documents):
    """Make one document of those of several services.

    :param str title: of the whole
    :param str version: of the whole
    :param list documents: as :meth:`TokenServiceAPISpec.to_dict` makes them
    :rtype: dict
    """
    merged = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "servers": [{"url": "/"}],
        "tags": [],
        "paths": {},
        "components": {"schemas": {}, "securitySchemes": {}},
    }
    for document in documents:
        server = document["servers"][0]["url"]
        for path, item in document["paths"].items():
            merged["paths"][(server + path).rstrip("/")] = item
        for kind, components in merged["components"].items():
            components.update(document.get("components", {}).get(kind, {}))
        description = document["info"].get("description", "")
        merged["tags"].append(
            {
                "name": server.strip("/").split("/")[-1],
                "description": textwrap.dedent(description),
            }
        )
    return merged
