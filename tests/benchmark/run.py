"""Measures the product beside what a user would pick instead.

``REST_BENCHMARK_SECONDS`` (1) is how long a round takes, ``REST_BENCHMARK_ROWS``
(1000000) how many tokens and partners there are in the end, and
``REST_BENCHMARK_REQUESTS`` (100000) how many requests memory is looked at over.
"""

import os
import platform
import signal
import sys
import time
from datetime import date

from data import Data
from imports import measure_imports
from load import Request, get_version, send
from measuring import Meter
from report import write_results
from scenarios import (
    DEEP_OFFSET,
    OrderIds,
    get_batches,
    get_creates,
    get_export,
    get_export_pages,
    get_groups,
    get_linked,
    get_logins,
    get_pages,
    get_peers,
    get_pings,
    get_pings_of_keys,
    get_pings_of_tokens,
    get_reads,
    get_synced,
    get_token_headers,
)
from server import HAS_KEYS, Database, is_up, run_odoo

SECONDS = int(os.environ.get("REST_BENCHMARK_SECONDS", "1"))
ROWS = int(os.environ.get("REST_BENCHMARK_ROWS", "1000000"))
REQUESTS = int(os.environ.get("REST_BENCHMARK_REQUESTS", "100000"))
WORKERS = 2
EXPORTED = 100_000  # records
ORDERS = ("id", "name", "write_date desc")


def heading(text):
    print(f"{time.strftime('%H:%M:%S')} {text} ", end="", flush=True)


class Benchmark:
    """One run, on one server.

    :param Data data: in the database of the server
    :param Server server: that is measured
    :param str rpc_key: API key of Odoo's own
    """

    def __init__(self, data, server, rpc_key):
        self.data = data
        self.server = server
        self.peers = get_peers(rpc_key, data.database.has_json2())
        self.rpc = self.peers["JSON-RPC"]
        self.meter = Meter(server, SECONDS)
        self.results = {"requests": {}}

    def run(self):
        """Measure all there is; last what adds tokens and partners of its own.

        :rtype: dict
        """
        self.measure_reads()
        self.measure_tokens()
        if HAS_KEYS:
            self.measure_keys()
        self.measure_noted_uses()
        self.measure_linked()
        self.measure_pages()
        self.measure_exports()
        self.measure_synced()
        self.measure_clients()
        self.measure_writes()
        self.measure_memory()
        return self.results

    def measure_reads(self):
        heading("Pings")
        pings = self.meter.measure(get_pings(), rounds=15)
        heading("Reads")
        reads = get_reads(self.peers, self.data.partner_id)
        self.results["requests"] = pings | self.meter.measure(reads, rounds=11)

    def measure_tokens(self):
        self.results["tokens"] = {}
        for count in (1, ROWS // 1000, ROWS // 10, ROWS):
            heading(f"{count} tokens")
            self.data.grow_tokens(count)
            self.data.database.vacuum()
            self.results["tokens"][count] = self.meter.measure(
                get_pings_of_tokens(count), rounds=11
            )

    def measure_keys(self):
        heading("Keys")
        self.results["keys"] = self.meter.measure(
            get_pings_of_keys(), rounds=5, times=4
        )

    def measure_noted_uses(self):
        heading("Uses that are noted")
        self.data.make_uses_old()
        self.data.database.vacuum()
        self.results["noted"] = self.meter.measure(get_pings_of_tokens(ROWS), rounds=7)

    def measure_linked(self):
        heading("Orders")
        self.data.add_orders()
        self.data.database.vacuum()
        orders = send(
            self.server.url, get_linked(self.rpc, OrderIds())["orders, JSON-RPC"]
        )
        ids = OrderIds.of(orders["result"])
        self.results["linked"] = self.meter.measure(get_linked(self.rpc, ids), rounds=9)
        heading("Groups")
        self.results["groups"] = self.meter.measure(get_groups(self.rpc), rounds=9)

    def measure_exports(self):
        count = min(ROWS, EXPORTED)
        heading(f"An export of {count} partners")
        pages = list(get_export_pages(self.rpc, count))
        self.results["exports"] = self.meter.compare_export(
            get_export(count), pages, rounds=5
        )

    def measure_synced(self):
        heading("What has changed, as it is")
        pages = get_synced(self._get_deep_cursor("write_date"))
        before = self.meter.measure(pages, rounds=5, times=3)
        heading("What has changed, by an index")
        self.data.sync_partners()
        self.data.database.vacuum()
        after = self.meter.measure(pages, rounds=5, times=3)
        self.results["synced"] = {
            **{f"{name}, as it is": series for name, series in before.items()},
            **{f"{name}, synced": series for name, series in after.items()},
        }

    def measure_pages(self):
        heading(f"{ROWS} partners")
        self.data.grow_partners(ROWS)
        self.data.database.vacuum()
        cursors = {order: self._get_deep_cursor(order) for order in ORDERS}
        pages = get_pages(self.peers, cursors)
        self.results["pages"] = self.meter.measure(pages, rounds=9)

    def _get_deep_cursor(self, order):
        offset = DEEP_OFFSET * ROWS // 1_000_000
        order = order.replace(" ", "%20")
        path = f"/api/partners?fields=id&limit=1&order={order}&offset={offset}"
        request = Request(path, headers=get_token_headers(1))
        return send(self.server.url, request)["next_cursor"]

    def measure_clients(self):
        pings = get_pings()
        requests = {name: pings[name] for name in ("ping, none", "ping, token")}
        self.results["clients"] = {}
        for count in (1, 2, 4, 8):
            heading(f"{count} clients")
            self.results["clients"][count] = self.meter.measure(
                requests, rounds=7, connections=count
            )

    def measure_writes(self):
        partner_id = self.data.partner_id
        heading("Creates")
        creates = self.meter.measure(get_creates(self.peers, partner_id), rounds=7)
        heading("Batches")
        batches = self.meter.measure(
            get_batches(self.peers, partner_id), rounds=5, times=5
        )
        heading("Logins")
        logins = self.meter.measure(get_logins(), rounds=5)
        self.results["requests"].update(creates | batches | logins)
        heading("Imports")
        self.results["imports"] = measure_imports(self.server, self.rpc, rounds=2)

    def measure_memory(self):
        ping = get_pings()["ping, token"]
        heading("Memory")
        self.meter.send_many(ping, REQUESTS // 20, connections=4)
        before = self.server.get_memory()
        heading(f"{REQUESTS} requests")
        count = self.meter.send_many(ping, REQUESTS, connections=4)
        after = self.server.get_memory()
        self.results["memory"] = {"requests": count, "before": before, "after": after}


def main():
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    was_up = is_up()
    try:
        return write_results(measure())
    finally:
        if not was_up:
            run_odoo("down")


def measure():
    start = time.monotonic()
    heading("Database")
    with Database().exist() as database:
        data = Data(database)
        rpc_key = data.prepare()
        data.grow_tokens(1)
        data.grow_partners(1000)
        database.vacuum()
        print()
        versions = f"Odoo {database.get_series()}, {database.get_version()}"
        with database.serve(WORKERS) as server:
            results = Benchmark(data, server, rpc_key).run()
    results["seconds"] = time.monotonic() - start
    results["place"] = (
        f"{date.today()}, {versions}, {get_version()}, "
        f"{os.cpu_count()} processors, {platform.machine()}"
    )
    return results


if __name__ == "__main__":
    sys.exit(main())
