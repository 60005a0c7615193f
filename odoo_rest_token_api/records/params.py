"""What goes in and out of the operations on records, for base_rest and OpenAPI."""

from functools import partial
from types import MappingProxyType

from werkzeug.exceptions import BadRequest

from ..dispatch.reading import Lines
from ..errors import InvalidParameter
from ..openapi.clear_names import leave_out_alike
from ..openapi.json_schema import to_json_schema
from ..openapi.names import add_schema, name_record
from ..openapi.parts import REQUEST_HEADERS, describe_page
from ..openapi.records import add_list, add_record
from ..restapi import RestMethodParam
from ..wire import MAX_ID
from .forms import FORMS
from .places import MAX_STEPS

JSON = "application/json"
LISTS = {"fields", "expand", "by", "sum", "avg", "min", "max"}  # of names
NATURAL_TYPES = {"integer": int, "boolean": bool}
NOTHING = {"204": {"description": "Done"}}


class Param(RestMethodParam):
    """Base: a parameter that says nothing of itself."""

    def from_params(self, service, params):
        return params

    def to_response(self, service, result):
        return result

    def to_openapi_query_parameters(self, service, spec):
        return []

    def to_openapi_options(self, service, spec):
        """Describe what the query string may say beside a body.

        :return: parameters of OpenAPI
        :rtype: list of dict
        """
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
        if not isinstance(params, dict):
            raise BadRequest("The parameters have to be an object.")
        # A mapping that is no dict is not taken for keyword arguments by base_rest.
        return MappingProxyType(self._parse(params))

    def _parse(self, params):
        for name, value in params.items():
            if name not in self.options:
                raise InvalidParameter(name, "unknown parameter")
            if value is not None and not self._is_option(name, value):
                raise InvalidParameter(name, "must be one value that is not empty")
        return {name: params.get(name) for name in self.options}

    def _is_option(self, name, value):
        """Tell whether a value is text, or what JSON has for it."""
        if isinstance(value, str):
            return bool(value)
        if isinstance(value, list):
            return name == "domain" or name in LISTS and is_texts(value)
        return type(value) is NATURAL_TYPES.get(self.options[name]["type"])

    def to_openapi_query_parameters(self, service, spec):
        options = dict(self.options)
        links = service._get_link_names() if "expand" in options else ()
        if not links:
            options.pop("expand", None)
        parameters = [
            {"name": name, "in": "query", "required": False, **describe(schema)}
            for name, schema in options.items()
        ]
        for parameter in parameters:
            if parameter["name"] == "expand":
                parameter["schema"] = describe_paths(links)
                parameter["explode"] = False
            if parameter["name"] == "fields":
                names = leave_out_alike(service._record_schema())
                names = {"type": "string", "enum": names}
                parameter["schema"] = {"type": "array", "items": names, "minItems": 1}
                parameter["explode"] = False
            if parameter["name"] == "limit":
                parameter["schema"]["default"] = service._default_limit
                parameter["schema"]["maximum"] = service._max_limit
        return parameters


class SearchParam(QueryParam):
    """Options of a search, and filters by the names of fields.

    :param dict options: from their names to their JSON schemas
    """

    def __init__(self, options=None):
        super().__init__(options or SEARCH_OPTIONS)

    def _parse(self, params):
        options = {n: value for n, value in params.items() if n in self.options}
        filters = {n: value for n, value in params.items() if n not in self.options}
        return {**super()._parse(options), "filters": filters}

    def to_openapi_query_parameters(self, service, spec):
        options = super().to_openapi_query_parameters(service, spec)
        return [*options, *self._describe_filters(service)]

    def _describe_filters(self, service):
        fields = service._get_fields()
        for name in leave_out_alike(fields, [*self.options, *REQUEST_HEADERS]):
            field = fields[name]
            if not field.searchable:
                continue
            parameter = {"in": "query", "required": False}
            if field.operators == ("empty",):
                parameter["name"] = f"{name}__empty"
                parameter["schema"] = {"type": "boolean"}
                parameter["description"] = "Filter."
            else:
                names = (f"`{name}__{operator}`" for operator in field.operators)
                parameter["name"] = name
                parameter["schema"] = field.get_filter_schema()
                parts = ["Filter.", field.describe_filter()]
                parts.append(f"There are also: {', '.join(names)}.")
                parameter["description"] = " ".join(filter(None, parts))
            yield parameter


class WriteParam(Param):
    """Base: a body, beside which ``expand`` says what is shown of the answer."""

    def to_openapi_options(self, service, spec):
        return EXPAND_PARAM.to_openapi_query_parameters(service, spec)


class BodyParam(WriteParam):
    """A JSON object.

    :param str kind: what it is for: ``Create`` or ``Update``; a method of the service
        gives its Cerberus schema
    :param bool batch: whether a list of such objects will do, too; it is another
        operation that says so
    :param bool lines: whether lines of such objects will do, too; generators of clients
        know no such type, so that it stands in the text of the operation
    """

    def __init__(self, kind, batch=False, lines=False):
        self.kind = kind
        self.batch = batch
        self.lines = lines

    def from_params(self, service, params):
        if isinstance(params, dict):
            return MappingProxyType(service._leave_out_expand(params))
        if not self.batch or (isinstance(params, Lines) and not self.lines):
            raise BadRequest("The body has to be an object.")
        return params

    def _get_cerberus_schema(self, service):
        return getattr(service, f"_{self.kind.lower()}_schema")()

    def describe(self, service):
        """Return the JSON schema of the object.

        :rtype: dict
        """
        return {
            **to_json_schema(self._get_cerberus_schema(service)),
            "additionalProperties": False,
        }

    def to_json_schema(self, service, spec, direction):
        name = name_record(service._usage, self.kind)
        return add_schema(spec, name, partial(self.describe, service))

    def to_openapi_requestbody(self, service, spec):
        rules = self._get_cerberus_schema(service).values()
        return {
            "required": any(rule.get("required") for rule in rules),
            "content": {JSON: {"schema": self.to_json_schema(service, spec, "input")}},
        }


