"""Records as they are exported: lines of JSON, or of CSV."""

import csv
import io
import json
from json.encoder import encode_basestring_ascii as quote

from .fields import Many2oneField, MonetaryField, choose_names
from .fields.links import to_record

NUMBERS = ("integer", "float")  # types of fields
# Spreadsheets run what begins so, as OWASP's "CSV Injection" has it, and Odoo's export.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class JsonLines:
    """One JSON object a line (NDJSON)."""

    mimetype = "application/x-ndjson"

    def check(self, tree):
        """Check that it can say what is read: all of it."""

    def begin(self, service, tree):
        return ""

    def write_records(self, shown):
        """Write records.

        :param list shown: of dict, as clients read them
        :rtype: str
        """
        return "".join(f"{json.dumps(values)}\n" for values in shown)

    def write_columns(self, fields, columns):
        """Write records of which there are columns.

        :param list fields: of :class:`RecordField`
        :param dict columns: values as ``read()`` has them, by names of the ORM's fields
        :rtype: str
        """
        encoded = [encode(field, columns) for field in fields]
        return "".join(f"{text}\n" for text in join_values(fields, encoded))


def join_values(fields, encoded):
    """Join the values of records to an object of JSON each.

    :param list fields: of :class:`RecordField`
    :param list encoded: of lists of str, values in JSON of each field
    :rtype: iterator of str
    """
    pairs = ", ".join(f"{quote(field.name)}: %s" for field in fields)
    return map(f"{{{pairs}}}".__mod__, zip(*encoded))


def encode(field, columns):
    """Return the values of a field in JSON.

    :param RecordField field: of the records
    :param dict columns: values as ``read()`` has them, by names of the ORM's fields
    :rtype: list of str
    """
    values = columns[field.field.name]
    kind = field.field.type
    if kind in ("char", "text", "html"):
        return [quote(value) if value else "null" for value in values]
    if kind == "boolean":
        return ["true" if value else "false" for value in values]
    if kind in NUMBERS:
        return _dump_numbers([field.to_json(value, {}) for value in values])
    if isinstance(field, MonetaryField):
        others = columns[field.currency_field_name]
        known = {other: json.dumps(to_record(other)) for other in set(others)}
        numbers = _dump_numbers([value or 0.0 for value in values])
        return [
            f'{{"amount": {number}, "currency": {known[other]}}}'
            for number, other in zip(numbers, others)
        ]
    known = {value: _dump(field.to_json(value, {})) for value in set(values)}
    return [known[value] for value in values]


def _dump(value):
    return quote(value) if type(value) is str else json.dumps(value)


def _dump_numbers(values):
    return json.dumps(values)[1:-1].split(", ") if values else []


class Csv:
    """A table with a header (RFC 4180), for spreadsheets.

    A link is two columns: its id and its name; an amount, too: its number and the name
    of its currency.
    """

    mimetype = "text/csv"

    def __init__(self):
        self._columns = None  # keys of records, and what their cells are made by

    def check(self, tree):
        """Check that it can say what is read: nothing of other records.

        :raise ValueError: it can't; the message is for the client
        """
        if tree.links:
            raise ValueError("is not for CSV, but for JSON")

    def begin(self, service, tree):
        fields = service._get_fields()
        names = choose_names(fields, tree.get_names())
        self._columns, header = [], []
        for name in dict.fromkeys(["id", *names]):
            for suffix, get_cell in _get_cells(fields.get(name)).items():
                self._columns.append((name, get_cell))
                header.append(name + suffix)
        return self._to_text([header])

    def write_records(self, shown):
        return self._to_text(
            [get_cell(values.get(name)) for name, get_cell in self._columns]
            for values in shown
        )

    def write_columns(self, fields, columns):
        shown = {field.name: field.list_json(columns) for field in fields}
        cells = [map(get_cell, shown[name]) for name, get_cell in self._columns]
        return self._to_text(zip(*cells))

    def _to_text(self, rows):
        output = io.StringIO(newline="")
        csv.writer(output, lineterminator="\r\n").writerows(rows)
        return output.getvalue()


def _get_cells(field):
    """Return what makes cells of the values of a field.

    :param field: a :class:`RecordField`, or None for what a service adds of its own
    :return: functions of a value as clients read it, by what follows the name
    :rtype: dict
    """
    if isinstance(field, Many2oneField):
        return {
            "": lambda link: _to_cell(link and link["id"]),
            ".name": lambda link: _to_cell(link and link["name"]),
        }
    if isinstance(field, MonetaryField):
        return {
            "": lambda value: _to_cell(value and value["amount"]),
            ".currency": lambda value: _to_cell(
                value and value["currency"] and value["currency"]["name"]
            ),
        }
    return {"": _to_cell}


def _to_cell(value):
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if value is None or isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if isinstance(value, list) and all(type(item) is int for item in value):
        return ",".join(map(str, value))
    return json.dumps(value)


FORMATS = (JsonLines, Csv)
