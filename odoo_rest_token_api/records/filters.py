"""What a client searches for, as a domain."""

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import shorten

from ..dispatch.reading import parse_json
from ..errors import InvalidParameter
from ..wire import to_boolean
from .operators import OPERATORS, TEXT

NAMES = {operator: name for name, operator in OPERATORS.items()}
SUFFIXES = {name: name for name in (*OPERATORS, "empty")}


def parse_filters(params, fields):
    """Turn filters such as ``city__ilike=casa`` into a domain.

    :param dict params: from ``name`` or ``name__operator`` to text
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :rtype: list
    :raise InvalidParameter: a field, an operator or a value can't be that
    """
    domains = [
        _parse_filter(key, value, *_parse_key(key, fields))
        for key, value in params.items()
    ]
    return compat.join_and(domains) if domains else []


def _parse_key(key, fields):
    name, separator, operator = key.rpartition("__")
    if key in fields or not separator:
        return _check(key, key, "eq", fields), "eq"
    return _check(key, name, operator, fields), operator


def _check(key, name, operator, fields, words=SUFFIXES):
    """Return a field that can be searched with an operator.

    :param dict words: what the client calls the operators
    """
    try:
        field = fields.get(name)
    except ValueError as error:  # of a path
        raise InvalidParameter(key, f"unknown field: {error}") from error
    if field is None:
        raise InvalidParameter(key, "unknown field")
    if not field.searchable:
        raise InvalidParameter(key, "can't be searched")
    if operator not in field.operators:
        known = ", ".join(words[name] for name in field.operators if name in words)
        raise InvalidParameter(key, f"unknown operator; there are {known}")
    return field


def _parse_filter(key, value, field, operator, negated=False):
    find = field.get_opposite_domain if negated else field.get_domain
    try:
        return find(operator, _parse_value(value, field, operator))
    except ValueError as error:
        raise InvalidParameter(key, str(error)) from error


def _parse_value(value, field, operator):
    if operator == "empty":
        return to_boolean(value)
    if operator in ("in", "not_in"):
        values = value.split(",") if isinstance(value, str) else value
        if not isinstance(values, list):
            values = [values]
        return [field.parse_filter(item) for item in values]
    if operator in TEXT:
        return field.parse_pattern(value)
    return field.parse_filter(value)


def parse_domain(text, fields):
    """Turn a domain in JSON into one for the ORM, in Polish notation.

    Its terms name fields of the resource only, and their operators are those of the
    field: a client can't ask about what it can't read.

    :param text: such as ``["|", ["name", "=", "a"], ["name", "=", "b"]]``, in JSON or
        parsed
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :rtype: list
    :raise InvalidParameter: it can't be read, or names what it may not
    """
    terms = _read_terms(text)
    domain, operators, negated, has_begun = [], [], False, False
    for term in terms:
        if domain and not operators and not has_begun:
            domain.insert(0, "&")  # where nothing is said, all terms are to hold
        has_begun = True
        if term == "!":
            negated = not negated
        elif term in ("&", "|"):
            domain.append(term if not negated else {"&": "|", "|": "&"}[term])
            operators.append([2, negated])  # how many of its terms are to come
        else:
            domain += _parse_term(term, fields, negated)
            while operators and operators[-1][0] == 1:
                operators.pop()
            if operators:
                operators[-1][0] -= 1
            negated = bool(operators) and operators[-1][1]
            has_begun = False
    if operators or has_begun:
        raise InvalidParameter("domain", "an operator lacks a term")
    return domain


def _read_terms(text):
    terms = text
    if isinstance(text, str):
        try:
            terms = parse_json(text)
        except ValueError as error:
            raise InvalidParameter("domain", f"must be JSON: {error}") from None
    if not isinstance(terms, list):
        raise InvalidParameter("domain", "must be a list")
    return terms


def _parse_term(term, fields, negated):
    if (
        not isinstance(term, list)
        or len(term) != 3
        or not isinstance(term[0], str)
        or not isinstance(term[1], str)
        or term[1] not in NAMES
    ):
        raise InvalidParameter(
            "domain",
            f"a term is a field, an operator and a value, not {shorten(repr(term))}",
        )
    name, word, value = term
    key, operator = f"domain: {name}", NAMES[word]
    field = _check(key, name, operator, fields, OPERATORS)
    if operator in ("in", "not_in") and not isinstance(value, list):
        raise InvalidParameter(key, f"{word!r} takes a list")
    if value is False and field.json_type != "boolean":
        value = None
    return _parse_filter(key, value, field, operator, negated)
