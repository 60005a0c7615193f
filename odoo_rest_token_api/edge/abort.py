"""Answers that break off, so that no client takes them for whole.

What has no length ends where its connection does: a client tells by the end itself.
"""

import socket
import struct

ABORT = "odoo_rest_token_api.abort"  # in the environ, where a server has its socket
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: what is not sent yet is dropped


def abort(environ):
    """Break off the answer that is being sent.

    The exception has servers write no more; Werkzeug's ends the connection as if all
    were well, unless it is reset before.

    :param dict environ: of WSGI
    :raise ConnectionAbortedError: always
    """
    reset = environ.get(ABORT)
    if reset:
        reset()
    raise ConnectionAbortedError()


def reset_connection(handler):
    """Have the client read an error where the connection ends (RFC 9293, 3.10.4).

    :param werkzeug.serving.WSGIRequestHandler handler: that answers
    """
    family = handler.connection.family
    with socket.socket(family, fileno=handler.connection.detach()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    # From Werkzeug 2.3, the handler looks whether there is more to read: there isn't.
    handler.connection, handler.silent_end = socket.socketpair()
