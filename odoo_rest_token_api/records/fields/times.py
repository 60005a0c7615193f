"""Dates, and moments in UTC."""

from odoo.addons.odoo_rest_token import compat

from ... import wire
from ..operators import EQUALITY, ORDER
from .base import RecordField

TRUE_LEAF, FALSE_LEAF = (1, "=", 1), (0, "=", 1)  # of a domain


class DateField(RecordField):
    json_format = "date"
    operators = (*EQUALITY, *ORDER)
    has_keyset = True

    def to_json(self, value, values):
        return wire.to_iso_date(value)

    def parse(self, value):
        return wire.to_date(value)

    def parse_filter(self, value):
        return False if value is None else self.parse(value)


class DatetimeField(DateField):
    """A moment. It is shown in seconds, and compared as it is shown.

    Odoo keeps microseconds of ``create_date`` and ``write_date``: a client that looks
    for what is later than what it was shown would get that once more.
    """

    json_format = "date-time"

    def to_json(self, value, values):
        return wire.to_iso_datetime(value)

    def parse(self, value):
        return wire.to_datetime(value)

    def parse_filter(self, value):
        return False if value is None else wire.to_moment(value)

    def get_shown(self, value):
        return value.replace(microsecond=0) if value else None

    def get_column_domain(self, operator, value):
        if operator in ("in", "not_in"):
            is_any = operator == "in"
            combine = compat.join_or if is_any else compat.join_and
            operator = "eq" if is_any else "ne"
            return combine([self.get_column_domain(operator, item) for item in value])
        if not value or operator == "empty":
            return super().get_column_domain(operator, value)
        name = self.field.name
        first, last = value.replace(microsecond=0), value.replace(microsecond=999999)
        if operator == "eq":
            is_shown = [TRUE_LEAF if first == value else FALSE_LEAF]
            bounds = [(name, ">=", first)], [(name, "<=", last)]
            return compat.join_and([is_shown, *bounds])
        if operator == "ne":
            is_other = [FALSE_LEAF if first == value else TRUE_LEAF]
            before, after = [(name, "<", first)], [(name, ">", last)]
            return compat.join_or([is_other, [(name, "=", False)], before, after])
        if operator == "gt" or operator == "gte" and first != value:
            return [(name, ">", last)]
        if operator == "lte" or operator == "lt" and first != value:
            return [(name, "<=", last)]
        return super().get_column_domain(operator, first)
