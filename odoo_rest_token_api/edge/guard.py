"""What stands before Odoo's WSGI application, for requests to our services.

It refuses what Odoo, Werkzeug and base_rest fail on, and puts into JSON what they
answer as a page.
"""

import logging
import re
import sys
import threading
from functools import wraps
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode

from werkzeug.http import parse_options_header

from odoo.tools import config

from odoo.addons.odoo_rest_token.exceptions import JsonError, ServiceUnavailable

from ..errors import to_json_error
from ..limits import (
    MAX_CONTENT_TYPE,
    MAX_HEADER,
    MAX_HEADERS,
    MAX_PATH,
    MAX_QUERY,
    STRANGER,
    TOKEN_HOLDER,
)
from ..monitoring.trace import Trace, get_trace
from ..roots import DOCS, normalize, roots
from .body_limit import discard, limit_body
from .databases import is_token_request

_logger = logging.getLogger(__name__)

HOSTS = "rest_hosts"  # option of Odoo's configuration file
PASSAGE = "odoo_rest_token_api.passage"  # in the environ of what is guarded
HEADERS_TOO_LONG = "odoo_rest_token_api.headers_too_long"  # to be joined
# Statuses of pages that say that a request got into no database
NOT_ARRIVED = (HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR)
PROTECTION = {"X-Content-Type-Options": "nosniff"}
DOCS_PROTECTION = {
    "X-Frame-Options": "DENY",
    # Odoo's own scripts are in the page, and compile its templates.
    "Content-Security-Policy": "default-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}
DESCRIPTIONS = (DOCS, "/api/openapi.json/")
DOCS_PARAMETER = "urls.primaryName"
# RFC 3986, sections 3.2.2 and 3.2.3, without the comma that joins two headers
HOST_RE = re.compile(
    r"([\w.~!$&'()*+;=%-]*|\[[0-9a-f:.]+\])(:\d{0,5})?", re.ASCII | re.I
)
PORT_RE = re.compile(r":\d*$", re.ASCII)
LONG_NUMBER_RE = re.compile(r"\d{100}")  # from Python 3.11, int() refuses longer ones
LENGTH_RE = re.compile(r"\d{0,18}", re.ASCII)


class Passage:
    """How far a request got, for the guard to know once it is answered."""

    has_arrived = False  #: in its database
    refusal = None  #: JsonError of a request that has no database

    def __init__(self):
        self.headers = {}  #: that its database adds to whatever is answered


def get_passage(environ):
    """Return the passage of a request that is guarded.

    :param dict environ: of WSGI, or the copy that Odoo makes of it
    :rtype: Passage, or None
    """
    return environ.get(PASSAGE)


def guard(call):
    """Guard a WSGI application of a class.

    :param call: method ``__call__(self, environ, start_response)``
    """

    @wraps(call)
    def __call__(self, environ, start_response):
        trace = Trace(environ)
        return trace.follow(lambda start: serve(self, environ, start), start_response)

    def serve(self, environ, start_response):
        refusal = find_refusal_of_host(environ)
        path = normalize(environ["PATH_INFO"])
        is_guarded = roots.is_guarded(path)
        if is_guarded:
            get_trace(environ).begin()
        if refusal:
            return refusal(environ, start_response)
        if not is_guarded:
            return call(self, environ, start_response)
        environ["PATH_INFO"] = path
        environ[PASSAGE] = Passage()
        # Odoo relies on it, from 16.0; HTTP/1.0 doesn't.
        environ.setdefault("HTTP_HOST", environ["SERVER_NAME"])
        # A body that names a database is read before it is known who sends it.
        is_description = f"{path}/".startswith(DESCRIPTIONS)
        limits = STRANGER if is_description or is_token_request(path) else TOKEN_HOLDER
        refusal = find_refusal(environ) or limit_body(environ, limits.body)
        if refusal:
            return refusal(environ, start_response)

        def answer(start):
            if is_description:
                simplify_docs_request(environ)
            return call(self, environ, start)

        return answer_in_json(answer, environ, start_response)

    return __call__


def find_refusal_of_host(environ):
    """Return the error that a request is refused with for the host that it names.

    A page of another site may have its name point to this server's address (DNS
    rebinding): its browser then takes answers for the page's own. Whatever the path.

    :param dict environ: of WSGI
    :rtype: JsonError, or None where the configuration file names no hosts
    """
    served = {host.strip().lower() for host in (config.get(HOSTS) or "").split(",")}
    name = PORT_RE.sub("", environ.get("HTTP_HOST", ""))
    if served == {""} or name.lower() in served:
        return None
    return JsonError("No such host is served here.", code=421)


def was_passed_by(environ):
    """Tell whether a request got to one of our paths without having been guarded.

    Odoo's ``http_routing`` leaves the language out of a path, such as ``/fr/api/``.

    :param dict environ: of WSGI
    :rtype: bool
    """
    return PASSAGE not in environ and roots.is_guarded(normalize(environ["PATH_INFO"]))


def find_refusal(environ):
    """Return the error that a request is refused with, before anything looks at it.

    :param dict environ: of WSGI
    :rtype: JsonError, or None
    """
    return find_refusal_of_line(environ) or find_refusal_of_headers(environ)


def find_refusal_of_line(environ):
    """Return the error that a path or a query string is refused with.

    :rtype: JsonError, or None
    """
    path = environ["PATH_INFO"]
    if not path.startswith("/"):
        return JsonError("The path can't be read.", code=400)
    query = environ.get("QUERY_STRING", "")
    if len(path) > MAX_PATH or len(query) > MAX_QUERY:
        return JsonError(code=414)
    if query.count("&") + query.count(";") >= TOKEN_HOLDER.fields:
        return JsonError("The query string has too many parameters.", code=400)
    if "\0" in path or LONG_NUMBER_RE.search(path):
        return JsonError(code=404)
    return None


def find_refusal_of_headers(environ):
    """Return the error that headers are refused with.

    :rtype: JsonError, or None
    """
    headers = [len(name) + len(value) for name, value in iter_headers(environ)]
    is_long = max(headers) > MAX_HEADER or sum(headers) > MAX_HEADERS
    content_type = environ.get("CONTENT_TYPE", "")
    is_long = is_long or len(content_type) > MAX_CONTENT_TYPE
    if is_long or environ.get(HEADERS_TOO_LONG):
        return JsonError(code=431)
    try:
        parse_options_header(content_type)
    except TypeError:  # up to Werkzeug 2.2, where an option in pieces has no value
        return JsonError("The header Content-Type can't be read.", code=400)
    hosts = [environ["HTTP_HOST"]]
    if config["proxy_mode"]:
        hosts.append(environ.get("HTTP_X_FORWARDED_HOST", "").split(",")[-1].strip())
    if not all(HOST_RE.fullmatch(host) for host in hosts):
        return JsonError("The header Host can't be read.", code=400)
    if not LENGTH_RE.fullmatch(environ.get("CONTENT_LENGTH", "")):
        return JsonError("The header Content-Length can't be read.", code=400)
    # RFC 9112, section 6.1: whoever reads another one sees the end elsewhere
    coding = environ.get("HTTP_TRANSFER_ENCODING", "chunked")
    if coding.strip().lower() != "chunked":
        return JsonError("The header Transfer-Encoding can't be read.", code=400)
    return None


def iter_headers(environ):
    """Iterate over the headers of a request.

    :param dict environ: of WSGI
    :rtype: iterator of (str, str)
    """
    for name, value in environ.items():
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            yield name, value


def simplify_docs_request(environ):
    """Leave nothing of a request for a description but what it looks at.

    Odoo calls methods with all parameters there are, whatever their names, and takes
    JSON for its own RPC.
    """
    params = parse_qs(environ.get("QUERY_STRING", ""))
    names = (
        {DOCS_PARAMETER: params[DOCS_PARAMETER][0]} if DOCS_PARAMETER in params else {}
    )
    environ["QUERY_STRING"] = urlencode(names)
    # Its client may read no answer before it has sent it.
    discard(environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 0))
    environ["CONTENT_LENGTH"] = environ["CONTENT_TYPE"] = ""


