"""Numbers, amounts of money, and booleans."""

from functools import cached_property

from odoo.addons.odoo_rest_token import compat

from ... import wire
from ...openapi.parts import AMOUNT, AMOUNT_INPUT, ID_SCHEMA
from ..operators import ORDER
from ..rights import may_read_field
from .base import RecordField
from .links import parse_id, to_record


class NumberField(RecordField):
    """A number. Where there is none, it is 0 for clients, and so it is for filters."""

    nullable = False
    operators = ("eq", "ne", "in", "not_in", *ORDER)
    blank = 0
    has_keyset = True

    def normalize(self, value):
        return value or 0

    def get_presence_domain(self):
        return compat.join_or([[(self.field.name, sign, 0)] for sign in "<>"])

    def get_column_domain(self, operator, value):
        domain = super().get_column_domain(operator, value)
        if self.is_stored and operator in ORDER and self.holds(operator, value, 0):
            return compat.join_or([domain, [(self.field.name, "=", False)]])
        return domain


class IntegerField(NumberField):
    json_type = "integer"

    def get_filter_schema(self):
        return {"type": "integer", "minimum": -wire.MAX_ID - 1, "maximum": wire.MAX_ID}

    def to_json(self, value, values):
        return int(value or 0)  # SQL views give decimals, too

    def parse(self, value):
        if isinstance(value, str):
            raise ValueError("must be an integer")
        return self.parse_filter(value)

    def parse_filter(self, value):
        number = wire.to_integer(value)
        if not -wire.MAX_ID - 1 <= number <= wire.MAX_ID:
            raise ValueError("is out of range")
        return number


class IdField(IntegerField):
    blank = None

    def get_value_schema(self):
        return dict(ID_SCHEMA)


class FloatField(NumberField):
    json_type = "number"

    def to_json(self, value, values):
        return value or 0.0

    def parse(self, value):
        if isinstance(value, str):
            raise ValueError("must be a number")
        return wire.to_float(value)

    def parse_filter(self, value):
        return wire.to_float(value)


class MonetaryField(FloatField):
    """An amount with its currency: ``{"amount": 9.5, "currency": {"id", "name"}}``.

    A client may send the amount alone. If it sends a currency, it has to be the
    record's.
    """

    json_type = "object"

    @cached_property
    def currency_field_name(self):
        """Name of the field that has the currency; None where the user may not read it,
        who sees the amount alone, as in Odoo.
        """
        name = self.field.currency_field or "currency_id"
        return name if may_read_field(self.model, name) else None

    @property
    def is_column(self):
        currency = self.model._fields.get(self.currency_field_name)
        return super().is_column and currency is not None and bool(currency.store)

    def get_value_schema(self):
        return {"anyOf": [AMOUNT]}

    def get_input_schema(self):
        schema = self.get_json_schema()
        return {**schema, "anyOf": [AMOUNT_INPUT]} if self.writable else schema

    def get_filter_schema(self):
        return {"type": "number"}

    def get_read_names(self):
        return [name for name in (self.field.name, self.currency_field_name) if name]

    def to_json(self, value, values):
        currency = values.get(self.currency_field_name)
        return {"amount": value or 0.0, "currency": to_record(currency)}

    def parse(self, value):
        if isinstance(value, dict):
            unknown = set(value) - {"amount", "currency"}
            if unknown or "amount" not in value:
                raise ValueError("must be a number, or have an amount and a currency")
            self.get_currency_id(value)
            value = value["amount"]
        return super().parse(value)

    def is_shown_as(self, sent, shown):
        if not isinstance(sent, dict):
            return super().is_shown_as(sent, shown["amount"])
        return super().is_shown_as(sent, shown) or (
            sent.keys() == {"amount"}
            and super().is_shown_as(sent["amount"], shown["amount"])
        )

    def get_currency_id(self, value):
        """Return the id of the currency that a client sent, if it sent one."""
        currency = value.get("currency") if isinstance(value, dict) else None
        return None if currency is None else parse_id(currency)


class BooleanField(RecordField):
    json_type = "boolean"
    nullable = False
    operators = ("eq", "ne")
    has_keyset = True

    def normalize(self, value):
        return bool(value)

    def get_presence_domain(self):
        return [(self.field.name, "=", True)]

    def to_json(self, value, values):
        return bool(value)

    def parse(self, value):
        if isinstance(value, str):
            raise ValueError("must be true or false")
        return wire.to_boolean(value)

    def parse_filter(self, value):
        return wire.to_boolean(value)
