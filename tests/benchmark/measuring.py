"""Rounds of load in turn, and what their figures say."""

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from threading import Event, Thread

from load import receive, run_load, send


@dataclass
class Series:
    """What was measured of one request, round by round.

    ``cpu`` is the processor time of Odoo for one request, in ms.
    """

    loads: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    statements: int = 0

    @property
    def rates(self):
        """Requests a second, of each round."""
        return [load.rate for load in self.loads]

    def summarize(self):
        """Return the medians of the rounds.

        :return: ``p99`` is None where a round has less than a hundred requests
        :rtype: dict of numbers
        """
        enough = all(load.requests >= 100 for load in self.loads)
        return {
            "rate": median(self.rates),
            "median": median(load.median for load in self.loads),
            "p99": median(load.p99 for load in self.loads) if enough else None,
            "cpu": median(self.cpu),
            "statements": self.statements,
        }


@dataclass
class Exports:
    """Records a second, of each round, and the memory that an export took, in MiB."""

    rates: list = field(default_factory=list)
    paged: list = field(default_factory=list)
    memory: list = field(default_factory=list)


@dataclass
class Ratio:
    """How fast one is beside another: the median of the rounds, and its quartiles."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, values):
        values = list(values)
        if len(values) < 2:
            return cls(*values * 3)
        low, middle, high = quantiles(values, n=4, method="inclusive")
        return cls(middle, low, high)

    @classmethod
    def of_rates(cls, one, *others):
        """Compare series that were measured in turn.

        :param Series one: whose rate is divided
        :param Series others: by whose rate; of several, all are sent instead of it
        :rtype: Ratio
        """
        rounds = zip(one.rates, *(other.rates for other in others), strict=True)
        return cls.of(rate * sum(1 / r for r in rates) for rate, *rates in rounds)

    @classmethod
    def of_seconds(cls, one, other):
        """Compare how long two took that were measured in turn.

        :param list one: seconds, of each round, by which others are divided
        :param list other: seconds of the others
        :return: how many times as fast the first one is
        :rtype: Ratio
        """
        return cls.of(slow / fast for fast, slow in zip(one, other, strict=True))

    @classmethod
    def of_latencies(cls, one, other):
        """Compare the median latencies of series that were measured in turn.

        :param Series one: whose latency is divided
        :param Series other: by whose latency
        :rtype: Ratio
        """
        rounds = zip(one.loads, other.loads, strict=True)
        return cls.of(load.median / beside.median for load, beside in rounds)

    def best(self, low):
        """The quartile that is better: the lower one, if less is better."""
        return self.low if low else self.high

    @property
    def spread(self):
        """Half of the rounds are within this share of the median."""
        return (self.high - self.low) / self.value


class Meter:
    """Measures requests on a server.

    :param Server server: that answers
    :param int seconds: of a round
    """

    def __init__(self, server, seconds):
        self.server = server
        self.seconds = seconds

    def measure(self, requests, rounds, connections=1, times=1):
        """Measure requests in turn, after a warm-up.

        :param dict requests: of Request, by name
        :param int rounds: how often
        :param int connections: how many clients send each at once
        :param int times: longer than others their rounds are
        :rtype: dict of Series, by name
        """
        for request in requests.values():
            send(self.server.url, request)
            run_load(self.server.url, request, times, connections=4, seed=1000)
        series = {name: Series() for name in requests}
        for number in range(rounds):
            for name, request in requests.items():
                seconds = self.seconds * times
                self._add_round(series[name], request, seconds, connections, number)
                _show_progress()
        for request in requests.values():
            send(self.server.url, request)  # JSON-RPC's errors have the status 200
        print()
        return series

    def compare_export(self, export, pages, rounds):
        """Export records, and read them page by page instead, in turn.

        :param Request export: whose answer has a line for each record
        :param list pages: of Request, JSON-RPC
        :param int rounds: how often
        :rtype: Exports
        """
        exports = Exports()
        receive(self.server.url, export)
        before = self.server.get_memory()
        for _round in range(rounds):
            with _watch(self.server.get_memory) as seen:
                exports.rates.append(
                    _get_rate(lambda: receive(self.server.url, export))
                )
            exports.memory.append((max(seen) - before) / 1024)
            exports.paged.append(
                _get_rate(
                    lambda: sum(
                        len(send(self.server.url, page)["result"]) for page in pages
                    )
                )
            )
            _show_progress()
        print()
        return exports

    def _add_round(self, series, request, seconds, connections, seed):
        start = self.server.get_cpu_seconds()
        with self.server.statements() as statements:
            load = run_load(self.server.url, request, seconds, connections, seed + 1)
        cpu = self.server.get_cpu_seconds() - start
        series.loads.append(load)
        series.cpu.append(1000 * cpu / load.requests)
        [(series.statements, _count)] = statements.most_common(1)

    def send_many(self, request, count, connections):
        """Send at least so many requests.

        :return: how many
        :rtype: int
        """
        sent = 0
        while sent < count:
            sent += run_load(self.server.url, request, 5, connections).requests
            _show_progress()
        print()
        return sent


def _get_rate(read):
    """Return how many records are read in a second.

    :param read: returns how many it has read
    """
    start = time.perf_counter()
    return read() / (time.perf_counter() - start)


@contextmanager
def _watch(get_value):
    """Look at a value again and again.

    :rtype: list of what it was, filled meanwhile
    """
    seen, ended = [get_value()], Event()

    def look():
        while not ended.wait(0.05):
            seen.append(get_value())

    thread = Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def _show_progress():
    print(".", end="", flush=True)
