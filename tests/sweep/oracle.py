"""What the API should say, told from what Odoo's RPC says."""

import operator
import re

LINK_TYPES = ("many2one",)
LIST_TYPES = ("one2many", "many2many")


def to_wire(value, field_type):
    """Turn a value of Odoo's ``read()`` over RPC into what the API says of it.

    An amount's currency is left out: RPC does not say which field holds it.
    """
    return CONVERTERS.get(field_type, _or_null)(value)


def _or_null(value):
    return None if value is False or value == "" else value


def _to_date(value):
    return value.zfill(10) if value else None  # Odoo writes the year 1 as "1"


def _to_time(value):
    return f"{value[:19].zfill(19).replace(' ', 'T')}Z" if value else None


def _to_link(value):
    return {"id": value[0], "name": value[1] or ""} if value else None


def _to_reference(value):
    if not value:
        return None
    model, _comma, record_id = value.partition(",")
    return {"model": model, "id": int(record_id)}


def _to_properties(value):
    return {each["name"]: each.get("value") for each in value or ()}


CONVERTERS = {
    "boolean": bool,
    "integer": lambda value: value or 0,
    "many2one_reference": lambda value: value or 0,
    "float": lambda value: value or 0.0,
    "monetary": lambda value: value or 0.0,
    "date": _to_date,
    "datetime": _to_time,
    "many2one": _to_link,
    "one2many": list,
    "many2many": list,
    "reference": _to_reference,
    "properties": _to_properties,
}


def get_comparable(value):
    """Return what filters compare of a value that the API gave.

    Of a link its id, of an amount its number.
    """
    if isinstance(value, dict):
        return value["amount"] if "amount" in value else value.get("id")
    return value


def matches(name, value, argument):
    """Tell whether a filter finds a record.

    :param str name: of the operator, on the wire
    :param value: of the record, as :func:`get_comparable` returns it
    :param argument: a value, a list of them, or a bool for ``empty``
    """
    if name == "empty":
        return (value is None or value == [] or value == "") is argument
    if isinstance(value, list):  # of links
        found = bool(
            set(value) & set(argument if isinstance(argument, list) else [argument])
        )
        return found is (name in ("eq", "in"))
    return PREDICATES[name](value, argument)


def _compare(compare):
    return lambda value, argument: value is not None and compare(value, argument)


def _is_like(flags):
    def is_like(value, argument):
        return value is not None and re.search(re.escape(argument), value, flags)

    return lambda value, argument: bool(is_like(value, argument))


def _not(predicate):
    return lambda value, argument: not predicate(value, argument)


PREDICATES = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": _compare(operator.lt),
    "lte": _compare(operator.le),
    "gt": _compare(operator.gt),
    "gte": _compare(operator.ge),
    "in": lambda value, argument: value in argument,
    "not_in": lambda value, argument: value not in argument,
    "like": _is_like(0),
    "ilike": _is_like(re.IGNORECASE),
    "not_like": _not(_is_like(0)),
    "not_ilike": _not(_is_like(re.IGNORECASE)),
}
