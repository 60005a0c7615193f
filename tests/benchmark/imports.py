"""Imports of many records, beside Odoo's ``load()`` in batches."""

import json
import time
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

from load import LoadFailed, send
from scenarios import get_token_headers

COUNT = 10_000  # records
BATCH = 500  # of load(), as many as an import has in a transaction
FIELDS = ("name", "ref", "email", "city", "street", "zip", "phone")


def make_records(prefix):
    """Make records, whose references nothing else has.

    :param str prefix: of the references
    :return: values, in the order of ``FIELDS``
    :rtype: list of list
    """
    return [
        [f"Import {n}", f"{prefix}{n}", f"{n}@example.com", "Namur", "Rue", "5000", "1"]
        for n in range(COUNT)
    ]


def measure_imports(server, rpc, rounds):
    """Import as many records by each way, in turn.

    :param Server server: that answers
    :param Peer rpc: JSON-RPC of the server
    :param int rounds: how often
    :return: seconds, of each round, by the names of the ways
    :rtype: dict of list
    """
    ways = {
        "lines": lambda records: _send_lines(server.url, records),
        "lines, merged": lambda records: _send_lines(
            server.url, records, Prefer="resolution=merge-duplicates"
        ),
        "load(), JSON-RPC": lambda records: _load(server.url, rpc, records),
    }
    seconds = {name: [] for name in ways}
    for number in range(rounds):
        for name, run in ways.items():
            records = make_records(f"{name[:6]}-{len(name)}-{number}-")
            start = time.monotonic()
            run(records)
            seconds[name].append(time.monotonic() - start)
            print(".", end="", flush=True)
    print()
    return seconds


def _send_lines(url, records, **headers):
    lines = (json.dumps(dict(zip(FIELDS, record))) for record in records)
    headers = {"Content-Type": "application/x-ndjson", **headers}
    request = HttpRequest(
        f"{url}/api/partners",
        "\n".join(lines).encode(),
        {**headers, **get_token_headers(1)},
        method="POST",
    )
    with urlopen(request, timeout=600) as response:  # nosec B310 # our server
        outcomes = [json.loads(line) for line in response]
    if len(outcomes) != COUNT or not all("id" in outcome for outcome in outcomes):
        raise LoadFailed(f"An import failed: {outcomes[:1]}")


def _load(url, rpc, records):
    for start in range(0, COUNT, BATCH):
        batch = records[start : start + BATCH]
        answer = send(url, rpc("res.partner", "load", fields=list(FIELDS), data=batch))
        if not answer["result"]["ids"]:
            raise LoadFailed(f"load() failed: {answer}")
