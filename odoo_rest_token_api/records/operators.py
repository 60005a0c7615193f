"""Operators of filters: what they are called, and what holds of a value."""

import re

EQUALITY = ("eq", "ne", "in", "not_in", "empty")
ORDER = ("lt", "lte", "gt", "gte")
TEXT = ("like", "ilike", "not_like", "not_ilike")
OPERATORS = {  # on the wire, and in a domain
    "eq": "=",
    "ne": "!=",
    "lt": "<",
    "lte": "<=",
    "gt": ">",
    "gte": ">=",
    "like": "like",
    "ilike": "ilike",
    "not_like": "not like",
    "not_ilike": "not ilike",
    "in": "in",
    "not_in": "not in",
    "child_of": "child_of",
}
NEGATIVES = {"ne": "eq", "not_in": "in", "not_like": "like", "not_ilike": "ilike"}
OPPOSITES = {
    **NEGATIVES,
    **{positive: negative for negative, positive in NEGATIVES.items()},
    "lt": "gte",
    "gte": "lt",
    "gt": "lte",
    "lte": "gt",
}
COMPARISONS = {
    "lt": lambda shown, value: shown < value,
    "lte": lambda shown, value: shown <= value,
    "gt": lambda shown, value: shown > value,
    "gte": lambda shown, value: shown >= value,
}
LIKE_RE = re.compile(r"\\(?P<literal>.)|(?P<wildcard>[%_])|(?P<text>.)", re.DOTALL)


def get_opposite(operator, value):
    """Return the condition that holds wherever another one does not.

    :param str operator: on the wire, other than ``child_of``
    :param value: that it compares with
    :return: operator and value
    :rtype: (str, object)
    """
    if operator == "empty":
        return operator, not value
    return OPPOSITES[operator], value


def holds(operator, value, shown):
    """Tell whether a condition holds of a value, as the ORM has it of columns.

    :param str operator: on the wire
    :param value: that it compares with, a list where the operator takes one
    :param shown: value of the record; ``None`` where there is none
    :rtype: bool
    """
    if operator in NEGATIVES:
        return not holds(NEGATIVES[operator], value, shown)
    if operator == "empty":
        return (shown is None) == value
    if operator == "eq":
        return shown == value
    if operator == "in":
        return shown in value
    if operator in COMPARISONS:
        return shown is not None and COMPARISONS[operator](shown, value)
    if not value:  # all are like nothing
        return True
    return shown is not None and is_like(shown, value, operator == "ilike")


def is_like(text, pattern, ignores_case):
    """Tell whether a text has a part as a pattern of SQL says.

    :param str pattern: with ``%`` for any characters, and ``_`` for any one
    :rtype: bool
    """
    parts = []
    for match in LIKE_RE.finditer(pattern):
        if match.group("wildcard"):
            parts.append(".*" if match.group() == "%" else ".")
        else:
            parts.append(re.escape(match.group("literal") or match.group("text")))
    flags = re.DOTALL | (re.IGNORECASE if ignores_case else 0)
    return re.search("".join(parts), text, flags) is not None
