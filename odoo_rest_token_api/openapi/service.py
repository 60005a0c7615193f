"""The description of one service, in OpenAPI 3.1 or 3.0."""

import inspect

from apispec import BasePlugin
from werkzeug.http import HTTP_STATUS_CODES

from odoo.addons.base_rest.apispec.base_rest_service_apispec import (
    BaseRestServiceAPISpec,
)
from odoo.addons.base_rest.apispec.rest_method_security_plugin import (
    RestMethodSecurityPlugin,
)
from odoo.addons.odoo_rest_token.principal import takes_tokens

from .document import LICENSE, get_version
from .elsewhere import settle_schemas
from .examples import ExampleMaker
from .mending import MendingPlugin, mend_parameter
from .openapi_3_0 import to_openapi_3_0
from .parts import (
    ANSWER_HEADERS,
    ERROR,
    ERROR_HEADERS,
    ERRORS,
    OAUTH_ERROR,
    REQUEST_HEADERS,
    SCHEMAS,
)
from .security import TokenSecurityPlugin


class TokenServiceAPISpec(BaseRestServiceAPISpec):
    """Description of one service, at an address that is right behind any proxy.

    :param str openapi_version: the one that base_rest's Swagger UI takes, if not given
    """

    def __init__(self, service_component, openapi_version=None, **params):
        super().__init__(service_component, **params)
        env = service_component.env
        known = env["rest.resource"]._keep_description
        self.version = known(("version",), lambda: get_version(env))
        self._shown_version = openapi_version or str(self.openapi_version)
        self.tag(
            {
                "name": self._service._usage,
                "description": inspect.cleandoc(self._service._description or ""),
            }
        )
        for name, schema in SCHEMAS.items():
            self.components.schema(name, schema)
        for status in ERRORS:
            self.components.response(
                get_error_name(status), describe_error(status), lazy=True
            )
        for name, parameter in REQUEST_HEADERS.items():
            self.components.parameter(name, "header", parameter, lazy=True)
        for name, header in ANSWER_HEADERS.items():
            self.components.header(name, header, lazy=True)

    def to_dict(self):
        document = {**super().to_dict(), "openapi": "3.1.0"}
        document["info"]["license"] = LICENSE
        settle_schemas(document)
        if self._shown_version.startswith("3.0"):
            return to_openapi_3_0(document)
        return document

    def _get_servers(self, **params):
        return [{"url": f"{self._root}{self._service._usage}"}]

    @property
    def _table(self):
        return self._service.env.registry.rest_operations

    @property
    def _root(self):
        return self._table.find_root(self._service._collection)

    def _get_plugins(self):
        plugins = [
            plugin
            for plugin in super()._get_plugins()
            if not isinstance(plugin, RestMethodSecurityPlugin)
        ]
        own = (
            MendingPlugin(),
            TokenSecurityPlugin(self._service),
            TokenMethodPlugin(self._service),
            ExamplePlugin(),
        )
        return [*plugins, *own]

    def generate_paths(self):
        for operation in self._service._get_rest_operations():
            if self._service._is_served(operation.name) and self._may_call(operation):
                self._add_operation(operation)

    def _may_call(self, operation):
        if operation.part:
            return self._service._is_open(operation.routing)
        return self._service._may_call(operation.name)

    def _add_operation(self, operation):
        method = getattr(self._service, operation.name)
        text = operation.text or method.__doc__ or operation.name
        text = inspect.cleandoc(text)
        summary, _newline, description = text.partition("\n")
        described = {
            "operationId": operation.get_id(self._service._usage),
            "summary": summary,
            "tags": [self._service._usage],
        }
        if description:
            described["description"] = description.strip()
        # Whatever the series, one of these is what its plugins read.
        self.path(
            operation.path,
            operations={operation.verb.lower(): described},
            routing=operation.routing,
            original_routing=operation.routing,
        )


class TokenMethodPlugin(BasePlugin):
    """Say which headers an operation takes, and its errors."""

    def __init__(self, service):
        super().__init__()
        self._service = service

    def init_spec(self, spec):
        self.spec = spec
        return super().init_spec(spec)

    def operation_helper(self, path=None, operations=None, routing=None, **kwargs):
        for verb, operation in operations.items():
            operation.setdefault("security", [])
            self._describe_deprecation(operation, routing)
            if takes_tokens(routing["auth"]):
                headers = ("X-Company-Id", "Accept-Language")
                operation.setdefault("parameters", []).extend(headers)
            operation.setdefault("parameters", []).extend(routing.get("headers", ()))
            if verb != "get":  # of which base_rest describes the query string
                operation["parameters"] += self._describe_options(routing)
            responses = operation.setdefault("responses", {})
            is_oauth = routing.get("oauth_errors")
            refer = describe_oauth_error if is_oauth else get_error_name
            for status in sorted(self._service._get_error_statuses(routing)):
                responses.setdefault(str(status), refer(status))

    def _describe_options(self, routing):
        describe = getattr(routing.get("input_param"), "to_openapi_options", None)
        return map(
            mend_parameter, describe(self._service, self.spec) if describe else ()
        )

    def _describe_deprecation(self, operation, routing):
        deprecation = self._service._get_deprecation(routing)
        if deprecation:
            operation["deprecated"] = True
            parts = (operation.get("description"), deprecation.describe())
            operation["description"] = "\n\n".join(filter(None, parts))


class ExamplePlugin(BasePlugin):
    """Give an example of each body that a schema describes."""

    def init_spec(self, spec):
        self._maker = ExampleMaker(spec.components.schemas)
        return super().init_spec(spec)

    def operation_helper(self, path=None, operations=None, **kwargs):
        for operation in operations.values():
            self._add(operation.get("requestBody", {}), self._maker.make_request)
            for response in operation["responses"].values():
                if isinstance(response, dict):
                    self._add(response, self._maker.make_answer)

    def _add(self, body, make):
        for name, media_type in body.get("content", {}).items():
            if name.endswith(("/json", "+json")):  # nobody writes files by hand
                media_type["example"] = make(media_type["schema"])


def get_error_name(status):
    """Return the name of the description of an error, such as ``NotFound``.

    :rtype: str
    """
    return HTTP_STATUS_CODES[status].replace(" ", "")


def describe_error(status):
    """Describe the answer that is an error.

    :param int status: of HTTP
    :rtype: dict
    """
    example = {
        "code": status,
        "name": HTTP_STATUS_CODES[status],
        "description": ERRORS[status],
    }
    described = {
        "description": ERRORS[status],
        "content": {"application/json": {"schema": ERROR, "example": example}},
    }
    if status in ERROR_HEADERS:
        # Said here: apispec leaves out components that others of them alone refer to.
        described["headers"] = ERROR_HEADERS[status]
    return described


def describe_oauth_error(status):
    """Describe the answer that is an error, of an operation of OAuth 2.0.

    :param int status: of HTTP
    :rtype: dict
    """
    content = {"application/json": {"schema": OAUTH_ERROR}}
    return {"description": ERRORS[status], "content": content}
