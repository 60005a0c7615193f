"""Sends made-up requests, many at once, and notes what is wrong with the answers."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .generator import Generator
from .routes import read_routes
from .verdict import get_fault
from .wire import send

CLIENTS = 8


class Finding(NamedTuple):
    """What is wrong, and the request that shows it."""

    fault: str
    data: bytes
    body: bytes

    def __str__(self):
        return f"{self.fault}\n    {self.data[:700]!r}\n    {self.body[:300]!r}"


class Campaign:
    """Requests that are the same each time for the same seed, but for the token.

    :param Target target: server that is asked
    :param int count: of the requests
    :param seed: of the random numbers
    """

    def __init__(self, target, count, seed):
        self.target = target
        self.count = count
        self.seed = seed
        self.statuses = Counter()
        self.findings = []
        self.slowest = 0

    @property
    def sent(self):
        return sum(self.statuses.values())

    def run(self):
        """Send all, and return what was found.

        :rtype: list of Finding
        """
        routes = read_routes(self.target.url)
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(self._run_client, range(CLIENTS), [routes] * CLIENTS))
        return self.findings

    def _run_client(self, number, routes):
        source = random.Random(f"{self.seed} {number}")  # nosec B311 # can be repeated
        generator = Generator(source, routes)
        token = self.target.issue()
        for _request in range(number, self.count, CLIENTS):
            data, route = generator.make(token)
            status = self._send(data)
            may_be_gone = status == 401 or (status == 200 and route.may_end_a_token)
            if may_be_gone and token.encode() in data:
                if not self.target.is_good(token):
                    token = self.target.issue()

    def _send(self, data):
        start = time.monotonic()
        try:
            answer = send(self.target.url, data)
        except TimeoutError:
            self._note("hangs", data)
            return 0
        self.statuses[answer.status] += 1
        self.slowest = max(self.slowest, time.monotonic() - start)
        fault = get_fault(data, answer)
        if fault:
            self._note(fault, data, answer.body)
        return answer.status

    def _note(self, fault, data, body=b""):
        self.findings.append(Finding(fault, data, body))
