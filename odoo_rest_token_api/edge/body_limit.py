"""How long the body of a request may be.

Odoo reads a body into memory as a whole. The limit is ``limit_rest_body`` in its
configuration file, in bytes. It holds before a database, a user or a token is known.
"""

import socket
import sys
from io import RawIOBase

from odoo.tools import config

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..dispatch.reading import BODY
from ..limits import DEFAULT_BODY, DISCARDED_PIECE, MAX_DISCARDED_READS, MIN_READ

HANG_UP = "odoo_rest_token_api.hang_up"  # in the environ, where a server reads on


class BodyTooLarge(JsonError):
    code = 413

    def __init__(self, limit):
        super().__init__(f"The body is longer than {limit} bytes.")


class LimitedBody(RawIOBase):
    """Body of a request, of which no more than the limit can be read.

    One that comes in chunks (RFC 9112, section 7.1) doesn't tell its length before.

    :param stream: the body
    :param int limit: in bytes
    :param int told: length that the request tells, in bytes; none, as 0
    :param hang_up: called once nothing more is to be read of it, if given
    """

    def __init__(self, stream, limit, told=0, hang_up=None):
        super().__init__()
        self._hang_up = hang_up
        self._stream = stream
        self._limit = limit
        self._told = told
        self._length = 0
        self._refusal = None

    def readable(self):
        return True

    def readinto(self, buffer):
        """Read, as :meth:`io.RawIOBase.readinto` says.

        :raise BodyTooLarge: there is more
        :raise JsonError: 400, as the chunks can't be told apart
        """
        if not self._refusal:
            data = self._read(len(buffer))
        if self._refusal:
            raise self._refusal
        buffer[: len(data)] = data
        return len(data)

    def _read(self, size):
        try:
            data = self._stream.read(size)
        except (OSError, ValueError) as error:
            self._refusal = JsonError(f"The body can't be read: {error}.", code=400)
            if isinstance(error, socket.timeout) and self._hang_up:
                self._hang_up()  # Python reads no more of what timed out once
            return b""
        if data:
            self._length += len(data) if self._told else max(len(data), MIN_READ)
        if self._length > self._limit:
            self._refuse()
        return data

    def lower_limit(self, limit):
        """Read no more than that, from now on.

        :param int limit: in bytes; a higher one has no effect
        :raise BodyTooLarge: there is more, as the request tells
        """
        self._limit = min(self._limit, limit)
        if self._told > self._limit:
            self._refuse()
            raise self._refusal

    def _refuse(self):
        discard(self._stream, self._told or sys.maxsize)
        self._refusal = BodyTooLarge(self._limit)
        if self._hang_up:
            self._hang_up()


def limit_body(environ, limit=None):
    """Limit the body of a request.

    :param dict environ: of WSGI, with a length that is a number, if any
    :param int limit: in bytes, where it is lower than ``limit_rest_body``
    :return: refusal of a body whose length is over the limit; one without a length
        raises it when it is read
    :rtype: BodyTooLarge, or None
    """
    highest = int(config.get("limit_rest_body", DEFAULT_BODY))
    told = int(environ.get("CONTENT_LENGTH") or 0)
    body = LimitedBody(environ["wsgi.input"], highest, told, environ.get(HANG_UP))
    environ["wsgi.input"] = environ[BODY] = body
    try:
        body.lower_limit(highest if limit is None else limit)
    except BodyTooLarge as refusal:
        return refusal
    return None


def discard(stream, size):
    """Read what a client goes on sending, so that it comes to read the answer.

    :param stream: the rest of the body
    :param int size: of it, in bytes, at most; it is not read for ever
    """
    for _number in range(MAX_DISCARDED_READS):
        try:
            data = stream.read(min(size, DISCARDED_PIECE))
        except (OSError, ValueError):
            return
        size -= len(data)
        if not data or not size:
            return
