"""What goes in and out of the actions of resources."""

from types import MappingProxyType

from werkzeug.exceptions import BadRequest

from .. import wire
from ..openapi.json_schema import to_json_schema
from ..openapi.names import Part, add_schema, name_record
from ..openapi.parts import ANY_OBJECT, ERRORS, ID_SCHEMA
from ..openapi.records import add_list, add_record
from .dialogs import MAX_DIALOGS, parse_answers
from .params import JSON, Answer, WriteParam, describe_batch

ANSWER_SCHEMA = {
    "type": "object",
    "description": "What the action asks in a dialog, answered.",
    "properties": {
        "model": {"type": "string", "description": "Of the dialog that is answered."},
        "choice": {"type": "string", "description": "Which button; its name."},
        "values": {**ANY_OBJECT, "description": "What the form is filled in with."},
    },
    "additionalProperties": False,
}
DIALOG_SCHEMA = {
    "type": "object",
    "required": ["model", "title", "text", "fields", "values", "choices"],
    "properties": {
        "model": {"type": "string", "description": "Of the dialog."},
        "title": {"type": "string"},
        "text": {"type": "string", "description": "What it tells its reader."},
        "fields": {
            **ANY_OBJECT,
            "description": "JSON schema of the values that can be sent.",
        },
        "values": {**ANY_OBJECT, "description": "What is sent if nothing is."},
        "choices": {
            "type": "array",
            "items": Part(
                "Choice",
                {
                    "type": "object",
                    "required": ["choice", "title"],
                    "properties": {
                        "choice": {"type": "string"},
                        "title": {"type": "string"},
                    },
                },
            ),
        },
    },
}
EXAMPLE = {
    "model": "stock.backorder.confirmation",
    "title": "Create Backorder?",
    "text": "You have processed less products than the initial demand.",
    "fields": {"type": "object", "properties": {}},
    "values": {},
    "choices": [
        {"choice": "process", "title": "Create Backorder"},
        {"choice": "process_cancel_backorder", "title": "No Backorder"},
    ],
}


class ActionParam(WriteParam):
    """What an action takes, in an object.

    :param arguments: of :class:`~.arguments.Argument`
    :param bool many: whether it says for which records, too
    :param str name: of the action, for the name of the schema
    """

    def __init__(self, arguments=(), many=False, name=""):
        self.arguments = arguments
        self.many = many
        self.name = name

    def from_params(self, service, params):
        if not isinstance(params, dict):
            raise BadRequest("The body has to be an object.")
        return MappingProxyType(service._leave_out_expand(params))

    def get_cerberus_schema(self, service):
        """Return the Cerberus schema of what clients may send.

        :rtype: dict
        """
        schema = {}
        if self.many:
            schema["ids"] = {
                "required": True,
                "coerce": _to_ids,
                "meta": {"json_schema": lambda: describe_batch(service, ID_SCHEMA)},
            }
        for argument in self.arguments:
            schema[argument.name] = argument.get_cerberus_schema()
        schema["dialog"] = {
            "coerce": parse_answers,
            "meta": {"json_schema": _describe_answers},
        }
        return schema

    def to_openapi_requestbody(self, service, spec):
        kind = "".join(word.capitalize() for word in self.name.split("-"))
        kind = f"{kind}.Many" if self.many else kind
        name = name_record(service._usage, f"Do.{kind}")
        schema = add_schema(spec, name, lambda: self._describe(service))
        is_required = any(argument.required for argument in self.arguments)
        return {
            "required": self.many or is_required,
            "content": {JSON: {"schema": schema}},
        }

    def _describe(self, service):
        schema = to_json_schema(self.get_cerberus_schema(service))
        return {**schema, "additionalProperties": False}


class ActionAnswer(Answer):
    """The record as it is afterwards, or what is asked first.

    :param bool many: whether it is a list of them
    """

    def __init__(self, *headers, many=False):
        super().__init__(*headers)
        self.many = many

    def to_json_schema(self, service, spec, direction):
        return (add_list if self.many else add_record)(spec, service)

    def to_openapi_responses(self, service, spec):
        responses = super().to_openapi_responses(service, spec)
        error = add_schema(spec, "Error.Dialog", lambda: _describe_error(spec))
        example = {
            "code": 409,
            "name": "Conflict",
            "description": "Create Backorder?: an answer is needed",
            "dialog": EXAMPLE,
        }
        responses["409"] = {
            "description": f"{ERRORS[409]}, or it asks something first: `dialog`",
            "content": {JSON: {"schema": error, "example": example}},
        }
        return responses


def _to_ids(value):
    if not isinstance(value, list) or not value:
        raise ValueError("must be a list of ids")
    for each in value:
        if isinstance(each, bool) or not isinstance(each, int):
            raise ValueError("must be a list of ids")
        if not 0 < each <= wire.MAX_ID:
            raise ValueError("must be a list of ids")
    return list(dict.fromkeys(value))


def _describe_answers():
    answer = Part("Answer", ANSWER_SCHEMA, owner="Error.Dialog")
    return {"type": "array", "items": answer, "maxItems": MAX_DIALOGS}


def _describe_error(spec):
    error = spec.components.schemas["Error"]
    dialog = Part("Question", DIALOG_SCHEMA)
    return {**error, "properties": {**error["properties"], "dialog": dialog}}
