"""Groups of records, and what is counted and summed up in each.

PostgreSQL makes them of what the user may read. Values that are made otherwise than of
a column, or masked, are neither grouped by nor summed up.
"""

import pytz

from odoo.exceptions import AccessError
from odoo.models import BaseModel

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import shorten

from ..errors import InvalidParameter
from ..openapi.parts import AMOUNT, LINK
from ..wire import to_iso_date, to_names
from .fields import MonetaryField
from .pages import Cursor, complete_domain
from .reading import find_names
from .rights import searches_by_itself

MAX_KEYS = 8  # fields that are grouped by
MAX_VALUES = 20  # that are summed up
PERIODS = {  # and what one is called, where it begins
    "year": "{:%Y}".format,
    "quarter": lambda start: f"{start:%Y}-Q{(start.month + 2) // 3}",
    "month": "{:%Y-%m}".format,
    "week": lambda start: "{}-W{:02}".format(*start.isocalendar()[:2]),
    "day": lambda start: to_iso_date(start.date()),
    "hour": "{:%Y-%m-%dT%H}".format,
}
KEY_TYPES = {"boolean", "char", "date", "datetime", "integer", "many2one", "selection"}
MOMENTS = {"date", "datetime"}
NUMBERS = {"integer", "float", "monetary"}
FUNCTIONS = {
    "sum": NUMBERS,
    "avg": NUMBERS,
    "min": NUMBERS | MOMENTS,
    "max": NUMBERS | MOMENTS,
}
EMPTY = {"char": "''", "selection": "''"}  # what is no value, beside NULL
INSTEAD = {"boolean": "FALSE", "integer": "0"}  # of NULL


class Key:
    """A field that is grouped by.

    :param RecordField field: that :func:`may_be_key` of
    :param str period: of a moment, one of ``PERIODS``
    """

    def __init__(self, field, period=None):
        self.field = field
        self.period = period
        self.name = field.name

    def get_column(self, table, timezone):
        """Return the SQL of what is grouped by.

        :param str table: name of the table
        :param str timezone: that periods are of, which PostgreSQL knows
        """
        name, kind = self.field.field.name, self.field.field.type
        column = f'"{table}"."{name}"'
        if kind == "datetime" and timezone:
            column = f"timezone('{timezone}', timezone('UTC', {column}))"
        if self.period:
            return f"date_trunc('{self.period}', {column}::timestamp)"
        if kind in EMPTY:
            return f"NULLIF({column}, {EMPTY[kind]})"
        return f"COALESCE({column}, {INSTEAD[kind]})" if kind in INSTEAD else column

    def to_json(self, values):
        """Turn the values of all groups into what JSON takes."""
        if self.period:
            name = PERIODS[self.period]
            return [None if value is None else name(value) for value in values]
        if self.field.field.type == "many2one":
            values = self.field.complete(values)
        return [self.field.to_json(value, {}) for value in values]

    def get_schema(self):
        if self.period or self.field.field.type in MOMENTS:
            title = self.field.get_json_schema()["title"]
            return {"type": ["string", "null"], "title": title, "examples": ["2026-01"]}
        if self.field.field.type == "many2one":
            return {"anyOf": [LINK, {"type": "null"}]}
        schema = self.field.get_json_schema()
        schema.pop("readOnly", None)
        return schema


class Aggregate:
    """What is made of a field of all records of a group.

    :param str function: one of ``FUNCTIONS``
    :param RecordField field: that :func:`may_be_value` of
    """

    def __init__(self, function, field):
        self.function = function
        self.field = field
        self.name = f"{function}:{field.name}"

    def get_columns(self, table):
        """Return the SQL of what the group is made of: a value, and its currency."""
        names = [self.field.field.name]
        currency = self._get_currency_field()
        if currency:
            names.append(currency.name)
        return [f'"{table}"."{name}"' for name in names]

    def get_selected(self, columns):
        """Return the SQL of the value, and of the currency where there is one.

        :param list columns: what those of :meth:`get_columns` are called
        """
        value, *currencies = columns
        selected = [f"{self.function}({value})"]
        for each in currencies:
            is_one = f"min({each}) = max({each}) AND count({each}) = count(*)"
            selected.append(f"CASE WHEN {is_one} THEN min({each}) END")
        return selected

    def to_json(self, columns):
        """Turn the values of all groups into what JSON takes.

        :param list columns: values, and currencies where there are any
        """
        values, *others = columns
        if self.function == "sum":
            values = [value or 0 for value in values]
        if not isinstance(self.field, MonetaryField):
            return [
                None if value is None else self.field.to_json(value, {})
                for value in values
            ]
        names = {}
        for ids in others:
            model = self.field.model.env[self._get_currency_field().comodel_name]
            names = find_names(model.browse(set(ids) - {None}))
        currencies = others[0] if others else [None] * len(values)
        name = self.field.currency_field_name
        return [
            None
            if value is None
            else self.field.to_json(value, {name: names.get(currency)})
            for value, currency in zip(values, currencies)
        ]

    def _get_currency_field(self):
        if not isinstance(self.field, MonetaryField):
            return None
        field = self.field.model._fields.get(self.field.currency_field_name)
        return field if field is not None and field.store else None

    def get_schema(self):
        if isinstance(self.field, MonetaryField):
            schema = AMOUNT
        elif self.function == "avg":
            schema = {"type": "number"}
        else:
            schema = self.field.get_filter_schema()
        if self.function == "sum":
            return schema
        return {"anyOf": [schema, {"type": "null"}]}


