"""HTTP, byte by byte: what a client library would refuse to send."""

import json
import socket
import time
from typing import NamedTuple
from urllib.parse import urlsplit

TIMEOUT = 30  # seconds; no answer takes a tenth of it


class Request(NamedTuple):
    """Request as it is sent.

    :param bytes method: such as ``b"GET"``
    :param bytes target: path and query string
    :param headers: (name, value) pairs of bytes
    :param bytes body: sent after the headers, whatever they say
    :param bytes version: of HTTP
    """

    method: bytes
    target: bytes
    headers: tuple = ()
    body: bytes = b""
    version: bytes = b"HTTP/1.1"

    def to_bytes(self):
        lines = [b" ".join((self.method, self.target, self.version))]
        lines += [name + b": " + value for name, value in self.headers]
        return b"\r\n".join([*lines, b"", self.body])


class Answer(NamedTuple):
    """Answer as it came; its status is 0 where the connection ended without one."""

    status: int
    headers: dict
    body: bytes
    seconds: float

    @property
    def is_json(self):
        return self.headers.get("content-type", "").startswith("application/json")

    def json(self):
        return json.loads(self.body)


def make_request(method, path, headers=(), body=b"", **values):
    """Make a request that is well-formed as far as its parts are.

    :param str method: such as ``GET``
    :param path: text or bytes
    :param headers: (name, value) pairs of text or bytes
    :param body: bytes, or what JSON takes
    """
    pairs = [("Host", "127.0.0.1"), *headers]
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
        pairs.append(("Content-Type", "application/json"))
    names = {name.lower() for name, _value in pairs}
    if body and not names & {"content-length", "transfer-encoding"}:
        pairs.append(("Content-Length", str(len(body))))
    pairs = tuple((to_bytes(name), to_bytes(value)) for name, value in pairs)
    return Request(to_bytes(method), to_bytes(path), pairs, body, **values)


def to_bytes(value):
    return value if isinstance(value, bytes) else value.encode()


def send(url, data, timeout=TIMEOUT, closes=True):
    """Send bytes to a server, and read its answer.

    :param str url: of the server
    :param data: bytes, or a :class:`Request`
    :param float timeout: seconds to wait for the answer
    :param bool closes: whether the client says that it has sent everything
    :rtype: Answer
    :raise TimeoutError: there is no answer, or no end of it, in that time
    """
    address = urlsplit(url)
    start = time.monotonic()
    with socket.create_connection((address.hostname, address.port), timeout) as client:
        try:
            client.sendall(data.to_bytes() if isinstance(data, Request) else data)
            if closes:
                client.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # a server may answer before it has read everything
        received = _receive(client, start + timeout)
    return _parse(received, time.monotonic() - start)


def _receive(client, deadline):
    received = bytearray()
    while not _is_complete(received):
        client.settimeout(max(deadline - time.monotonic(), 0.01))
        try:
            chunk = client.recv(1 << 16)
        except ConnectionResetError:
            break
        if not chunk:
            break
        received += chunk
    return bytes(received)


def _is_complete(received):
    """Tell whether an answer that says how long it is has come as a whole."""
    head, separator, body = received.partition(b"\r\n\r\n")
    length = _headers(head).get("content-length")
    return bool(separator) and length is not None and len(body) >= int(length)


def _parse(received, seconds):
    while received.startswith((b"HTTP/1.1 100 ", b"HTTP/1.0 100 ")):
        received = received.partition(b"\r\n\r\n")[2]
    head, _separator, body = received.partition(b"\r\n\r\n")
    words = head.split(None, 2)
    is_http = len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit()
    status = int(words[1]) if is_http else 0
    return Answer(status, _headers(head), body if is_http else received, seconds)


def _headers(head):
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.lower(): value.strip() for name, _colon, value in pairs}
