"""Structures: what Odoo keeps as JSON, from 16.0 on."""

from ...openapi.parts import ANY_OBJECT
from .base import RecordField


class JsonField(RecordField):
    """A JSON object, such as the analytic distribution of a line.

    What is computed and not kept may be anything else that JSON can say.
    """

    json_type = "object"
    operators = ()
    searchable = False
    sortable = False

    @property
    def _is_object(self):
        return self.writable or self.is_stored

    def get_value_schema(self):
        return super().get_value_schema() if self._is_object else {}

    def get_filter_schema(self):
        return {**super().get_filter_schema(), "additionalProperties": {}}

    def to_json(self, value, values):
        if isinstance(value, dict) or not self._is_object:
            return super().to_json(value, values)
        return None

    def parse(self, value):
        if not isinstance(value, dict):
            raise ValueError("must be an object")
        return value


class PropertiesField(JsonField):
    """An object: from the technical names of the properties to their values."""

    _is_object = True

    def to_json(self, value, values):
        if isinstance(value, list):
            value = {each["name"]: each.get("value") for each in value}
        if not isinstance(value, dict):
            return None
        return {name: _show_property(each) for name, each in value.items()}

    def parse(self, value):
        properties = super().parse(value)
        return {name: _parse_property(each) for name, each in properties.items()}


class PropertiesDefinitionField(JsonField):
    """A list of objects, each of which defines a property."""

    json_type = "array"
    _is_object = True

    def get_filter_schema(self):
        return {"type": "array", "items": ANY_OBJECT}

    def to_json(self, value, values):
        return value if isinstance(value, list) else None

    def parse(self, value):
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise ValueError("must be a list of objects")
        return value


def _show_property(value):
    """Turn a property into what JSON takes: links as they are shown elsewhere."""
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], tuple):
        return [each[0] for each in value]
    if isinstance(value, (list, tuple)) and _is_link(value):
        return {"id": value[0], "name": value[1] or ""}
    return value


def _is_link(value):
    return len(value) == 2 and type(value[0]) is int and not isinstance(value[1], int)


def _parse_property(value):
    is_link = isinstance(value, dict) and "id" in value
    return value["id"] if is_link else value
