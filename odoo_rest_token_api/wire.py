"""How values look in JSON and in query strings."""

import re
from datetime import date, datetime, timedelta

MAX_ID = 2**31 - 1  # of PostgreSQL's integer
INTEGER_RE = re.compile(r"[+-]?\d{1,18}")
MOMENT_RE = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:(?<=:\d\d:\d\d)[.,](\d+))?"
    r"([Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)


def to_iso_datetime(value):
    """Write a naive UTC datetime as ISO 8601, such as ``2026-01-31T12:00:00Z``.

    :param datetime value: or a falsy value
    :rtype: str or None
    """
    return f"{value.isoformat(timespec='seconds')}Z" if value else None


def to_iso_date(value):
    """Write a date as ISO 8601, such as ``2026-01-31``.

    :param date value: or a falsy value
    :rtype: str or None
    """
    return value.isoformat() if value else None


def to_integer(value):
    """Read an integer that a query string or a form may bring as text.

    :raise ValueError: it is no integer
    """
    if isinstance(value, str) and INTEGER_RE.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("must be an integer")


def to_float(value):
    """Read a number that a query string may bring as text.

    :raise ValueError: it is no finite number
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("must be a number")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise ValueError("must be a number") from None
    if number - number != 0:
        raise ValueError("must be a finite number")
    return number


def to_boolean(value):
    """Read a boolean that a query string may bring as text.

    :raise ValueError: it is neither true nor false
    """
    if isinstance(value, str):
        value = {"true": True, "1": True, "false": False, "0": False}.get(value.lower())
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def to_text(value):
    """Read text.

    :raise ValueError: it is something else
    """
    if not isinstance(value, str):
        raise ValueError("must be a string")
    return value


def to_names(value):
    """Read names, of a list or of a text that has commas between them.

    :param value: list of str, str, or a falsy value
    :return: without what is empty
    :rtype: list of str
    """
    names = value.split(",") if isinstance(value, str) else value or ()
    return [name.strip() for name in names if name.strip()]


def to_line(value):
    """Read text of one line, of characters that can be seen.

    :raise ValueError: it is something else
    """
    if not to_text(value).isprintable():
        raise ValueError("must be one line of printable text")
    return value


def to_date(value):
    """Read a date of ISO 8601.

    :rtype: date
    :raise ValueError: it is none
    """
    try:
        return date.fromisoformat(to_text(value))
    except ValueError:
        raise ValueError("must be a date, such as 2026-01-31") from None


def to_datetime(value):
    """Read a date and time of ISO 8601. Without an offset, it is UTC.

    :return: in UTC, naive and without a fraction of a second, as Odoo has it
    :rtype: datetime
    :raise ValueError: it is none
    """
    return to_moment(value).replace(microsecond=0)


def to_moment(value):
    """Read a date and time of ISO 8601, with its fraction of a second.

    RFC 3339 gives it any number of digits. What is less than a microsecond counts as
    one, where it is all there is.

    :return: in UTC, naive
    :rtype: datetime
    :raise ValueError: it is none
    """
    match = MOMENT_RE.fullmatch(to_text(value))
    try:
        if not match:
            raise ValueError()
        day, time, fraction, offset = match.groups()
        moment = datetime.fromisoformat(f"{day}T{time or '00:00'}")
        return moment.replace(microsecond=_read_fraction(fraction)) - _read_offset(
            offset
        )
    except (ValueError, OverflowError):
        raise ValueError(
            "must be a date and time, such as 2026-01-31T12:00:00Z"
        ) from None


def _read_fraction(digits):
    if not (digits or "").strip("0"):
        return 0
    return int(digits[:6].ljust(6, "0")) or 1


def _read_offset(text):
    if text in (None, "Z", "z"):
        return timedelta()
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        raise ValueError()
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if text[0] == "-" else offset