def answer_in_json(call, environ, start_response):
    """Answer a request, in JSON if it fails.

    :param call: takes ``start_response``, and returns what a WSGI application does
    """
    pages = []  # statuses of those that are not sent

    def start(status, headers, exc_info=None):
        code = int(status.split()[0])
        if code >= 400 and is_page(headers) and is_ours(environ):
            pages.append((code, headers))
            return lambda data: None
        return start_response(status, protect(headers, environ), exc_info)

    try:
        answer = call(start)
        begin = getattr(answer, "begin", None)
        if begin:  # a stream: what fails before anything is sent is JSON, too
            begin()
    except Exception as exception:
        if not is_ours(environ):
            raise
        error = to_json_error(exception)
        if error.code == 500:
            _logger.exception("%r", environ["PATH_INFO"])
        info = sys.exc_info()
        return error(environ, lambda status, headers: start(status, headers, info))
    if not pages:
        return answer
    if hasattr(answer, "close"):
        answer.close()
    return find_error(*pages[0], environ)(environ, start)


def protect(headers, environ):
    """Add what keeps browsers from taking an answer for something else, or from it.

    :param headers: list of (name, value)
    :param dict environ: of WSGI
    :rtype: list of (name, value)
    """
    is_docs = f"{environ['PATH_INFO']}/".startswith(DOCS)
    wanted = {**PROTECTION, **(DOCS_PROTECTION if is_docs else {})}
    present = {name.lower() for name, _value in headers}
    missing = [item for item in wanted.items() if item[0].lower() not in present]
    return [*headers, *missing, *get_passage(environ).headers.items()]


def is_page(headers):
    """Tell whether headers are those of a page of HTML, or of nothing.

    :param headers: list of (name, value)
    :rtype: bool
    """
    types = [value for name, value in headers if name.lower() == "content-type"]
    return not types or types[0].startswith("text/html")


def is_ours(environ):
    """Tell whether a request is for us, as far as its database is known by now.

    :param dict environ: of WSGI
    :rtype: bool
    """
    db = getattr(threading.current_thread(), "dbname", None)
    path = environ["PATH_INFO"]
    return roots.is_ours(path, db) or f"{path}/".startswith(DOCS)


def find_error(code, headers, environ):
    """Return the error that says what a page said.

    Where Odoo can't load the database, or there is none, it looks for a route among
    those that need none. A connection that breaks as it is reset is a page of its own.

    :param int code: HTTP status
    :param headers: list of (name, value) of the page
    :param dict environ: of WSGI
    :rtype: JsonError
    """
    passage = get_passage(environ)
    if code in NOT_ARRIVED and not passage.has_arrived:
        return passage.refusal or ServiceUnavailable()
    left_out = ("content-type", "content-length", "set-cookie")
    kept = [(name, value) for name, value in headers if name.lower() not in left_out]
    return JsonError(HTTPStatus(code).description, code=code, headers=kept)
