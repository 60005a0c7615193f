"""Text, and values that are chosen from a list."""

import re
from contextlib import contextmanager

from odoo.addons.odoo_rest_token import compat

from ... import wire
from ...schemas import Outage
from ..operators import EQUALITY, TEXT
from .base import RecordField

MAX_NAMED = 20  # values of a list in the description of a filter
MAX_ENUM = 100  # values, of which programs that are generated make names
MAX_EXAMPLES = 5


class TextField(RecordField):
    blank = ""

    @property
    def operators(self):
        return ("empty",) if self._has_source_alone else (*EQUALITY, *TEXT)

    @property
    def _has_source_alone(self):
        """Whether it is translated term by term as it is read.

        Up to Odoo 15.0, its column has the source, of which clients see nothing.
        """
        field = self.field.base_field
        terms = callable(getattr(field, "translate", False))
        return terms and field.store and field.column_type[0] != "jsonb"

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

    def get_column_domain(self, operator, value):
        # Up to Odoo 15.0, what is translated is not compared with NULL, nor "not in".
        if not getattr(self.field, "translate", False) or self._is_blank(value):
            return super().get_column_domain(operator, value)
        if operator == "not_in":
            return compat.join_and(self.get_column_domain("ne", item) for item in value)
        domain = super().get_column_domain(operator, value)
        if operator in ("ne", "not_like", "not_ilike"):
            return compat.join_or([domain, [(self.field.name, "=", False)]])
        return domain


class SelectionField(RecordField):
    has_keyset = True

    def get_values(self):
        return list_choices(self)

    def get_value_schema(self):
        schema = describe_choice(self.get_values())
        nullable = self.nullable and not self.required
        if nullable and "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
        return self._or_null(schema)

    def get_json_schema(self):
        schema = super().get_json_schema()
        if "enum" not in schema:
            listed = ", ".join(f"`{value}`" for value in self.get_values()[:MAX_ENUM])
            text = f"{schema.get('description', '')}\n\nSuch as {listed}."
            schema["description"] = text.strip()
        return schema

    def get_filter_schema(self):
        return {"type": "string"}  # an example would be what Swagger UI filters by

    def describe_filter(self):
        names = [f"`{value}`" for value in self.get_values()]
        others = ["…"] if len(names) > MAX_NAMED else []
        return f"Values: {', '.join([*names[:MAX_NAMED], *others])}." if names else ""

    def parse(self, value):
        with needing_choices(self.name):
            values = self.get_values()
        if value not in values:
            raise ValueError(f"must be one of {', '.join(map(str, values))}")
        return value


def list_choices(field):
    """List the values that may be chosen: some methods that do it look them up.

    :param RecordField field: that is a selection, or a reference
    :rtype: list
    """
    return [value for value, _label in field.field._description_selection(field.env)]


@contextmanager
def needing_choices(name):
    """List values without which nothing can be read of what a client sent.

    :param str name: of the field, on the wire
    :raise Outage: they can't be listed
    """
    try:
        yield
    except Exception as error:
        raise Outage(name) from error


def describe_choice(values):
    """Describe text that is one of some values.

    Programs that are generated make names of an ``enum``: letters and digits are what
    they keep, and capitals are no others. Where that leaves two alike, or nothing of
    one, or where there are very many, there is no ``enum``, but a few examples.

    :param list values: all that it may be
    :rtype: dict
    """
    names = [re.sub("[^0-9a-z]", "", str(value).casefold()) for value in values]
    is_clear = all(names) and len(set(names)) == len(names) <= MAX_ENUM
    texts = all(isinstance(value, str) for value in values)
    if values and texts and is_clear and "null" not in names and "none" not in names:
        return {"type": "string", "enum": list(values)}
    schema = {"type": "string"}
    examples = [value for value in values if value and isinstance(value, str)]
    if examples:
        schema["examples"] = examples[:MAX_EXAMPLES]
    return schema