class Grouping:
    """What is grouped by, what is made of each group, and in which order they come.

    :param list keys: of :class:`Key`
    :param list aggregates: of :class:`Aggregate`
    :param bool counted: whether the records of a group are counted
    :param str order: such as ``sum:amount_total desc``
    :raise InvalidParameter: it can't be that
    """

    is_by_id = False  # as :class:`Cursor` asks
    terms = ()

    def __init__(self, keys, aggregates, counted, order):
        self.keys = keys
        self.aggregates = aggregates
        self.counted = counted
        self.order = [self._parse_term(each) for each in to_names(order)]
        if not (keys or aggregates or counted):
            raise InvalidParameter("by", "says what to group by")

    def _parse_term(self, text):
        name, _space, direction = text.partition(" ")
        direction = direction.strip().lower() or "asc"
        known = [each.name for each in [*self.keys, *self.aggregates]]
        known += ["count"] if self.counted else []
        if name not in known:
            reason = f"can't sort by {shorten(name)!r}; there are {', '.join(known)}"
            raise InvalidParameter("order", reason)
        if direction not in ("asc", "desc"):
            reason = f"{shorten(direction)!r} is neither asc nor desc"
            raise InvalidParameter("order", reason)
        return name, direction

    def __str__(self):
        keys = [f"{key.name}:{key.period}" for key in self.keys]
        return " ".join([*keys, *(" ".join(term) for term in self.order)])

    def find(self, model, domain, limit, offset=0, cursor=None):
        """Find one page of groups.

        :param odoo.models.Model model: whose context and user count
        :param list domain: in which the records are
        :param int limit: groups at the most
        :param int offset: groups to leave out before the first
        :param str cursor: of the page, instead of an offset
        :return: the groups as JSON takes them, and the cursor of the next page
        :rtype: (list of dict, str or None)
        """
        start = Cursor.parse(cursor, self) if cursor else Cursor(self, offset=offset)
        rows = self._select(model, domain, limit + 1, start.offset)
        groups = self._to_json(rows[:limit])
        if len(rows) <= limit:
            return groups, None
        return groups, str(Cursor(self, offset=start.offset + limit))

    def _select(self, model, domain, limit, offset):
        table, timezone = model._table, find_timezone(model.env)
        columns = [key.get_column(table, timezone) for key in self.keys]
        keys = [f"c{number}" for number in range(1, len(columns) + 1)]
        selected, names = list(keys), dict(zip((k.name for k in self.keys), keys))
        if self.counted:
            names["count"] = str(len(selected) + 1)
            selected.append("count(*)")
        for aggregate in self.aggregates:
            own = aggregate.get_columns(table)
            first = len(columns) + 1
            columns += own
            names[aggregate.name] = str(len(selected) + 1)
            selected += aggregate.get_selected(
                [f"c{first + number}" for number in range(len(own))]
            )
        columns = [f"{column} AS c{n}" for n, column in enumerate(columns, 1)]
        query = find_query(model, domain)
        text, parameters = compat.make_select(query, columns or ["1"])
        # Names of fields of the model, and what the ORM made
        statement = f"SELECT {', '.join(selected)} FROM ({text}) AS found"  # nosec B608
        if keys:
            statement += f" GROUP BY {', '.join(keys)}"
        order = [f"{names[name]} {direction}" for name, direction in self.order]
        if order or keys:
            statement += f" ORDER BY {', '.join([*order, *keys])}"
        statement += " LIMIT %s OFFSET %s"
        model.env.cr.execute(statement, [*parameters, limit, offset])
        return model.env.cr.fetchall()

    def _to_json(self, rows):
        if not rows:
            return []
        groups = [{"by": {}} for _row in rows]
        columns = [list(column) for column in zip(*rows)]
        for key in self.keys:
            for group, value in zip(groups, key.to_json(columns.pop(0))):
                group["by"][key.name] = value
        if self.counted:
            for group, value in zip(groups, columns.pop(0)):
                group["count"] = value
        for aggregate in self.aggregates:
            size = len(aggregate.get_columns(""))
            values = aggregate.to_json(columns[:size])
            del columns[:size]
            for group, value in zip(groups, values):
                of_function = group.setdefault(aggregate.function, {})
                of_function[aggregate.field.name] = value
        return groups


