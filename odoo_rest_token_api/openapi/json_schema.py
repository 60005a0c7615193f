"""JSON schemas (draft 2020-12, as in OpenAPI 3.1) of Cerberus schemas."""

from .clear_names import leave_out_alike
from .names import KINDS, Part, name_part
from .parts import ANY_OBJECT, NULL

TYPES = {
    "dict": {"type": "object"},
    "list": {"type": "array"},
    "float": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "objectid": {"type": "string", "format": "objectid"},
}
BOUNDS = {  # of the types that they are for
    "min": {"number": "minimum", "integer": "minimum"},
    "max": {"number": "maximum", "integer": "maximum"},
    "minlength": {"string": "minLength", "array": "minItems"},
    "maxlength": {"string": "maxLength", "array": "maxItems"},
}
AT_LEAST_ONE = {"string": "minLength", "array": "minItems", "object": "minProperties"}
META = ("title", "description", "format")


def to_json_schema(schema):
    """Describe in JSON schema what a Cerberus schema accepts.

    The rules of a field may bring their own: ``{"meta": {"json_schema": function}}``;
    or add to it: ``{"meta": {"title": …, "description": …, "format": …, "example": …,
    "examples": …}}``.

    :param dict schema: of Cerberus
    :rtype: dict
    """
    required = sorted(name for name, rules in schema.items() if rules.get("required"))
    clear = leave_out_alike(dict.fromkeys([*required, *schema]))
    result = {
        "type": "object",
        "properties": {
            name: _name(name, _describe(schema[name]))
            for name in schema
            if name in clear
        },
    }
    if not schema:
        result["additionalProperties"] = {}  # which generators want to be told
    if required:  # OpenAPI 3.0 knows no empty list
        result["required"] = required
    return result


def _name(name, described):
    """Have an object that is a value, or an item of one, be called by its key."""
    if isinstance(described, Part) or isinstance(described.get("items"), Part):
        return described
    part = name_part(name)
    if "properties" in described:
        value = Part(
            f"{part}.Value" if part in KINDS else part, {**described, "type": "object"}
        )
        is_nullable = described["type"] != "object"
        return {"anyOf": [value, NULL]} if is_nullable else value
    if "properties" in described.get("items", ()):
        return {**described, "items": Part(f"{part}.Item", described["items"])}
    return described


def _describe(rules):
    meta = rules.get("meta", {})
    if "json_schema" in meta:
        return meta["json_schema"]()
    name = rules.get("type")
    if not name:
        return {}
    if not isinstance(name, str):  # one of several
        return {"anyOf": [_describe({**rules, "type": each}) for each in name]}
    described = dict(TYPES.get(name, {"type": name}))
    described.update({key: meta[key] for key in META if meta.get(key)})
    _add_rules(described, rules)
    if "example" in meta:
        described["examples"] = [meta["example"]]
    elif "examples" in meta:
        described["examples"] = meta["examples"]
    if rules.get("nullable"):
        described["type"] = [described["type"], "null"]
        if "enum" in described:
            described["enum"] = [*described["enum"], None]
    return described


def _add_rules(described, rules):
    kind = described["type"]
    for rule, keys in BOUNDS.items():
        if rule in rules and kind in keys:
            described[keys[kind]] = rules[rule]
    if rules.get("empty") is False and kind in AT_LEAST_ONE:
        described.setdefault(AT_LEAST_ONE[kind], 1)
    if "allowed" in rules:
        described["enum"] = list(rules["allowed"])
    if "default" in rules:
        described["default"] = rules["default"]
    if rules.get("readonly"):
        described["readOnly"] = True
    if "regex" in rules:
        described["pattern"] = rules["regex"]
    if "description" in rules:
        described.setdefault("description", rules["description"])
    if kind == "object":
        if "schema" in rules:
            described.update(to_json_schema(rules["schema"]))
        if "valuesrules" in rules:
            described["additionalProperties"] = _describe(rules["valuesrules"])
        elif "schema" not in rules:
            described.update(ANY_OBJECT)
    if kind == "array":
        described["items"] = _describe(rules.get("schema", {"type": "string"}))
