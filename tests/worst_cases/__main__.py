"""Measures what requests of strangers cost a server, as processor time of its process.

``WORST_CASES`` is part of the names of the cases to measure: all, if it is not set.
"""

import os
import platform
import sys
from datetime import date
from statistics import median
from typing import NamedTuple

from benchmark.processes import find_processes, get_cpu_seconds
from blackbox.clients import Backend
from fuzz.target import Target
from fuzz.wire import send
from servers import ADDONS, database, serving

from .cases import get_cases, get_login
from .report import describe, write_report

NAME = "rest_worst_cases"
BOUND = 50  # ms
ROUNDS = 3
SECONDS = 0.3  # of a round: Linux tells hundredths
REQUESTS = 20  # of a round, at most
LONGEST = 2  # seconds of a request that is measured once
TIMEOUT = 300


class Cost(NamedTuple):
    """What a request costs.

    ``cpu`` is the processor time of each round, in ms a request.
    """

    name: str
    status: int
    size: int
    cpu: list

    @property
    def least(self):
        return min(self.cpu)

    @property
    def median(self):
        return median(self.cpu)


class Meter:
    """Measures requests on a server.

    :param str url: of the server
    """

    def __init__(self, url):
        self.url = url
        self.processes = find_processes(url.rpartition(":")[2])

    def measure(self, name, request):
        """Measure a request, after it was sent once.

        :param str name: of the case
        :param fuzz.wire.Request request: that is sent
        :rtype: Cost
        """
        data = request.to_bytes()
        start = get_cpu_seconds(self.processes)
        status = send(self.url, data, TIMEOUT).status
        first = get_cpu_seconds(self.processes) - start
        if first > LONGEST:
            return Cost(name, status, len(data), [1000 * first])
        cpu = [self._measure(data) for _number in range(ROUNDS)]
        return Cost(name, status, len(data), cpu)

    def _measure(self, data):
        start, used, count = get_cpu_seconds(self.processes), 0, 0
        while used < SECONDS and count < REQUESTS:
            send(self.url, data, TIMEOUT)
            used = get_cpu_seconds(self.processes) - start
            count += 1
        return 1000 * used / count


def main():
    chosen = os.environ.get("WORST_CASES", "")
    cases = {name: case for name, case in get_cases().items() if chosen in name}
    login, *costs = measure({**get_login(), **cases})
    if not chosen:
        place = f"{date.today()}, Odoo 14.0, {os.cpu_count()} processors"
        write_report(login, costs, f"{place}, {platform.machine()}.")
    over = [cost for cost in costs if cost.least > BOUND]
    print(f"{len(over)} of {len(costs)} cost more than {BOUND} ms:")
    show(over)
    return int(any(cost.status >= 500 for cost in costs) or bool(over))


def measure(cases):
    with database(NAME, f"{ADDONS},rest_token_test") as name:
        options = ("-d", name, "--db-filter", f"^{name}$", "--max-cron-threads", "0")
        with serving(NAME, *options) as url:
            server = Target(url, name)
            Backend(server, server.login, server.password).lift_limits()
            meter = Meter(url)
            costs = []
            for name, request in cases.items():
                costs.append(meter.measure(name, request))
                show(costs[-1:])
    return costs


def show(costs):
    for cost in costs:
        name, status, size, least, middle = describe(cost)
        print(f"{least:>9}{middle:>9}  {status:3}{size:>12}  {name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