def find_query(model, domain):
    """Return the query of all records that a user finds, in no order.

    :param odoo.models.Model model: whose context and user count
    :param list domain: in which the records are
    :rtype: odoo.osv.query.Query
    :raise AccessError: the user may read no such records
    """
    if not compat.has_access(model, "read"):  # others may be what it searches for
        raise AccessError(model._name)
    domain = complete_domain(model, domain)
    if searches_by_itself(model):  # it may leave out some
        query = model.search(domain).ids
    else:
        query = model._search(domain, order="id")
    if not compat.is_pending(query):
        own = model.sudo().with_context(active_test=False)
        ids = list(query) or [0]  # without any, it would be no query once more
        query = BaseModel._search(own, [("id", "in", ids)], order="id")
    query.order = None
    return query


def find_timezone(env):
    """Return the time zone in which ``read_group()`` has its periods.

    :param odoo.api.Environment env: whose context names it
    :return: one that PostgreSQL knows, or None for UTC
    :rtype: str or None
    """
    name = env.context.get("tz")
    return name if name in pytz.all_timezones_set else None


def may_be_key(field):
    """Tell whether records can be grouped by a field.

    :param RecordField field: of the records
    :rtype: bool
    """
    return field.field.type in KEY_TYPES and field.is_column


def may_be_value(function, field):
    """Tell whether there is a sum, or another function, of a field.

    :param str function: one of ``FUNCTIONS``
    :param RecordField field: of the records
    :rtype: bool
    """
    return (
        field.field.type in FUNCTIONS[function]
        and field.field.name != "id"
        and field.is_column
    )


def list_keys(fields):
    """List what a client may group by.

    :param dict fields: of :class:`RecordField`, by their name on the wire
    :return: names, with periods after a colon
    :rtype: list of str
    """
    names = []
    for name, field in fields.items():
        if may_be_key(field):
            names.append(name)
            if field.field.type in MOMENTS:
                names += [f"{name}:{period}" for period in get_periods(field)]
    return names


def list_values(function, fields):
    """List of which fields there is a sum, or another function.

    :param str function: one of ``FUNCTIONS``
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :rtype: list of str
    """
    return [name for name, field in fields.items() if may_be_value(function, field)]


def get_periods(field):
    """Return the periods that moments of a field are grouped by.

    :rtype: list of str
    """
    is_date = field.field.type == "date"
    return [period for period in PERIODS if not (is_date and period == "hour")]


def parse_grouping(params, fields, counted):
    """Read what a client asks for.

    :param dict params: ``by``, ``sum``, ``avg``, ``min``, ``max`` and ``order``
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :param bool counted: whether the records of a group are counted
    :rtype: Grouping
    :raise InvalidParameter: it can't be that
    """
    keys, aggregates = [], []
    for text in to_names(params["by"]):
        key = _parse_key(text, fields)
        if key.name in [other.name for other in keys]:
            raise InvalidParameter("by", f"names {key.name} twice")
        keys.append(key)
    for function in FUNCTIONS:
        for name in dict.fromkeys(to_names(params[function])):
            field = fields.get(name)
            if field is None or not may_be_value(function, field):
                raise InvalidParameter(function, f"there is none of {shorten(name)!r}")
            aggregates.append(Aggregate(function, field))
    if len(keys) > MAX_KEYS or len(aggregates) > MAX_VALUES:
        reason = f"at most {MAX_KEYS} fields, and {MAX_VALUES} values of each group"
        raise InvalidParameter("by", reason)
    return Grouping(keys, aggregates, counted, params["order"])


def _parse_key(text, fields):
    name, _colon, period = text.partition(":")
    field = fields.get(name)
    if field is None or not may_be_key(field):
        raise InvalidParameter("by", f"can't group by {shorten(name)!r}")
    if field.field.type in MOMENTS:
        period = period or "month"
        known = get_periods(field)
    else:
        known = [""]
    if period not in known:
        raise InvalidParameter("by", f"there is no {shorten(period)!r} of {name!r}")
    return Key(field, period)
