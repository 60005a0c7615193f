"""What goes in and out of the operations on files, for base_rest and OpenAPI."""

from types import MappingProxyType

from ..dispatch.reading import Upload
from ..errors import InvalidParameter
from ..openapi.names import add_schema, name_record
from ..openapi.parts import ID_SCHEMA, describe_page
from .files import MAX_SIZE
from .params import JSON, Param

BYTES = {"type": "string", "format": "binary"}
SIZE_OPTION = {
    "type": "integer",
    "minimum": 1,
    "maximum": MAX_SIZE,
    "description": "Of an image: its height and width in pixels, at most.",
}
ATTACHMENT_SCHEMA = {
    "type": "object",
    "required": ["id", "name", "mimetype", "size", "create_date"],
    "properties": {
        "id": ID_SCHEMA,
        "name": {"type": "string"},
        "mimetype": {"type": "string"},
        "size": {"type": "integer", "description": "In bytes."},
        "create_date": {"type": "string", "format": "date-time"},
    },
    "additionalProperties": False,
}


class FileParam(Param):
    """A file: the body, or the one file of a form.

    The document has the form alone, whose generated methods take a file: of several
    bodies generators make unions. The text of the operation says the rest.
    """

    def from_params(self, service, params):
        unknown = params.keys() - {"file", "name"}
        if unknown:
            raise InvalidParameter(min(unknown), "unknown parameter")
        file = params["file"]
        name = params.get("name") or file.name
        name = name.replace("\\", "/").rpartition("/")[2]
        return MappingProxyType({"file": Upload(name, file.mimetype, file.content)})

    def to_openapi_requestbody(self, service, spec):
        # Generators make no class of a form, and so it has no name.
        form = {
            "type": "object",
            "required": ["file"],
            "properties": {"file": BYTES},
        }
        return {"required": True, "content": {"multipart/form-data": {"schema": form}}}


class FileAnswer(Param):
    """A file, or a part of it.

    :param types: of what it may be
    """

    def __init__(self, *types):
        self.types = types or ("application/octet-stream",)

    def to_openapi_responses(self, service, spec):
        content = {name: {"schema": BYTES} for name in self.types}
        headers = {"ETag": "ETag"}
        return {
            "200": {"description": "The file", "content": content, "headers": headers},
            "206": {"description": "The part of it that `Range` asks for"},
            "304": {"description": "It has not changed since it was read"},
            "416": {"description": "It has no part that `Range` asks for"},
        }


class AttachmentAnswer(Param):
    """What is told of an attachment, or of a page of them.

    :param bool many: whether it is a page
    """

    def __init__(self, many=False):
        self.many = many

    def to_openapi_responses(self, service, spec):
        name = name_record(service._usage, "Attachment")
        schema = add_schema(spec, name, lambda: ATTACHMENT_SCHEMA)
        if self.many:
            page = describe_page(schema)
            schema = add_schema(spec, f"{name}s", lambda: page)
        answer = {"description": "Done", "content": {JSON: {"schema": schema}}}
        if self.many:
            return {"200": answer}
        return {"201": {**answer, "headers": {"Location": "Location"}}}
