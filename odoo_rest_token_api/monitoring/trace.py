"""One request, from where it comes in until its answer is sent."""

import json
import logging
import os
import re
import threading
import time
from contextlib import suppress
from datetime import datetime, timezone

from odoo.addons.odoo_rest_token.exceptions import shorten
from odoo.addons.odoo_rest_token.log import redact

from .gathered import Call, FailedCall, gathered

HEADER = "X-Request-Id"
HEADER_KEY = "HTTP_X_REQUEST_ID"  # in an environ
TRACE = "odoo_rest_token_api.trace"  # in an environ
UNKNOWN = "unknown"  # what is called where there is nothing, whatever the path
ID_RE = re.compile(r"[\w.:+/=@-]{1,128}", re.ASCII)
NO_BODY = (204, 304)
MAX_PATH = 200  # of what is kept of it
MAX_BODY = 16 * 1024  # of an error, in bytes
ATTRIBUTE = "rest_request_id"  # of the thread, while it serves one of ours


def get_now():
    """Return this moment, in UTC and naive, as Odoo has it.

    :rtype: datetime
    """
    return datetime.now(timezone.utc).replace(tzinfo=None)


class Watched:
    """Whose failed calls are kept, and until when, in UTC.

    :param dict tokens: of datetime, by the ids of tokens
    :param dict services: of datetime, by paths such as ``/api/countries``
    """

    def __init__(self, tokens=None, services=None):
        self._tokens = tokens or {}
        self._services = services or {}

    def has(self, token_id, service):
        """Tell whether a failed call is kept now.

        :rtype: bool
        """
        ends = (self._tokens.get(token_id), self._services.get(service))
        return any(end and end > get_now() for end in ends)


class Trace:
    """What is found out of a request, for who wants to know once it is answered.

    :param dict environ: of WSGI, in which it puts itself
    """

    def __init__(self, environ):
        self._environ = environ
        self._started_at = time.perf_counter()
        self._request_id = None
        self.is_ours = False  #: its answer has the id
        self.is_counted = True
        self.database = None  #: name of it, once the request has arrived there
        self.service = ""  #: root and path, such as ``/api/partners``
        self.operation = UNKNOWN  #: as the document calls it, or the path of a route
        self.principal = None  #: who calls, once it is known
        self.watched = None  #: :class:`Watched`, of its database
        self._status = 500
        environ[TRACE] = self

    @property
    def request_id(self):
        """The one that the client gave, where it is one, or another.

        :rtype: str
        """
        if self._request_id is None:
            given = self._environ.get(HEADER_KEY, "")
            self._request_id = given if ID_RE.fullmatch(given) else os.urandom(16).hex()
        return self._request_id

    def begin(self):
        """Say that the request is one of ours: its answer and its log have its id."""
        self.is_ours = True
        setattr(threading.current_thread(), ATTRIBUTE, self.request_id)

    def call(self, service, operation):
        """Say what is called.

        :param str service: root and path of it; nothing where it is a plain route
        :param str operation: its name in the document, or the path of the route
        """
        self.service, self.operation = service, operation

    def follow(self, serve, start_response):
        """Serve the request.

        :param serve: takes ``start_response``, and returns what a WSGI application does
        :param start_response: of WSGI
        :return: what is sent
        """
        whole = [False]  # whether the answer is: of a length, or of no body

        def start(status, headers, exc_info=None):
            self._status = int(status[:3])
            if self.is_ours:
                names = {name.lower() for name, _value in headers}
                whole[:] = ["content-length" in names or self._status in NO_BODY]
                if HEADER.lower() not in names:
                    headers = [*headers, (HEADER, self.request_id)]
            return start_response(status, headers, exc_info)

        try:
            answer = serve(start)
        except BaseException:
            self._status = 500
            self._note()
            self.end()
            raise
        if not self.is_ours:
            return answer
        description = None
        if self._status >= 400 and self._is_watched() and whole[0]:
            answer, description = read_error(answer)
        if whole[0]:
            self._note(description)
            return Followed(answer, self.end)
        return Followed(answer, self.end, self._note, self._break_off)

    def end(self):
        """Say that the answer is sent: what the log says now is of something else."""
        vars(threading.current_thread()).pop(ATTRIBUTE, None)

    def _break_off(self):
        self._status = 500

    def _is_watched(self):
        token_id = self.principal and self.principal.token_id
        return bool(self.watched and self.watched.has(token_id, self.service))

    def _note(self, description=None):
        if not self.database or not self.is_counted:
            return
        user_id = self.principal.user_id if self.principal else 0
        token_id = (self.principal.token_id or 0) if self.principal else 0
        call = Call(
            get_now().date(),
            self.service,
            self.operation,
            f"{self._status // 100}xx",
            token_id,
            user_id,
        )
        seconds = time.perf_counter() - self._started_at
        gathered.count(self.database, call, seconds)
        if self._status >= 400 and self._is_watched():
            gathered.keep(self.database, self._describe(call, description))

    def _describe(self, call, description):
        """Describe the failed call, without what its client sent beside the path.

        :rtype: FailedCall
        """
        path = self._environ["PATH_INFO"].encode("latin-1", "replace")
        said = (description or "").encode("utf-8", "replace")
        return FailedCall(
            get_now().replace(microsecond=0),
            self.request_id,
            self._environ["REQUEST_METHOD"][:10],
            shorten(to_text(path), MAX_PATH),
            call.service,
            call.operation,
            self._status,
            to_text(said),
            call.token_id,
            call.user_id,
        )


