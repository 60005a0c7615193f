"""What goes in and out of the operations on records, for base_rest and OpenAPI."""

from functools import partial
from types import MappingProxyType

from werkzeug.exceptions import BadRequest

from ..dispatch.reading import Lines, take_one
from ..errors import InvalidParameter
from ..openapi.clear_names import leave_out_alike
from ..openapi.json_schema import to_json_schema
from ..openapi.names import add_schema, name_record
from ..openapi.parts import REQUEST_HEADERS, describe_page
from ..openapi.records import add_list, add_record
from ..restapi import RestMethodParam
from ..wire import MAX_ID
from .filter_params import describe_filter, list_filters
from .places import MAX_STEPS

JSON = "application/json"
LISTS = {"fields", "expand", "order", "ids", "by", "sum", "avg", "min", "max"}
NATURAL_TYPES = {"integer": int, "boolean": bool}
NOTHING = {"204": {"description": "Done"}}


class Param(RestMethodParam):
    """Base: a parameter that says nothing of itself."""

    def make_gather(self, service):
        """Return what makes a parameter of the values that a form gives under its name.

        :return: function of a name and a list of values
        """
        return self._gather

    def _gather(self, name, values):
        is_list = len(values) > 1 and self._is_list(name)
        return values if is_list else take_one(name, values)

    def _is_list(self, name):
        """Tell whether several values may be given under a name."""
        return False

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
        return {name: self._join(name, params.get(name)) for name in self.options}

    def _join(self, name, value):
        is_several = isinstance(value, list) and self._is_list(name)
        return ",".join(value) if is_several else value

    def _is_list(self, name):
        return name in LISTS and name in self.options

    def _is_option(self, name, value):
        """Tell whether a value is text, or what JSON has for it."""
        if isinstance(value, str):
            return bool(value)
        if isinstance(value, list):
            return name == "domain" or self._is_list(name) and is_texts(value)
        return type(value) is NATURAL_TYPES.get(self.options[name]["type"])

    def to_openapi_query_parameters(self, service, spec):
        options = dict(self.options)
        links = service._get_link_names() if "expand" in options else ()
        if not links:
            options.pop("expand", None)
        described = {"expand": describe_paths(links)} if links else {}
        if "fields" in options:
            names = leave_out_alike(service._record_schema())
            described["fields"] = describe_texts({"type": "string", "enum": names})
        if "cursor" in options:  # of pages, and so has "limit" a limit
            limits = {"default": service._default_limit, "maximum": service._max_limit}
            described["limit"] = {**options["limit"], **limits}
        schemas = {
            n: {**option, **described.get(n, {})} for n, option in options.items()
        }
        return [
            {"name": name, "in": "query", **describe(schema)}
            for name, schema in schemas.items()
        ]


class SearchParam(QueryParam):
    """Options of a search, and filters by the names of fields.

    :param dict options: from their names to their JSON schemas
    """

    max_filters = 200  # of a document: methods of Java take 255 parameters
    taken = frozenset()  # names by which generated clients call something else

    def __init__(self, options=None):
        super().__init__(options or SEARCH_OPTIONS)

    def _parse(self, params):
        options = {n: value for n, value in params.items() if n in self.options}
        filters = {n: value for n, value in params.items() if n not in self.options}
        return {**super()._parse(options), "filters": filters}

    def _is_list(self, name):
        operator = name.rpartition("__")[2]
        return super()._is_list(name) or operator in ("in", "not_in")

    def to_openapi_query_parameters(self, service, spec):
        options = super().to_openapi_query_parameters(service, spec)
        return [*options, *self._describe_filters(service, spec)]

    def _describe_filters(self, service, spec):
        fields = service._get_fields()
        taken = [*self.options, *REQUEST_HEADERS, *self.taken]
        filters = list_filters(fields, taken, self.max_filters)
        return [describe_filter(service._usage, spec, *filter_) for filter_ in filters]


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
    :param bool lines: whether lines of such objects will do, too; again it is another
        operation that says so
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
        owner = name_record(service._usage)
        return add_schema(spec, name, partial(self.describe, service), owner)

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
        schema = describe_batch(service, self.to_json_schema(service, spec, "input"))
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
    """The record that was created, or changed, where the client prefers that.

    Who prefers nothing of one that was changed gets a 204, which stands in the text of
    the operation: generators would make a union of it.
    """

    status = 201

    def to_openapi_responses(self, service, spec):
        responses = super().to_openapi_responses(service, spec)
        if service._get_key_names():
            responses["200"] = {**responses["201"], "description": "Changed"}
        return responses


class ListAnswer(CreateAnswer):
    """The records that were created, or their ids."""

    def to_json_schema(self, service, spec, direction):
        return add_list(spec, service)


class SearchAnswer(Answer):
    """A page of records.

    What else it may be is what another operation is for: of an answer that has several
    types generators make streams, or unions.
    """

    def to_json_schema(self, service, spec, direction):
        page = describe_page(
            super().to_json_schema(service, spec, direction),
            total={"type": "integer", "description": "If asked for."},
        )
        return add_schema(spec, name_record(service._usage, "Page"), lambda: page)


class EmptyAnswer(Param):
    def to_openapi_responses(self, service, spec):
        return dict(NOTHING)


def is_texts(value):
    """Tell whether a list has texts in it, and nothing else."""
    return bool(value) and all(isinstance(item, str) for item in value)


def describe_batch(service, items):
    """Describe a list of what is done at once.

    :param service: component of ``rest.record.service``, which says how many at most
    :param dict items: JSON schema of one
    :return: a JSON schema
    :rtype: dict
    """
    size = {"minItems": 1, "maxItems": service._max_batch}
    return {"type": "array", "items": items, **size}


def describe_paths(names):
    """Describe a list of paths that begin with some names.

    :param list names: of links
    :return: a JSON schema
    :rtype: dict
    """
    first = "|".join(names)
    pattern = rf"^({first})(\.\w+){{0,{MAX_STEPS - 1}}}$"
    return describe_texts({"type": "string", "pattern": pattern})


def describe_texts(items):
    """Describe a list of texts, of one at least.

    :param dict items: JSON schema of a text
    :rtype: dict
    """
    return {"type": "array", "items": items, "minItems": 1}


def describe(schema):
    """Split a JSON schema into what OpenAPI says of a parameter and of its schema."""
    schema = dict(schema)
    return {"description": schema.pop("description"), "schema": schema}


TEXT = {"type": "string", "minLength": 1}
FIELDS_OPTION = {
    **describe_texts(TEXT),
    "description": "Names of the fields to read. Those of linked records come after a "
    "dot.",
}
EXPAND_OPTION = {
    **describe_texts(TEXT),
    "description": "Links to put the linked records in the place of; those of a linked "
    "record after a dot, up to four in a row.",
}
LIMIT_OPTION = {"type": "integer", "minimum": 1, "description": "Size of a page."}
CURSOR_OPTION = {
    **TEXT,
    "description": "What the page before gave as next_cursor.",
}
SEARCH_OPTIONS = {
    "fields": FIELDS_OPTION,
    "expand": EXPAND_OPTION,
    "domain": {
        **TEXT,
        "description": "What filters can't say, as a domain in JSON: "
        '["|", ["name", "ilike", "a"], ["city", "=", "b"]].',
    },
    "order": {
        **describe_texts(TEXT),
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
