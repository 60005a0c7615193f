"""Many clients at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, Event
from typing import NamedTuple

import requests
from fuzz.wire import make_request, send

CLIENTS = 50


class Use(NamedTuple):
    """A request that was answered.

    :param float start: when it was sent, on the clock of ``time.monotonic``
    """

    start: float
    status: int


def call(url, method, path, token=None, body=b""):
    """Send one request at once: a worker waits for its client only so long.

    :return: the answer, whose status is 0 where the connection was lost
    :rtype: Answer
    """
    headers = [("access-token", token)] if token else []
    return send(url, make_request(method, path, headers, body), timeout=120)


def insist(*arguments, **options):
    """Send one request, again where nobody has taken it.

    Odoo lets eight connections wait for each worker, and no more.
    """
    for _attempt in range(20):
        answer = call(*arguments, **options)
        if answer.status:
            break
        time.sleep(0.1)
    return answer


def insist_as(admin, *arguments):
    """Call a method as somebody who is logged in, again where nobody has taken it."""
    for _attempt in range(20):
        with suppress(requests.ConnectionError):
            return admin(*arguments)
        time.sleep(0.1)
    raise AssertionError("nobody takes the call")


def issue(url, user, call=call):
    return call(url, "POST", "/api/auth/token", body=user.credentials)


def at_once(function, count=CLIENTS):
    """Call a function many times, at the same time.

    :return: what it returned
    :rtype: list
    """
    barrier = Barrier(count)

    def run(_number):
        barrier.wait()
        return function()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@contextmanager
def using(url, token, count=CLIENTS):
    """Have many clients use a token, one request after the other, for a while.

    Each has used it by then, and uses it once more before the end.

    :return: list of :class:`Use`, which grows
    """
    uses, started, ended = [], Barrier(count + 1), Event()

    def use():
        start = time.monotonic()
        uses.append(Use(start, insist(url, "GET", "/api/auth/me", token).status))

    def run():
        use()
        started.wait()
        while not ended.is_set():
            use()
        use()

    with ThreadPoolExecutor(count) as pool:
        running = [pool.submit(run) for _number in range(count)]
        try:
            started.wait(120)
            yield uses
        finally:
            ended.set()
        for client in running:
            client.result()
