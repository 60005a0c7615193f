"""What goes in and out of operations on many records, of a list or of a search."""

from types import MappingProxyType

from werkzeug.exceptions import BadRequest

from ..errors import InvalidParameter
from ..openapi.names import add_schema, name_record
from ..openapi.parts import ID_SCHEMA
from ..openapi.records import add_record
from .fields.links import parse_id
from .params import (
    EXPAND_PARAM,
    JSON,
    NOTHING,
    SEARCH_OPTIONS,
    Answer,
    BodyParam,
    QueryParam,
    SearchParam,
)

EXPECTED_COUNT = "expected_count"
MATCH_OPTIONS = {
    "domain": SEARCH_OPTIONS["domain"],
    EXPECTED_COUNT: {
        "type": "integer",
        "minimum": 0,
        "description": "How many records match, unless the body is a list: nothing is "
        "done if it is another number.",
    },
}


class ManyParam(SearchParam):
    """Which records are meant: those of a list, or all that match.

    What it makes is a mapping: ``ids``, or None where ``filters``, ``domain`` and
    ``expected_count`` say which; and ``body``, which is what the client sent.
    """

    def __init__(self):
        super().__init__(MATCH_OPTIONS)

    def from_params(self, service, params):
        query, body = params["query"], params["body"]
        query = service._leave_out_expand(query)
        if isinstance(body, list):
            if query:
                raise InvalidParameter(min(query), "is not for a list")
            return MappingProxyType({"ids": self._parse_ids(body), "body": body})
        self._check_body(body)
        match = self._parse(query)
        if match[EXPECTED_COUNT] is None:
            raise InvalidParameter(EXPECTED_COUNT, "is missing")
        return MappingProxyType({**match, "ids": None, "body": body})

    def _parse_ids(self, items):
        ids = []
        for number, item in enumerate(items):
            try:
                ids.append(parse_id(self._get_id(item)))
            except ValueError as error:
                raise BadRequest(f"{number}: id: {error}") from error
        if len(set(ids)) < len(ids):
            raise BadRequest("A record is listed twice.")
        return ids

    def _get_id(self, item):
        return item

    def _check_body(self, body):
        """Check what is sent beside a search."""
        if body:
            raise BadRequest("The body has to be a list.")

    def to_openapi_options(self, service, spec):
        return QueryParam.to_openapi_query_parameters(self, service, spec)

    def _describe_list(self, service, items):
        size = {"minItems": 1, "maxItems": service._max_batch}
        return {"type": "array", "items": items, **size}

    def to_openapi_requestbody(self, service, spec):
        schema = self._describe_list(service, ID_SCHEMA)
        return {"required": False, "content": {JSON: {"schema": schema}}}


class ManyBodyParam(ManyParam):
    """Which records are meant, and what becomes of each, or of all of them."""

    def to_openapi_options(self, service, spec):
        options = super().to_openapi_options(service, spec)
        return [*options, *EXPAND_PARAM.to_openapi_query_parameters(service, spec)]

    def _get_id(self, item):
        return item.get("id") if isinstance(item, dict) else None

    def _check_body(self, body):
        if not isinstance(body, dict):
            raise BadRequest("The body has to be a list, or an object.")

    def to_openapi_requestbody(self, service, spec):
        update = BodyParam("Update").to_json_schema(service, spec, "input")
        name = name_record(service._usage, "UpdateEach")
        described = spec.components.schemas[name_record(service._usage, "Update")]
        properties = {**described["properties"], "id": ID_SCHEMA}
        described = {**described, "properties": properties, "required": ["id"]}
        each = add_schema(spec, name, described)
        schema = {"anyOf": [self._describe_list(service, each), update]}
        return {"required": True, "content": {JSON: {"schema": schema}}}


class ManyAnswer(Answer):
    """How many records were changed, and the records, unless they were searched."""

    def to_json_schema(self, service, spec, direction):
        schema = {
            "type": "object",
            "required": ["count"],
            "properties": {
                "count": {"type": "integer", "description": "Records that were meant."},
                "data": {"type": "array", "items": add_record(spec, service)},
            },
        }
        return add_schema(spec, name_record(service._usage, "Changed"), schema)

    def to_openapi_responses(self, service, spec):
        return {**super().to_openapi_responses(service, spec), **NOTHING}
