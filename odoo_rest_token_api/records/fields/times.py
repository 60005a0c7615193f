"""Dates, and moments in UTC."""

from ... import wire
from .base import EQUALITY, ORDER, RecordField


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
    json_format = "date-time"

    def to_json(self, value, values):
        return wire.to_iso_datetime(value)

    def parse(self, value):
        return wire.to_datetime(value)
