"""What goes in and out of the operations on records, for base_rest and OpenAPI."""

from types import MappingProxyType

from werkzeug.exceptions import BadRequest

from odoo.addons.base_rest.restapi import RestMethodParam

from ..errors import InvalidParameter
from ..json_schema import to_json_schema

JSON = "application/json"


class Param(RestMethodParam):
    """Base: a parameter that says nothing of itself."""

    def from_params(self, service, params):
        return params

    def to_response(self, service, result):
        return result

    def to_openapi_query_parameters(self, service, spec):
        return []

    def to_openapi_requestbody(self, service, spec):
        return {}

    def to_openapi_responses(self, service, spec):
        return {}

    def to_json_schema(self, service, spec, direction):
        return {}


class QueryParam(Param):
    """Options of a query string.

    :param dict options: from their names to their JSON schemas
    """

    def __init__(self, options):
        self.options = options

    def from_params(self, service, params):
        # A mapping that is no dict is not taken for keyword arguments by base_rest.
        return MappingProxyType(self._parse(params))

    def _parse(self, params):
        for name, value in params.items():
            if name not in self.options:
                raise InvalidParameter(name, "unknown parameter")
            if not isinstance(value, str) or not value:
                raise InvalidParameter(name, "must be a string that is not empty")
        return {name: params.get(name) for name in self.options}

    def to_openapi_query_parameters(self, service, spec):
        parameters = [
            {"name": name, "in": "query", "required": False, **describe(schema)}
            for name, schema in self.options.items()
        ]
        for parameter in parameters:
            if parameter["name"] == "fields":
                names = {"type": "string", "enum": list(service._record_schema())}
                parameter["schema"] = {"type": "array", "items": names}
                parameter["explode"] = False
        return parameters


class SearchParam(QueryParam):
    """Options of a search, and filters by the names of fields."""

    def __init__(self):
        super().__init__(SEARCH_OPTIONS)

    def _parse(self, params):
        if not isinstance(params, dict):
            raise BadRequest("The parameters have to be an object.")
        options = {n: value for n, value in params.items() if n in self.options}
        filters = {n: value for n, value in params.items() if n not in self.options}
        return {**super()._parse(options), "filters": filters}

    def to_openapi_query_parameters(self, service, spec):
        options = super().to_openapi_query_parameters(service, spec)
        return [*options, *self._describe_filters(service)]

    def _describe_filters(self, service):
        for name, field in service._get_fields().items():
            if not field.searchable or name in self.options:
                continue
            others = ", ".join(f"{name}__{operator}" for operator in field.operators)
            yield {
                "name": name,
                "in": "query",
                "required": False,
                "schema": {"type": "string"},
                "description": f"Filter. There are also: {others}.",
            }


class BodyParam(Param):
    """A JSON object.

    :param str schema: name of the service's method that gives its Cerberus schema
    :param bool batch: whether a list of such objects will do
    """

    def __init__(self, schema, batch=False):
        self.schema = schema
        self.batch = batch

    def from_params(self, service, params):
        if isinstance(params, dict):
            return MappingProxyType(params)
        if not self.batch:
            raise BadRequest("The body has to be an object.")
        return params

    def to_json_schema(self, service, spec, direction):
        schema = {
            **to_json_schema(getattr(service, self.schema)()),
            "additionalProperties": False,
        }
        if self.batch:
            many = {
                "type": "array",
                "items": schema,
                "minItems": 1,
                "maxItems": service._max_batch,
            }
            return {"oneOf": [schema, many]}
        return schema

    def to_openapi_requestbody(self, service, spec):
        cerberus_schema = getattr(service, self.schema)()
        return {
            "required": any(
                rules.get("required") for rules in cerberus_schema.values()
            ),
            "content": {JSON: {"schema": self.to_json_schema(service, spec, "input")}},
        }


class Answer(Param):
    """A record, or what the operation makes of it.

    :param int status: of HTTP
    :param bool batch: whether it may be a list of records instead
    """

    def __init__(self, status=200, batch=False):
        self.status = status
        self.batch = batch

    def to_json_schema(self, service, spec, direction):
        record = to_json_schema(service._record_schema())
        if self.batch:
            return {"oneOf": [record, self._describe_list(record)]}
        return record

    def _describe_list(self, record, **others):
        return {
            "type": "object",
            "required": ["count", "data"],
            "properties": {
                "count": {"type": "integer"},
                "data": {"type": "array", "items": record},
                **others,
            },
        }

    def to_openapi_responses(self, service, spec):
        schema = self.to_json_schema(service, spec, "output")
        return {
            str(self.status): {
                "description": "Done",
                "content": {JSON: {"schema": schema}},
            }
        }


class SearchAnswer(Answer):
    """A page of records."""

    def to_json_schema(self, service, spec, direction):
        return self._describe_list(
            to_json_schema(service._record_schema()),
            next_cursor={
                "type": ["string", "null"],
                "description": "To be sent as 'cursor' for the next page, if any.",
            },
            total={"type": "integer", "description": "If asked for."},
        )


class EmptyAnswer(Param):
    def to_openapi_responses(self, service, spec):
        return {"204": {"description": "Done"}}


def describe(schema):
    """Split a JSON schema into what OpenAPI says of a parameter and of its schema."""
    schema = dict(schema)
    return {"description": schema.pop("description"), "schema": schema}


FIELDS_OPTION = {
    "type": "string",
    "description": "Names of the fields to read, with commas between them.",
}
SEARCH_OPTIONS = {
    "fields": FIELDS_OPTION,
    "domain": {
        "type": "string",
        "description": "What filters can't say, as a domain in JSON: "
        '["|", ["name", "ilike", "a"], ["city", "=", "b"]].',
    },
    "order": {
        "type": "string",
        "description": "Fields to sort by, such as: name desc, city.",
    },
    "limit": {"type": "integer", "minimum": 1, "description": "Size of a page."},
    "offset": {
        "type": "integer",
        "minimum": 0,
        "description": "Records to leave out. A cursor is faster, and misses none.",
    },
    "cursor": {
        "type": "string",
        "description": "What the page before gave as next_cursor.",
    },
    "total": {
        "type": "boolean",
        "description": "Whether to count all records that match.",
    },
}