class Followed:
    """An answer whose end is told, when its server closes it.

    :param answer: what a WSGI application returned
    :param end: function that is called in the end
    :param note: function that is called before, if any
    :param break_off: function that is called where the answer breaks off, if any
    """

    def __init__(self, answer, end, note=None, break_off=None):
        self._answer = answer
        self._iterator = iter(answer)
        self._end, self._note, self._break_off = end, note, break_off

    def __iter__(self):
        return self

    def __next__(self):
        try:
            return next(self._iterator)
        except StopIteration:
            raise
        except Exception:
            if self._break_off:
                self._break_off()
            raise

    def close(self):
        """Let go of the answer. The server calls this."""
        try:
            if hasattr(self._answer, "close"):
                self._answer.close()
        finally:
            if self._note:
                self._note()
            self._end()


def read_error(answer):
    """Read what an answer says of its error.

    :param answer: what a WSGI application returned, of a length that is told
    :return: the same answer, and what it says
    :rtype: (iterable of bytes, str)
    """
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    said = ""
    if len(body) <= MAX_BODY:
        with suppress(ValueError, LookupError, TypeError):  # it is no error of ours
            said = json.loads(body)["description"]
    return [body], said if isinstance(said, str) else ""


def to_text(data):
    """Return what may be kept of what a client sent, or was answered.

    :param bytes data: in UTF-8, or not
    :return: text that has no secrets, and that PostgreSQL takes
    :rtype: str
    """
    return redact(data.decode("utf-8", "replace").replace("\0", ""))


def get_trace(environ):
    """Return the trace of a request; one that nobody reads, where there is none.

    :param dict environ: of WSGI, or the copy that Odoo makes of it
    :rtype: Trace
    """
    return environ.get(TRACE) or Trace(environ)


class AddRequestId(logging.Filter):
    """Have the lines that a request of ours makes in Odoo's log end with its id."""

    def filter(self, record):
        request_id = getattr(threading.current_thread(), ATTRIBUTE, None)
        if request_id and not hasattr(record, "request_id"):
            record.request_id = request_id
            # Odoo's own place at the end of a line, for figures of access logs
            figures = getattr(record, "perf_info", "")
            record.perf_info = f"{figures} {request_id}".strip()
        return True


def mark_log():
    """Have Odoo's handlers of logs add the ids of requests."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(AddRequestId())
