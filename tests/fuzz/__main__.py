"""Fuzzes a server of its own, and says what it found.

FUZZ_COUNT is how many requests to send, FUZZ_SEED what they are made from.
"""

import os
import sys
import time
from collections import defaultdict

from .campaign import Campaign
from .target import target


def main():
    count = int(os.environ.get("FUZZ_COUNT", 100000))
    seed = os.environ.get("FUZZ_SEED", str(time.time_ns()))
    print(f"{count} requests, FUZZ_SEED={seed} …", flush=True)
    with target() as server:
        start = time.monotonic()
        campaign = Campaign(server, count, seed)
        findings = campaign.run()
        seconds = time.monotonic() - start
        records = server.get_bad_records()
    print(f"{campaign.sent} requests sent in {seconds:.0f} s.")
    print(f"The slowest took {campaign.slowest:.1f} s.")
    for status, number in sorted(campaign.statuses.items()):
        print(f"    {status or 'none'}: {number}")
    report(findings)
    for record in records:
        print(record)
    print(f"{len(findings)} wrong answers, {len(records)} lines of errors logged.")
    return 1 if findings or records else 0


def report(findings):
    """Print what was found, the shortest request of each kind."""
    kinds = defaultdict(list)
    for finding in findings:
        kinds[finding.fault].append(finding)
    for _fault, same in sorted(kinds.items()):
        print(f"{len(same)} times: {min(same, key=lambda finding: len(finding.data))}")


if __name__ == "__main__":
    sys.exit(main())
