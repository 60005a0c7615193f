"""What others' parameters say in words that OpenAPI 3.1 doesn't know."""

from apispec import BasePlugin


class MendingPlugin(BasePlugin):
    """Say it in its words: those of base_rest's files and forms, and of its sisters.

    ``Datamodel`` and ``PydanticModel`` are such, which other addons bring.
    """

    def operation_helper(self, path=None, operations=None, **kwargs):
        for operation in operations.values():
            if "parameters" in operation:
                operation["parameters"] = [
                    mend_parameter(each) for each in operation["parameters"]
                ]
            if not operation.get("requestBody", True):
                del operation["requestBody"]  # of a method that takes none
            _mend_content(operation.get("requestBody", {}))
            for response in operation.get("responses", {}).values():
                if isinstance(response, dict):
                    response.setdefault("description", "Done")
                    _mend_content(response)


def mend_parameter(parameter):
    """Return a parameter as OpenAPI has it.

    :param parameter: a dict, or what a shared one is called
    """
    if not isinstance(parameter, dict):
        return parameter
    if "$ref" in parameter:  # beside a name, by which base_rest sorts
        return parameter["$ref"]
    default = parameter.pop("default", None)
    if default is not None:
        parameter.setdefault("schema", {}).setdefault("default", default)
    if not parameter.get("allowEmptyValue"):
        parameter.pop("allowEmptyValue", None)
    return parameter


def _mend_content(body):
    for media_type in body.get("content", {}).values():
        schema = media_type.get("schema")
        if not isinstance(schema, dict):
            continue
        if "encoding" in schema:  # it is said beside the schema
            media_type.setdefault("encoding", schema.pop("encoding"))
        required = _find_required(schema)
        if required and "required" not in schema:
            schema["required"] = required
        _drop_booleans(schema)


def _find_required(schema):
    """Return the parts that say of themselves that they are required."""
    properties = schema.get("properties", {})
    return [name for name, part in properties.items() if part.get("required") is True]


def _drop_booleans(schema):
    if isinstance(schema.get("required"), bool):
        del schema["required"]
    for part in schema.get("properties", {}).values():
        if isinstance(part, dict):
            _drop_booleans(part)
