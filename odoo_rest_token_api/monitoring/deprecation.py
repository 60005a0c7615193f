"""What is said of operations that are to go."""

import re
from datetime import date, datetime, timezone

from werkzeug.http import http_date

LINK_RE = re.compile(r"(https?:/)?/[!#$%&'()*+,./:;=?@\w~\[\]-]+", re.ASCII)


class Deprecation:
    """Since when nobody should call an operation, until when it is there, and why.

    ``@restapi.method(…, deprecated=Deprecation("2026-01-31", sunset="2026-07-31"))``

    :param since: date, or text as ``2026-01-31``, from whose midnight in UTC on it is
        deprecated (RFC 9745)
    :param sunset: date, or text, from whose midnight in UTC on it may be gone (RFC
        8594); none where it is not known
    :param str link: address, or path, of a page that says what to call instead
    :raise ValueError: a date is none, or sunset is before the deprecation; or the link
        is no address
    """

    def __init__(self, since, sunset=None, link=None):
        self.since = _to_date(since)
        self.sunset = _to_date(sunset) if sunset else None
        self.link = link or None
        if self.sunset and self.sunset < self.since:
            raise ValueError("it can't go before it is deprecated")
        if self.link and not LINK_RE.fullmatch(self.link):
            raise ValueError(f"{self.link!r} is no address")

    @property
    def headers(self):
        """What answers say of it.

        :rtype: dict
        """
        headers = {"Deprecation": f"@{int(_to_moment(self.since).timestamp())}"}
        if self.sunset:
            headers["Sunset"] = http_date(_to_moment(self.sunset))
        if self.link:
            headers["Link"] = f'<{self.link}>; rel="deprecation"'
        return headers

    def describe(self):
        """Say it in words, in Markdown.

        :rtype: str
        """
        parts = [f"Deprecated since {self.since}"]
        if self.sunset:
            parts.append(f"it may be gone from {self.sunset} on")
        if self.link:
            parts.append(f"see <{self.link}>")
        return f"{'; '.join(parts)}."


def _to_date(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


def _to_moment(day):
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
