"""What is wrong with an answer, or with what the server says in its log."""

import re
from http import HTTPStatus
from urllib.parse import unquote

ROOTS = ("/api/", "/rest/sky/", "/api-docs/")
RECORD = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (?P<level>[A-Z]+) ", re.MULTILINE)
BAD_LEVELS = ("ERROR", "CRITICAL")
# Odoo logs what a constraint of the database refuses, and what it tries again.
EXPECTED = re.compile(
    r" odoo.sql_db: bad query: (?s:.*)\nERROR: "
    r"(.* violates .* constraint|could not serialize access)"
    # Mistakes of clients, with where the code of others stumbles over them
    r"| WARNING \S+ \S+\.writing: Values of \S+ were refused"
    r"| WARNING \S+ \S+\.base_rest_service: \w+ can't read a body"
)
TRACES = ("Traceback", 'File "', "psycopg2", "werkzeug.exceptions")


def is_judged(data):
    """Tell whether a request is for our services, or for what can't be known.

    Pages of Odoo's own are none of our business.

    :param bytes data: request as it is sent
    """
    words = data.partition(b"\n")[0].decode("latin-1").split()
    if len(words) < 2:
        return bool(words)  # an empty line is not answered
    path = unquote(re.split("[?#]", words[1])[0])
    return f"{path}/".startswith(ROOTS) or path[:1] not in ("", "/")


def get_fault(data, answer):
    """Return what is wrong with an answer.

    :param bytes data: request as it is sent
    :param answer: of :func:`send`
    :rtype: str, or None
    """
    text = answer.body.decode(errors="replace")
    if any(trace in text for trace in TRACES):
        return "a traceback"
    if not answer.status:
        # An answer of HTTP/0.9 has no status, and one to HEAD or DELETE has no body.
        method, *_path, version = (data.partition(b"\n")[0].split() + [b""])[:3]
        is_old = version in (b"", b"HTTP/0.9")
        return (
            None if is_old and (text or method in (b"HEAD", b"DELETE")) else "no answer"
        )
    if answer.status >= 400:
        return get_fault_of_error(answer)
    return None


def get_fault_of_error(answer):
    if answer.status >= 500 and answer.status != HTTPStatus.HTTP_VERSION_NOT_SUPPORTED:
        return f"status {answer.status}"
    if answer.is_json and not answer.body:
        return None  # to HEAD
    try:
        error = answer.json()
    except ValueError:
        return f"status {answer.status} that is not JSON"
    # Those of OAuth say "error", too.
    if set(error) - {"error"} != {"code", "name", "description"}:
        return f"status {answer.status} of another shape"
    if error["code"] != answer.status:
        return f"status {answer.status} that says {error['code']}"
    # Werkzeug and Python differ by a hyphen in that of 414.
    phrase = HTTPStatus(answer.status).phrase
    if error["name"].replace("-", " ") != phrase.replace("-", " "):
        return f"status {answer.status} called {error['name']}"
    return None


def get_bad_records(log):
    """Return the records of a log that tell of an error.

    :param str log: what Odoo wrote
    :rtype: list of str
    """
    starts = [match.start() for match in RECORD.finditer(log)] + [len(log)]
    records = [log[start:end] for start, end in zip(starts, starts[1:])]
    return [record for record in records if _is_bad(record)]


def _is_bad(record):
    if EXPECTED.search(record):
        return False
    return "Traceback" in record or RECORD.match(record)["level"] in BAD_LEVELS
