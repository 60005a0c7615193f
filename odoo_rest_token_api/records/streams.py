"""Answers that are sent while they are made."""

import logging
import zlib

from odoo.addons.odoo_rest_token import compat

from ..edge.abort import abort

_logger = logging.getLogger(__name__)

PIECE = 64 * 1024  # bytes that are sent at once
GZIP = 16 + zlib.MAX_WBITS
LEVEL = 5  # of what gzip gains: the most that costs less time than records do


class Stream:
    """What a WSGI server iterates over, and closes.

    :param source: with ``open()`` that returns an iterator of texts, and ``close()``
    :param dict environ: of WSGI
    :param bool compressed: by gzip
    """

    def __init__(self, source, environ, compressed=False):
        self._source = source
        self._environ = environ
        self._compressed = compressed
        self._first = None
        self._pieces = None

    def begin(self):
        """Make what is sent first.

        Nothing has been sent yet: what fails is an error as any other.
        """
        try:
            with compat.manage_environments():
                self._pieces = self._iter_pieces(self._source.open())
                self._first = next(self._pieces, b"")
        except Exception:
            self.close()
            raise

    def __iter__(self):
        if self._pieces is None:
            self.begin()
        try:
            with compat.manage_environments():
                yield self._first
                yield from self._pieces
        except Exception:
            _logger.exception("An answer of %r breaks off", self._environ["PATH_INFO"])
            self.close()
            abort(self._environ)

    def close(self):
        """Let go of the database, whatever was sent. The server calls this."""
        if self._pieces is not None:
            self._pieces.close()
        self._source.close()

    def _iter_pieces(self, texts):
        compressor = zlib.compressobj(LEVEL, wbits=GZIP) if self._compressed else None
        piece = b""
        for text in texts:
            data = text.encode()
            piece += compressor.compress(data) if compressor else data
            if len(piece) >= PIECE:
                yield piece
                piece = b""
        yield piece + (compressor.flush() if compressor else b"")
