"""What stands before Odoo's WSGI application, for requests to our services.

It refuses what Odoo, Werkzeug and base_rest fail on, and puts into JSON what they
answer as a page.
"""

import logging
import re
import threading
from functools import wraps
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode

import odoo.http
from odoo.modules.registry import Registry
from odoo.tools import config

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..body_limit import limit_body
from ..controllers.main import is_rest_token_path, is_under_root, normalize
from ..controllers.resource import ROOT as HIDDEN
from ..errors import to_json_error

_logger = logging.getLogger(__name__)

UNGUARDED = "odoo_rest_token_api.unguarded"
DOCS = "/api-docs/"
DOCS_PARAMETER = "urls.primaryName"
# RFC 3986, sections 3.2.2 and 3.2.3, without the comma that joins two headers
HOST_RE = re.compile(
    r"([\w.~!$&'()*+;=%-]*|\[[0-9a-f:.]+\])(:\d{0,5})?", re.ASCII | re.I
)
LONG_NUMBER_RE = re.compile(r"\d{100}")  # from Python 3.11, int() refuses longer ones
LENGTH_RE = re.compile(r"\d{0,18}", re.ASCII)


def guard(call):
    """Guard a WSGI application of a class.

    :param call: method ``__call__(self, environ, start_response)``
    """

    @wraps(call)
    def __call__(self, environ, start_response):
        path = normalize(environ["PATH_INFO"])
        if not is_guarded(path):
            environ[UNGUARDED] = True
            return call(self, environ, start_response)
        environ["PATH_INFO"] = path
        # Odoo relies on it, from 16.0; HTTP/1.0 doesn't.
        environ.setdefault("HTTP_HOST", environ["SERVER_NAME"])
        refusal = find_refusal(environ) or limit_body(environ)
        if refusal:
            return refusal(environ, start_response)
        if f"{path}/".startswith(DOCS):
            simplify_docs_request(environ)
        return answer_in_json(
            lambda start: call(self, environ, start), environ, start_response
        )

    return __call__


def is_guarded(path):
    """Tell whether a path is one of ours, as far as it tells, or none at all.

    :rtype: bool
    """
    if path[:1] not in ("", "/") or f"{path}/".startswith((HIDDEN, DOCS)):
        return True
    return is_under_root(path)


def was_passed_by(environ):
    """Tell whether a request got to one of our paths without having been guarded.

    Odoo's ``http_routing`` leaves the language out of a path, such as ``/fr/api/``.

    :param dict environ: of WSGI
    :rtype: bool
    """
    return UNGUARDED in environ and is_guarded(normalize(environ["PATH_INFO"]))


def find_refusal(environ):
    """Return the error that a request is refused with, before anything looks at it.

    :param dict environ: of WSGI
    :rtype: JsonError, or None
    """
    path = environ["PATH_INFO"]
    if not path.startswith("/"):
        return JsonError("The path can't be read.", code=400)
    if "\0" in path or f"{path}/".startswith(HIDDEN) or LONG_NUMBER_RE.search(path):
        return JsonError(code=404)
    hosts = [environ["HTTP_HOST"]]
    if config["proxy_mode"]:
        hosts.append(environ.get("HTTP_X_FORWARDED_HOST", "").split(",")[-1].strip())
    if not all(HOST_RE.fullmatch(host) for host in hosts):
        return JsonError("The header Host can't be read.", code=400)
    if not LENGTH_RE.fullmatch(environ.get("CONTENT_LENGTH", "")):
        return JsonError("The header Content-Length can't be read.", code=400)
    return None


def simplify_docs_request(environ):
    """Leave nothing of a request for Swagger UI but what it looks at.

    Odoo calls methods with all parameters there are, whatever their names, and takes
    JSON for its own RPC.
    """
    params = parse_qs(environ.get("QUERY_STRING", ""))
    names = (
        {DOCS_PARAMETER: params[DOCS_PARAMETER][0]} if DOCS_PARAMETER in params else {}
    )
    environ["QUERY_STRING"] = urlencode(names)
    environ["CONTENT_LENGTH"] = environ["CONTENT_TYPE"] = ""


def answer_in_json(call, environ, start_response):
    """Answer a request, in JSON if it fails.

    :param call: takes ``start_response``, and returns what a WSGI application does
    """
    pages = []  # statuses of those that are not sent

    def start(status, headers, exc_info=None):
        code = int(status.split()[0])
        if code >= 400 and is_page(headers) and is_ours(environ["PATH_INFO"]):
            pages.append((code, headers))
            return lambda data: None
        return start_response(status, headers, exc_info)

    try:
        answer = call(start)
    except Exception as exception:
        if not is_ours(environ["PATH_INFO"]):
            raise
        error = to_json_error(exception)
        if error.code == 500:
            _logger.exception("%r", environ["PATH_INFO"])
        return error(environ, start_response)
    if not pages:
        return answer
    if hasattr(answer, "close"):
        answer.close()
    return make_error(*pages[0])(environ, start_response)


def is_page(headers):
    """Tell whether headers are those of a page of HTML, or of nothing.

    :param headers: list of (name, value)
    :rtype: bool
    """
    types = [value for name, value in headers if name.lower() == "content-type"]
    return not types or types[0].startswith("text/html")


def is_ours(path):
    """Tell whether a path is ours, in the database that the request is for.

    :rtype: bool
    """
    db = getattr(threading.current_thread(), "dbname", None)
    if db in Registry.registries and is_under_root(path):
        return is_rest_token_path(db, path)
    return True


def make_error(code, headers):
    """Make the error that says what a page said.

    :param int code: HTTP status
    :param headers: list of (name, value) of the page
    :rtype: JsonError
    """
    left_out = ("content-type", "content-length", "set-cookie")
    kept = [(name, value) for name, value in headers if name.lower() not in left_out]
    return JsonError(HTTPStatus(code).description, code=code, headers=kept)


application = getattr(odoo.http, "Application", None) or odoo.http.Root
application.__call__ = guard(application.__call__)