class BatchParam(BodyParam):
    """A list of the JSON objects that create a record each."""

    def __init__(self):
        super().__init__("Create", batch=True)

    def from_params(self, service, params):
        if not isinstance(params, list):
            raise BadRequest("The body has to be a list.")
        return params

    def to_openapi_requestbody(self, service, spec):
        items = self.to_json_schema(service, spec, "input")
        schema = {
            "type": "array",
            "items": items,
            "minItems": 1,
            "maxItems": service._max_batch,
        }
        return {"required": True, "content": {JSON: {"schema": schema}}}


class Answer(Param):
    """A record.

    :param headers: names of the headers that may come with it
    """

    status = 200

    def __init__(self, *headers):
        self.headers = headers

    def to_json_schema(self, service, spec, direction):
        return add_record(spec, service)

    def to_openapi_responses(self, service, spec):
        schema = self.to_json_schema(service, spec, "output")
        answer = {"description": "Done", "content": {JSON: {"schema": schema}}}
        if self.headers:
            answer["headers"] = {name: name for name in self.headers}
        return {str(self.status): answer}


class ReadAnswer(Answer):
    """A record, if the client has not read it as it is."""

    def to_openapi_responses(self, service, spec):
        return {
            **super().to_openapi_responses(service, spec),
            "304": {"description": "It has not changed since it was read"},
        }


class ChangeAnswer(Answer):
    """The record as it is afterwards, unless the client prefers nothing."""

    def to_openapi_responses(self, service, spec):
        return {**super().to_openapi_responses(service, spec), **NOTHING}


class UpsertAnswer(ChangeAnswer):
    """The record as it is afterwards, created or changed."""

    def to_openapi_responses(self, service, spec):
        responses = super().to_openapi_responses(service, spec)
        return {**responses, "201": {**responses["200"], "description": "Created"}}


class CreateAnswer(Answer):
    """The record that was created, or changed, where the client prefers that."""

    status = 201

    def to_openapi_responses(self, service, spec):
        responses = super().to_openapi_responses(service, spec)
        if service._get_key_names():
            responses["200"] = {**responses["201"], "description": "Changed"}
            responses.update(self._describe_nothing())
        return responses

    def _describe_nothing(self):
        """Describe the answer to who prefers nothing of a record that was changed."""
        return NOTHING


class ListAnswer(CreateAnswer):
    """The records that were created, or their ids."""

    def _describe_nothing(self):
        return {}

    def to_json_schema(self, service, spec, direction):
        return add_list(spec, service)


class SearchAnswer(Answer):
    """A page of records."""

    def to_json_schema(self, service, spec, direction):
        page = describe_page(
            super().to_json_schema(service, spec, direction),
            total={"type": "integer", "description": "If asked for."},
        )
        return add_schema(spec, name_record(service._usage, "Page"), page)

    def to_openapi_responses(self, service, spec):
        responses = super().to_openapi_responses(service, spec)
        content = responses[str(self.status)]["content"]
        for form in FORMS:  # of all records, where the header Accept asks for it
            content[form.mimetype] = {"schema": {"type": "string"}}
        return responses


class EmptyAnswer(Param):
    def to_openapi_responses(self, service, spec):
        return dict(NOTHING)


def is_texts(value):
    """Tell whether a list has texts in it, and nothing else."""
    return bool(value) and all(isinstance(item, str) for item in value)


def describe_paths(names):
    """Describe a list of paths that begin with some names.

    :param list names: of links
    :return: a JSON schema
    :rtype: dict
    """
    first = "|".join(names)
    items = {"type": "string", "pattern": rf"^({first})(\.\w+){{0,{MAX_STEPS - 1}}}$"}
    return {"type": "array", "items": {**items, "examples": names[:1]}, "minItems": 1}


def describe(schema):
    """Split a JSON schema into what OpenAPI says of a parameter and of its schema."""
    schema = dict(schema)
    return {"description": schema.pop("description"), "schema": schema}


FIELDS_OPTION = {
    "type": "string",
    "description": "Names of the fields to read, with commas between them. Those of "
    "linked records come after a dot.",
}
EXPAND_OPTION = {
    "type": "string",
    "description": "Links to put the linked records in the place of, with commas "
    "between them; those of a linked record after a dot, up to four in a row.",
}
LIMIT_OPTION = {"type": "integer", "minimum": 1, "description": "Size of a page."}
CURSOR_OPTION = {
    "type": "string",
    "description": "What the page before gave as next_cursor.",
}
SEARCH_OPTIONS = {
    "fields": FIELDS_OPTION,
    "expand": EXPAND_OPTION,
    "domain": {
        "type": "string",
        "description": "What filters can't say, as a domain in JSON: "
        '["|", ["name", "ilike", "a"], ["city", "=", "b"]].',
    },
    "order": {
        "type": "string",
        "description": "Fields to sort by, such as: name desc, city.",
    },
    "limit": LIMIT_OPTION,
    "offset": {
        "type": "integer",
        "minimum": 0,
        "maximum": MAX_ID,
        "description": "Records to leave out. A cursor is faster, and misses none.",
    },
    "cursor": CURSOR_OPTION,
    "total": {
        "type": "boolean",
        "description": "Whether to count all records that match.",
    },
}
EXPAND_PARAM = QueryParam({"expand": EXPAND_OPTION})
