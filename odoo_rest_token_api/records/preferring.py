"""What a client would rather have: the header ``Prefer`` (RFC 7240)."""

import re
from typing import NamedTuple

from ..errors import InvalidParameter
from ..limits import MAX_PREFER

WORD = r"[\w!#$%&'*+.^`|~-]+"
QUOTED = r'"(?:[^"\\]|\\.)*"'
TERM_RE = re.compile(rf"([,;]?)\s*({WORD})(?:\s*=\s*({QUOTED}|{WORD})?)?", re.ASCII)

APPLIED = "Preference-Applied"  # header of an answer
RETURN = "return"
MINIMAL, REPRESENTATION = "minimal", "representation"


class Preference(NamedTuple):
    """One preference.

    :param str value: empty where it has none
    :param dict parameters: what it is told beside its value, by name
    """

    value: str
    parameters: dict


class Preferences:
    """The preferences of a request, and which of them were followed.

    What is unknown, or makes no sense, is left alone, as RFC 7240 asks for.

    :param str header: of the request; empty where there is none
    """

    def __init__(self, header):
        self._preferences = parse_prefer(header)
        self._applied = {}

    def get(self, name):
        """Return a preference.

        :param str name: of the preference
        :rtype: Preference, or None
        """
        return self._preferences.get(name)

    def follow(self, name, *values):
        """Take a preference into account, and say so in the answer.

        :param str name: of the preference
        :param values: that are known; without them, one that has no value is
        :return: whether the client prefers that, the first of them or another one
        :rtype: str, or None where it doesn't; empty where no values are known
        """
        preference = self.get(name)
        if preference is None or preference.value not in (values or ("",)):
            return None
        self._applied[name] = preference.value
        return preference.value

    def get_applied(self):
        """Return the value of the header ``Preference-Applied``.

        :rtype: str
        """
        return ", ".join(
            f"{name}={value}" if value else name
            for name, value in self._applied.items()
        )


def parse_prefer(header):
    """Parse the header: ``return=minimal, resolution=merge-duplicates; key=ref``.

    :param str header: of all headers of that name, with commas between them
    :return: of :class:`Preference`, by their names; the first of a name counts
    :rtype: dict
    :raise InvalidParameter: it is too long
    """
    if len(header) > MAX_PREFER:
        raise InvalidParameter("Prefer", "is too long")
    preferences = {}
    current = None
    for separator, name, value in TERM_RE.findall(header):
        value = _unquote(value)
        if separator == ";" and current is not None:
            current.parameters.setdefault(name.lower(), value)
        else:
            current = Preference(value, {})
            preferences.setdefault(name.lower(), current)
    return preferences


def _unquote(text):
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text
