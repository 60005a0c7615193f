"""How values look in JSON."""


def to_iso_datetime(value):
    """Write a naive UTC datetime as ISO 8601, such as ``2026-01-31T12:00:00Z``.

    :param datetime value: or a falsy value
    :rtype: str or None
    """
    return f"{value.isoformat(timespec='seconds')}Z" if value else None


def to_integer(value):
    """Read an integer that a query string or a form brings as text.

    :raise ValueError: it is no integer
    """
    if isinstance(value, bool):
        raise ValueError("a boolean is no integer")
    return int(value) if isinstance(value, str) else value
