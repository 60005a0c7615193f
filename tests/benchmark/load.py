"""Requests, and the load that ``wrk`` makes of them."""

import json
import random
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

SCRIPT = Path(__file__).with_name("request.lua")
LONGEST = 60  # seconds, of a round
PIECE = 1 << 16
JSON_TYPE = {"Content-Type": "application/json"}


class LoadFailed(Exception):
    """A request was not answered as it should be."""


@dataclass(frozen=True)
class Request:
    """A request that is sent again and again.

    :param str path: of it
    :param str method: of HTTP
    :param dict headers: of it
    :param body: what JSON takes, or None
    :param int count: if given, ``{n}`` and ``{secret}`` stand for another number from 1
        to this in each request
    """

    path: str
    method: str = "GET"
    headers: dict = field(default_factory=dict)
    body: object = None
    count: int = 0

    @property
    def data(self):
        """The body as it is sent.

        :rtype: str
        """
        return "" if self.body is None else json.dumps(self.body)

    @property
    def all_headers(self):
        return self.headers if self.body is None else {**JSON_TYPE, **self.headers}


@dataclass(frozen=True)
class Load:
    """What was measured of one round: times in ms."""

    requests: int
    seconds: float
    median: float
    p99: float

    @property
    def rate(self):
        """Requests a second."""
        return self.requests / self.seconds


def get_version():
    """Return what makes the load, such as ``wrk 4.1.0``.

    :rtype: str
    """
    done = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)
    return " ".join(done.stdout.split()[:2])


def run_load(url, request, seconds, connections=1, seed=1):
    """Send one request again and again, until one at least is answered.

    :param str url: of the server
    :param Request request: that is sent
    :param int seconds: for how long, or longer where none is answered by then
    :param int connections: how many clients send it at once
    :param int seed: of the numbers in the requests
    :rtype: Load
    :raise LoadFailed: not all were answered, by a status below 400
    """
    headers = (f"{name}: {value}" for name, value in request.all_headers.items())
    options = [part for header in headers for part in ("-H", header)]
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s"]
    command += ["--timeout", "60s", "-s", str(SCRIPT), *options, url + request.path]
    command += ["--", request.method, request.data]
    command += [str(request.count), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LoadFailed(done.stderr or done.stdout)
    figures = json.loads(done.stdout.splitlines()[-1])
    is_slow = not figures["requests"] and seconds < LONGEST
    if is_slow and not figures["errors"]:
        return run_load(url, request, seconds * 4, connections, seed)
    if figures.pop("errors") or not figures["requests"]:
        raise LoadFailed(f"{request.method} {request.path} failed")
    return Load(**figures)


def receive(url, request):
    """Receive the lines of an answer as they come, and keep nothing of them.

    :param str url: of the server
    :param Request request: that is sent
    :return: how many there are
    :rtype: int
    """
    http_request = HttpRequest(url + request.path, headers=request.all_headers)
    with urlopen(http_request, timeout=600) as response:  # nosec B310 # our server
        return sum(
            piece.count(b"\n") for piece in iter(lambda: response.read(PIECE), b"")
        )


def send(url, request):
    """Send a request once.

    :param str url: of the server
    :param Request request: that is sent
    :return: the answer
    :raise LoadFailed: it is an error, of HTTP or of JSON-RPC
    """
    number = random.randint(1, request.count or 1)  # nosec B311 # which record
    path, body, *values = (
        text.replace("{n}", str(number)).replace("{secret}", f"{number:040x}")
        for text in (request.path, request.data, *request.all_headers.values())
    )
    headers = dict(zip(request.all_headers, values))
    http_request = HttpRequest(
        url + path, body.encode() or None, headers, method=request.method
    )
    try:
        with urlopen(http_request, timeout=60) as response:  # nosec B310 # our server
            answer = json.loads(response.read() or "{}")
    except HTTPError as error:
        raise LoadFailed(f"{request.path}: {error} {error.read()[:500]}") from error
    if "error" in answer:
        raise LoadFailed(f"{request.path}: {answer['error']}")
    return answer
