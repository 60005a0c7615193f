"""JSON schemas (draft 2020-12, as in OpenAPI 3.1) of Cerberus schemas."""

from odoo.addons.base_rest.tools import cerberus_to_json


def to_json_schema(schema):
    """Describe in JSON schema what a Cerberus schema accepts.

    The rules of a field may bring their own: ``{"meta": {"json_schema": function}}``;
    or add to it: ``{"meta": {"description": …, "format": …, "example": …}}``.

    :param dict schema: of Cerberus
    :rtype: dict
    """
    result = cerberus_to_json(schema)
    for name, rules in schema.items():
        own = rules.get("meta", {}).get("json_schema")
        properties = result["properties"]
        properties[name] = own() if own else _with_null(dict(properties[name]), rules)
    if not result["required"]:
        del result["required"]  # OpenAPI 3.0 knows no empty list
    return dict(result)


def _with_null(described, rules):
    if rules.get("empty") is False and rules.get("type") == "string":
        described["minLength"] = 1
    if "format" in rules.get("meta", {}):
        described["format"] = rules["meta"]["format"]
    if "example" in described:
        described["examples"] = [described.pop("example")]
    # Up to OpenAPI 3.0 it was called "nullable".
    nullable = described.pop("nullable", False)
    if described.get("type") == "date":
        described.update(type="string", format="date")
    if described.get("format") == "float":
        described.pop("format")
    if nullable and described.get("type"):
        types = described["type"]
        described["type"] = [*(types if isinstance(types, list) else [types]), "null"]
        if "enum" in described:
            described["enum"] = [*described["enum"], None]
    if rules.get("type") == "dict" and "schema" in rules:
        described.update({**to_json_schema(rules["schema"]), "type": described["type"]})
    if rules.get("type") == "list" and "schema" in rules:
        item = rules["schema"]
        described["items"] = to_json_schema({"item": item})["properties"]["item"]
    return described
