"""What goes in and out of operations on many records, of a list or of a search."""

from types import MappingProxyType

from werkzeug.exceptions import BadRequest

from ..errors import InvalidParameter
from ..openapi.names import add_schema, name_record
from ..openapi.parts import ID_SCHEMA
from ..openapi.records import add_list, add_record
from .fields.links import parse_id
from .params import (
    EXPAND_PARAM,
    JSON,
    NOTHING,
    SEARCH_OPTIONS,
    Answer,
    BodyParam,
    Param,
    SearchParam,
    describe_batch,
)

EXPECTED_COUNT = "expected_count"
MATCH_OPTIONS = {
    "domain": SEARCH_OPTIONS["domain"],
    EXPECTED_COUNT: {
        "type": "integer",
        "minimum": 0,
        "description": "How many records match: nothing is done if it is another "
        "number.",
    },
}


class ManyParam(SearchParam):
    """Which records are meant: all that match, or those of a list, of which another
    operation says so.

    What it makes is a mapping: ``ids``, or None where ``filters``, ``domain`` and
    ``expected_count`` say which; and ``body``, which is what the client sent.
    """

    max_filters = 100

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
        return self.to_openapi_query_parameters(service, spec)

    def to_openapi_query_parameters(self, service, spec):
        parameters = super().to_openapi_query_parameters(service, spec)
        for parameter in parameters:
            if parameter["name"] == EXPECTED_COUNT:
                parameter["required"] = True
        return parameters


class ManyBodyParam(ManyParam):
    """Which records are meant, and what becomes of each, or of all of them."""

    taken = frozenset({"body"})

    def to_openapi_options(self, service, spec):
        options = super().to_openapi_options(service, spec)
        return [*options, *EXPAND_PARAM.to_openapi_query_parameters(service, spec)]

    def _get_id(self, item):
        return item.get("id") if isinstance(item, dict) else None

    def _check_body(self, body):
        if not isinstance(body, dict):
            raise BadRequest("The body has to be a list, or an object.")

    def to_openapi_requestbody(self, service, spec):
        schema = BodyParam("Update").to_json_schema(service, spec, "input")
        return {"required": True, "content": {JSON: {"schema": schema}}}


class ListParam(Param):
    """Which records are meant: those of a list of ids.

    What it makes is what :class:`ManyParam` does.
    """

    many = ManyParam()

    def from_params(self, service, params):
        if not isinstance(params["body"], list):
            raise BadRequest("The body has to be a list.")
        return self.many.from_params(service, params)

    def to_openapi_requestbody(self, service, spec):
        schema = describe_batch(service, self._describe_item(service, spec))
        return {"required": True, "content": {JSON: {"schema": schema}}}

    def _describe_item(self, service, spec):
        return ID_SCHEMA


class ListBodyParam(ListParam):
    """Which records are meant, by their ids, and what becomes of each."""

    many = ManyBodyParam()

    def to_openapi_options(self, service, spec):
        return EXPAND_PARAM.to_openapi_query_parameters(service, spec)

    def _describe_item(self, service, spec):
        name = name_record(service._usage, "UpdateEach")
        owner = name_record(service._usage)
        return add_schema(spec, name, lambda: self._describe_update(service), owner)

    def _describe_update(self, service):
        update = BodyParam("Update").describe(service)
        properties = {**update["properties"], "id": ID_SCHEMA}
        return {**update, "properties": properties, "required": ["id"]}


class ManyAnswer(Answer):
    """How many records were changed, and the records, if the client prefers them."""

    def to_json_schema(self, service, spec, direction):
        schema = {
            "type": "object",
            "required": ["count"],
            "properties": {
                "count": {"type": "integer", "description": "Records that were meant."},
                "data": {"type": "array", "items": add_record(spec, service)},
            },
        }
        return add_schema(spec, name_record(service._usage, "Changed"), lambda: schema)

    def to_openapi_responses(self, service, spec):
        return {**super().to_openapi_responses(service, spec), **NOTHING}


class ListedAnswer(ManyAnswer):
    """The records of a list as they are afterwards, unless nothing is preferred."""

    def to_json_schema(self, service, spec, direction):
        return add_list(spec, service)
