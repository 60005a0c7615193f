"""Text, and values that are chosen from a list."""

from odoo.osv.expression import AND, OR

from ... import wire
from .base import EQUALITY, RecordField

TEXT = ("like", "ilike", "not_like", "not_ilike")


class TextField(RecordField):
    operators = (*EQUALITY, *TEXT)
    blank = ""

    @property
    def has_keyset(self):
        return not getattr(self.field, "translate", False)

    def get_value_schema(self):
        schema = super().get_value_schema()
        if getattr(self.field, "size", None):
            schema["maxLength"] = self.field.size
        if self.required:
            schema["minLength"] = 1
        return schema

    def to_json(self, value, values):
        return str(value) if value else None

    def parse(self, value):
        text = wire.to_text(value)
        size = getattr(self.field, "size", None)
        if size and len(text) > size:
            raise ValueError(f"must have at most {size} characters")
        return text

    def get_domain(self, operator, value):
        # Up to Odoo 15.0, what is translated is not compared with NULL, nor "not in".
        if not getattr(self.field, "translate", False) or self._is_blank(value):
            return super().get_domain(operator, value)
        if operator == "not_in":
            return AND([self.get_domain("ne", item) for item in value])
        domain = super().get_domain(operator, value)
        if operator in ("ne", "not_like", "not_ilike"):
            return OR([domain, [(self.field.name, "=", False)]])
        return domain


class SelectionField(RecordField):
    has_keyset = True

    def get_values(self):
        return [value for value, _label in self.field._description_selection(self.env)]

    def get_value_schema(self):
        schema = self._or_null({"type": "string"})
        values = self.get_values()
        return {**schema, "enum": values if self.required else [*values, None]}

    def get_filter_schema(self):
        return {"type": "string", "examples": self.get_values()}

    def parse(self, value):
        values = self.get_values()
        if value not in values:
            raise ValueError(f"must be one of {', '.join(map(str, values))}")
        return value
