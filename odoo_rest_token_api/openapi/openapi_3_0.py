"""Descriptions in OpenAPI 3.0, which is all that older Swagger UIs can show."""

VERSION = "3.0.3"


def to_openapi_3_0(document):
    """Say in OpenAPI 3.0 what a description in OpenAPI 3.1 says.

    :param dict document: in OpenAPI 3.1
    :rtype: dict
    """
    return {**_convert(document), "openapi": VERSION}


def _convert(value):
    if isinstance(value, list):
        return [_convert(item) for item in value]
    if not isinstance(value, dict):
        return value
    converters = {
        "schema": _convert_schema,
        "schemas": _convert_schemas,
        "security": _drop_scopes,
        "examples": dict,
        "example": lambda example: example,
    }
    return {key: converters.get(key, _convert)(item) for key, item in value.items()}


def _drop_scopes(requirements):
    return [{name: [] for name in requirement} for requirement in requirements]


def _convert_schemas(schemas):
    return {name: _convert_schema(schema) for name, schema in schemas.items()}


def _convert_schema(schema):
    result = dict(schema)
    if "$ref" in result and len(result) > 1:  # what stands beside it is ignored
        result["allOf"] = [{"$ref": result.pop("$ref")}]
    types = result.pop("type", [])
    types = [types] if isinstance(types, str) else list(types)
    for key in ("anyOf", "oneOf"):
        if {"type": "null"} in result.get(key, ()):
            types.append("null")
        if key in result:
            others = [item for item in result[key] if item != {"type": "null"}]
            result[key] = [_convert_schema(item) for item in others]
    if "null" in types:
        types.remove("null")
        result["nullable"] = True
    if len(types) > 1:
        result["anyOf"] = [{"type": name} for name in types]
    elif types:
        result["type"] = types[0]
    if "properties" in result:
        result["properties"] = _convert_schemas(result["properties"])
    if "items" in result:
        result["items"] = _convert_schema(result["items"])
    if "examples" in result:
        result["example"] = result.pop("examples")[0]
    if result.pop("contentEncoding", None) == "base64":
        result["format"] = "byte"
    return result
