"""What goes in and out of exports and imports, for base_rest and OpenAPI.

What is in each line stands in ``x-itemSchema``, as ``itemSchema`` of OpenAPI 3.2 has
it: the versions before have no word for that.
"""

from werkzeug.exceptions import BadRequest

from ..dispatch.reading import FILE, NDJSON, Lines
from ..openapi.parts import IMPORTED
from ..openapi.records import add_record
from .file_params import BYTES
from .formats import Csv, JsonLines
from .params import JSON, SEARCH_OPTIONS, Answer, BodyParam, SearchParam

TEXT = {"type": "string"}
EXPORT_OPTIONS = {
    **{name: SEARCH_OPTIONS[name] for name in ("fields", "expand", "domain", "order")},
    "limit": {
        "type": "integer",
        "minimum": 1,
        "description": "Of the records: all, if not told otherwise.",
    },
}


class ExportParam(SearchParam):
    """What is exported: options of a search but those of pages, and filters."""

    def __init__(self):
        super().__init__(EXPORT_OPTIONS)


class ExportAnswer(Answer):
    """All records that match, a line each."""

    def to_openapi_responses(self, service, spec):
        content = {
            JsonLines.mimetype: describe_lines(add_record(spec, service), TEXT),
            Csv.mimetype: {"schema": TEXT},
        }
        return {"200": {"description": "All of them", "content": content}}


class ImportParam(BodyParam):
    """Lines of JSON, each of which creates a record, or changes the one of its key.

    The document calls them bytes: generators leave out what takes a type that they
    don't know.
    """

    def __init__(self):
        super().__init__("Create")

    def from_params(self, service, params):
        if not isinstance(params, Lines):
            raise BadRequest(f"The body has to be lines of JSON ({NDJSON}).")
        return params

    def to_openapi_options(self, service, spec):
        return []

    def to_openapi_requestbody(self, service, spec):
        item = self.to_json_schema(service, spec, "input")
        return {"required": True, "content": {FILE: describe_lines(item, BYTES)}}


class ImportAnswer(Answer):
    """What became of each line: a list, of which there may be lines instead."""

    def to_openapi_responses(self, service, spec):
        content = {JSON: {"schema": {"type": "array", "items": IMPORTED}}}
        headers = {name: name for name in self.headers}
        return {"200": {"description": "Done", "content": content, "headers": headers}}


def describe_lines(item, schema):
    """Describe lines of JSON.

    :param dict item: JSON schema of what is in one
    :param dict schema: JSON schema of them all, as tools know them
    :return: a media type object of OpenAPI
    :rtype: dict
    """
    return {"schema": schema, "x-itemSchema": item}
