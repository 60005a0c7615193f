import socket

from odoo.tests.common import BaseCase, tagged

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..edge.body_limit import LimitedBody


class Stream:
    """Body that can't be read.

    :param Exception error: why
    """

    def __init__(self, error):
        self._error = error

    def read(self, size):  # pylint: disable=method-required-super
        raise self._error


@tagged("post_install", "-at_install")
class TestBodyLimit(BaseCase):
    def _read(self, error):
        """Return how often the server was told to read no more."""
        calls = []
        body = LimitedBody(Stream(error), 10, 5, lambda: calls.append(1))
        for _time in range(2):
            with self.assertRaises(JsonError) as caught:
                body.read()
            self.assertEqual(caught.exception.code, 400)
        return len(calls)

    def test_server_reads_no_more_of_what_timed_out(self):
        self.assertEqual(self._read(socket.timeout()), 1)

    def test_server_reads_what_is_left_of_a_body_that_is_wrong(self):
        self.assertEqual(self._read(OSError("a chunk has no length")), 0)
