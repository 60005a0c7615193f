"""Keep secrets and control characters out of Odoo's log, whatever its level.

Odoo's servers log the first line of each request, its query string among it. At the
levels of debugging, Odoo logs calls, answers and statements, and what is in them: the
password that a dialog asks for, the token that another one shows.
"""

import logging
import re
import threading

ACCESS_LOGGERS = ("werkzeug", "longpolling")  # the latter is the one of gevent's port
LOGGERS = (
    *ACCESS_LOGGERS,
    "odoo.api",
    "odoo.http.rpc.request",
    "odoo.http.rpc.response",
    "odoo.sql_db",
)
PASSWORD = r"(?:passw(?:or)?d|pwd)"  # nosec B105 # what its name ends with
# As Python, JSON and SQL write text. Where it is not closed, it goes on to the end.
LITERAL = r"""(?:
    E?'[^'\\]*(?:\\.[^'\\]*)*(?:'|\\?\Z)
    | "[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)
)"""
LITERALS = rf"{LITERAL}(?:\s*{LITERAL})*"  # pprint wraps a long one
SECRET_RE = re.compile(
    rf"""
    # Of a query string, or in SQL
    (?P<assigned> (?:{PASSWORD}|access[-_]token|secret)"?= ) {LITERAL}*[^&\s"]*
    # Of a dictionary, or of a list of names and values
    | (?P<item> {PASSWORD}['"] (?: ,\s*['"]value['"] )? :\s* )
        (?: {LITERALS} | [\[{{(].* | [^,}}\s]* )
    | (?P<column> [a-z]_(?:hash|key)\ =\  ) {LITERAL}
    | (?P<token> [a-z]_(?:token|code|secret)_[0-9a-f]{{8}} ) [0-9a-f]{{32}}
    | (?P<dialog> "(?:res_users_identitycheck|change_password_\w+)"\  ) .*
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
MAX_LINE = 4096  # of an access log, in characters
NEXT_LINE_RE = re.compile(rf"\s*{LITERALS}", re.VERBOSE | re.DOTALL)
# Styles are what Werkzeug itself puts around a line.
STYLE_RE = re.compile("\x1b\\[[\\d;]*m")
# Not the ends of lines: no request line has one, but tracebacks do. Those of Unicode
# that hide or reorder what follows are among them.
CONTROL_RE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


class RedactSecrets(logging.Filter):
    """Replace passwords, tokens and their hashes by asterisks.

    Odoo logs a long text in several lines, each by itself.
    """

    def __init__(self):
        super().__init__()
        self._thread = threading.local()

    def filter(self, record):
        message = record.getMessage()
        start = self._find_next_line(message)
        matches = list(SECRET_RE.finditer(message, start))
        self._thread.goes_on = bool(
            (matches and matches[-1]["item"] and matches[-1].end() == len(message))
            or (start and start == len(message))
        )
        if start or matches:
            redacted = redact(message[start:])
            record.msg, record.args = ("***" if start else "") + redacted, ()
        return True

    def _find_next_line(self, message):
        """Return how much of a message goes on with the secret of the one before."""
        if not getattr(self._thread, "goes_on", False):
            return 0
        found = NEXT_LINE_RE.match(message)
        return found.end() if found else 0


class TidyLines(logging.Filter):
    """Cut what an access log repeats of a request, and leave no control characters.

    These are written as Python does: a terminal would obey them.
    """

    def filter(self, record):
        message = record.getMessage()
        tidy = message
        if len(message) > MAX_LINE and record.levelno <= logging.INFO:
            status = message.rpartition('"')[2]
            tidy = f'{message[:MAX_LINE]}…"{status[:100]}'
        tidy = CONTROL_RE.sub(_escape, STYLE_RE.sub("", tidy))
        if tidy != message:
            record.msg, record.args = tidy, ()
        return True


def redact(text):
    """Replace passwords, tokens and their hashes in a text by asterisks.

    :param str text: such as an address, a traceback, or JSON
    :rtype: str
    """
    return SECRET_RE.sub(_redact, text)


def _redact(match):
    return "".join(filter(None, match.groups())) + "***"


def _escape(match):
    return match.group().encode("unicode_escape").decode()


for name in ACCESS_LOGGERS:
    logging.getLogger(name).addFilter(TidyLines())
for name in LOGGERS:
    logging.getLogger(name).addFilter(RedactSecrets())
