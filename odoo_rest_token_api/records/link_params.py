"""What goes in and out of changes of links, for base_rest and OpenAPI."""

from werkzeug.exceptions import BadRequest

from ..errors import InvalidParameter
from ..openapi.names import add_schema, name_record
from .fields import ToManyField
from .fields.links import ADD, REMOVE, SET
from .params import JSON, BodyParam


class LinksParam(BodyParam):
    """What is added to links to many, and removed, by the names of their fields."""

    def __init__(self):
        super().__init__("Update")

    def from_params(self, service, params):
        params = super().from_params(service, params)
        if not params:
            raise BadRequest("The body has no links.")
        for name, value in params.items():
            if not isinstance(value, dict):
                reason = f"must be an object, of {ADD}, {REMOVE} or {SET}"
                raise InvalidParameter(name, reason)
        return params

    def to_openapi_requestbody(self, service, spec):
        fields = list_changed(service)
        schema = {
            "type": "object",
            "properties": {f.name: f.get_changes_schema() for f in fields},
            "minProperties": 1,
            "additionalProperties": False,
        }
        name = name_record(service._usage, "Links")
        owner = name_record(service._usage)
        body = add_schema(spec, name, lambda: schema, owner)
        return {"required": True, "content": {JSON: {"schema": body}}}


def list_changed(service):
    """List the fields of links to many that can be changed.

    :param service: component of ``rest.record.service``
    :rtype: list of ToManyField
    """
    return [
        field
        for field in service._get_fields().values()
        if isinstance(field, ToManyField) and field.writable
    ]
