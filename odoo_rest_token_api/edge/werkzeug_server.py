"""What Werkzeug's HTTP server does before it calls Odoo.

Where it can't read a request, it answers by itself: with a page, and with no status
line where the version of HTTP is not known yet. Bodies in chunks it reads wrongly.
"""

import io
import re
from functools import partial
from http import HTTPStatus
from urllib.parse import unquote

from werkzeug.serving import WSGIRequestHandler

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..limits import MAX_CHUNK_LINE, MAX_HEADERS
from ..roots import normalize, roots
from .abort import ABORT, reset_connection
from .body_limit import HANG_UP
from .guard import HEADERS_TOO_LONG

LENGTH_RE = re.compile(rb"[0-9a-f]{1,15}", re.IGNORECASE)

_make_environ = WSGIRequestHandler.make_environ
_send_error = WSGIRequestHandler.send_error


class ChunkedBody(io.RawIOBase):
    """Body in chunks (RFC 9112, section 7.1).

    Werkzeug's own goes on forever where the client ends in the midst of a chunk, and up
    to 2.0 it fails where a chunk is longer than what is left of a buffer.

    :param stream: what the client sends after the headers
    """

    def __init__(self, stream):
        super().__init__()
        self._stream = stream
        self._left = 0  # bytes of the chunk
        self._ended = False

    def readable(self):
        return True

    def readinto(self, buffer):
        """Read, as :meth:`io.RawIOBase.readinto` says.

        :raise OSError: the chunks can't be told apart, or the last one is missing
        """
        if not self._left and not self._ended:
            self._left = self._read_length()
            self._ended = not self._left
        if self._ended:
            return 0
        data = self._stream.read(min(len(buffer), self._left))
        if not data:
            raise OSError("the body is cut")
        self._left -= len(data)
        if not self._left and self._read_line():
            raise OSError("a chunk is longer than it says")
        buffer[: len(data)] = data
        return len(data)

    def _read_length(self):
        digits = self._read_line().partition(b";")[0].strip()
        if not LENGTH_RE.fullmatch(digits):
            raise OSError("a chunk has no length")
        return int(digits, 16)

    def _read_line(self):
        line = self._stream.readline(MAX_CHUNK_LINE)
        if not line.endswith(b"\n"):
            raise OSError("the body is cut")
        return line.strip(b"\r\n")


def make_environ(self):
    is_long = has_long_headers(self)
    if is_long:
        # It would join those of one name in the square of their length.
        self.headers = type(self.headers)()
    if self.path.startswith("//") and is_for_us(self.raw_requestline):
        # Up to 0.16, Werkzeug takes the word after two slashes for a host. From 3.9.14
        # on, Python leaves one of them by itself.
        self.path = normalize(self.path)
    environ = _make_environ(self)
    environ[HEADERS_TOO_LONG] = is_long
    if not roots.is_guarded(normalize(environ["PATH_INFO"])):
        return environ
    environ[HANG_UP] = partial(stop_reading, self)
    environ[ABORT] = partial(reset_connection, self)
    tokens = [
        token
        for name in ("access-token", "access_token")
        for token in self.headers.get_all(name, [])
    ]
    if tokens:  # from Werkzeug 2.3, it drops names with underscores
        environ["HTTP_ACCESS_TOKEN"] = ",".join(tokens)
    lengths = self.headers.get_all("Content-Length", [])
    if environ.get("wsgi.input_terminated"):
        environ["wsgi.input"] = ChunkedBody(self.rfile)
        lengths += self.headers.get_all("Transfer-Encoding")
    if len(lengths) > 1:
        # It is to be refused: others may see the end elsewhere (RFC 9112, section 6.3).
        environ["CONTENT_LENGTH"] = ", ".join(lengths)
    return environ


def stop_reading(handler):
    """Have a handler read no more: from Werkzeug 2.3 on, it reads up to 10 GB more.

    :param werkzeug.serving.WSGIRequestHandler handler: that has been answered
    """
    handler.rfile.close()
    handler.rfile = io.BytesIO()


def send_error(self, code, message=None, explain=None):
    if not is_for_us(self.raw_requestline):
        _send_error(self, code, message, explain)
        return
    status = HTTPStatus(code)
    error = JsonError(status.description, code=code)
    body = error.get_body().encode()
    self.request_version = self.protocol_version  # or no status line is sent
    self.headers = {}  # Odoo looks at them, from 18.0; they may not have been read
    self.close_connection = True
    self.send_response(status.value, status.phrase)
    for name, value in error.get_headers():
        self.send_header(name, value)
    self.send_header("Content-Length", str(len(body)))
    self.send_header("Connection", "close")
    self.end_headers()
    if getattr(self, "command", None) != "HEAD":
        self.wfile.write(body)


def has_long_headers(self):
    """Tell whether a request for our services is to be refused for its headers.

    :rtype: bool
    """
    if not self.path.startswith("/") or not is_for_us(self.raw_requestline):
        return False
    return sum(map(len, self.headers.values())) > MAX_HEADERS


def is_for_us(line):
    """Tell whether a request that can't be read is for our services, or may be.

    :param bytes line: first one of the request
    :rtype: bool
    """
    words = line.decode("latin-1").split()
    path = unquote(re.split("[?#]", words[1])[0]) if len(words) > 1 else ""
    return roots.is_guarded(normalize(path)) or not path
