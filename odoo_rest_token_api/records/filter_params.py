"""Filters of searches, as parameters of the document."""

from ..openapi.clear_names import leave_out_alike
from ..openapi.names import name_record
from ..openapi.parts import ID_SCHEMA
from ..wire import MAX_ID
from .operators import TEXT

# Those of all fields come, or of none, as long as there are not too many of them.
TIERS = (
    ("ilike", "gte", "lte", "in"),
    ("empty", "gt", "lt", "ne", "not_in"),
    ("like", "not_like", "not_ilike", "child_of"),
)
WORDS = {
    "eq": "Filter.",
    "ne": "Filter: is not this.",
    "in": "Filter: is one of these.",
    "not_in": "Filter: is none of these.",
    "lt": "Filter: is less, or earlier.",
    "lte": "Filter: is this at most.",
    "gt": "Filter: is more, or later.",
    "gte": "Filter: is this at least.",
    "like": "Filter: has this in it; `%` is any text, and `_` any character.",
    "ilike": "Filter: has this in it, in small letters or capitals.",
    "not_like": "Filter: has this not in it.",
    "not_ilike": "Filter: has this not in it, in small letters or capitals.",
    "child_of": "Filter: is this, or below it.",
    "empty": "Filter: has no value.",
}
# What parameters of all services are called by, where they are alike
KNOWN = {
    "string": {"type": "string"},
    "integer": {"type": "integer", "minimum": -MAX_ID - 1, "maximum": MAX_ID},
    "id": ID_SCHEMA,
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
}


def list_filters(fields, taken, limit):
    """List the filters that a document has, the plain ones first.

    :param dict fields: of :class:`RecordField`, by their names on the wire
    :param taken: names of other parameters
    :param int limit: of filters by operators, and of the plain ones
    :return: names on the wire, fields and operators
    :rtype: list of (str, RecordField, str)
    """
    searchable = [
        fields[name]
        for name in leave_out_alike(fields, taken)
        if fields[name].searchable and fields[name].operators
    ]
    filters = {}
    for field in searchable:
        is_plain = "eq" in field.operators
        operator = "eq" if is_plain else field.operators[0]
        name = field.name if is_plain else f"{field.name}__{operator}"
        filters[name] = (name, field, operator)
    for tier in TIERS:
        more = [
            (f"{field.name}__{operator}", field, operator)
            for field in searchable
            for operator in tier
            if operator in field.operators
        ]
        if len(filters) + len(more) > limit:
            break
        filters.update((each[0], each) for each in more if each[0] not in filters)
    return [filters[name] for name in leave_out_alike(filters, taken)]


def describe_filter(usage, spec, name, field, operator):
    """Describe a filter, once for all operations that have it.

    :param str usage: of the service
    :param apispec.APISpec spec: of the service
    :param str name: of the filter, on the wire
    :param RecordField field: that it compares
    :param str operator: by which
    :return: its name, and what it is called in the document
    :rtype: dict
    """
    schema, kind = _get_schema(field, operator)
    values = field.describe_filter() if operator == "eq" else ""
    is_own = values or kind is None
    key = f"{name_record(usage)}.{name}" if is_own else f"{name}.{kind}"
    if key not in spec.components.parameters:
        description = f"{WORDS[operator]} {values}".strip()
        described = {"name": name, "description": description, "schema": schema}
        spec.components.parameter(key, "query", described)
    return {"name": name, "$ref": key}


def _get_schema(field, operator):
    """Return the JSON schema of a filter, and what all that are alike are called by.

    :rtype: (dict, str or None)
    """
    if operator == "empty":
        return KNOWN["boolean"], "boolean"
    if operator in TEXT:
        return KNOWN["string"], "string"
    schema = field.get_filter_schema()
    kind = next((kind for kind, known in KNOWN.items() if known == schema), None)
    if operator in ("in", "not_in"):
        return {"type": "array", "items": schema, "minItems": 1}, kind and f"{kind}s"
    return schema, kind
