"""How long the body of a request may be.

Odoo reads a body into memory as a whole. The limit is ``limit_rest_body`` in its
configuration file, in bytes. It holds before a database, a user or a token is known.
"""

from io import RawIOBase

from odoo.tools import config

from odoo.addons.odoo_rest_token.exceptions import JsonError

DEFAULT_LIMIT = 20 * 1024 * 1024  # a hundred partners with a photo each
CHUNK = 64 * 1024


class BodyTooLarge(JsonError):
    code = 413

    def __init__(self, limit):
        super().__init__(f"The body is longer than {limit} bytes.")


class LimitedBody(RawIOBase):
    """Body of a request, of which no more than the limit can be read.

    One that comes in chunks (RFC 9112, section 7.1) doesn't tell its length before.

    :param stream: the body
    :param int limit: in bytes
    """

    def __init__(self, stream, limit):
        super().__init__()
        self._stream = stream
        self._limit = limit
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
            return b""
        self._length += len(data)
        if self._length > self._limit:
            discard(self._stream, self._limit)
            self._refusal = BodyTooLarge(self._limit)
        return data


def limit_body(environ):
    """Limit the body of a request.

    :param dict environ: of WSGI, with a length that is a number, if any
    :return: refusal of a body whose length is over the limit; one without a length
        raises it when it is read
    :rtype: BodyTooLarge, or None
    """
    limit = int(config.get("limit_rest_body", DEFAULT_LIMIT))
    stream = environ["wsgi.input"]
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > limit:
        discard(stream, min(length, 2 * limit))
        return BodyTooLarge(limit)
    environ["wsgi.input"] = LimitedBody(stream, limit)
    return None


def discard(stream, size):
    """Read what a client goes on sending, so that it comes to read the answer.

    :param stream: the rest of the body
    :param int size: in bytes, at most
    """
    while size > 0:
        try:
            data = stream.read(min(size, CHUNK))
        except (OSError, ValueError):
            return
        if not data:
            return
        size -= len(data)
