"""The results, as a table of text, a table for the docs, and a plot."""

from pathlib import Path
from statistics import median

from data import KEYS
from imports import COUNT
from plot import draw
from servers import SERIES
from targets import NOISE, get_noise, get_targets

RESULTS = Path(__file__).with_name("results")
NAME = "benchmark" if SERIES == "14.0" else f"benchmark-{SERIES}"
COLUMNS = ("requests/s", "median ms", "p99 ms", "Odoo's CPU ms", "SQL statements")


def write_results(results):
    """Print what was measured, and write it to ``results``.

    :param dict results: of a run
    :return: 0, or 1 where a target was not met or the machine was too noisy to tell
    :rtype: int
    """
    targets = get_targets(results)
    failed = any(target.verdict in ("missed", "unclear") for target in targets)
    noise = get_noise(results)
    text = "\n".join(_describe(results, targets, noise))
    print(f"\n{text}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{NAME}.rst").write_text(f"{text}\n")
    draw(results, RESULTS / f"{NAME}.svg")
    return int(failed or noise > NOISE)


def _describe(results, targets, noise):
    yield from _underline("Targets")
    yield ""
    yield from _table(
        ("of one run", "measured", "half of the rounds", "target", ""),
        [
            (
                target.title,
                f"{target.ratio.value:.2f}",
                f"{target.ratio.low:.2f} – {target.ratio.high:.2f}",
                _describe_bound(target),
                target.verdict,
            )
            for target in targets
        ],
    )
    yield ""
    yield _describe_noise(noise)
    minutes = results["seconds"] / 60
    yield f"The run took {minutes:.0f} minutes: {results['place']}."
    yield ""
    yield from _section("Requests", results["requests"])
    for count, series in results["tokens"].items():
        tokens = "a token" if count == 1 else f"any of {count:,} tokens"
        yield from _section(f"Pings with {tokens}", series)
    yield from _section("Pings that note the use of their token", results["noted"])
    if "keys" in results:
        title = f"Pings with any of {KEYS:,} tokens or keys"
        yield from _section(title, results["keys"])
    yield from _section("Linked records", results["linked"])
    yield from _section("Groups", results["groups"])
    yield from _section("Pages of many partners", results["pages"])
    yield from _section("Pages of what has changed", results["synced"])
    yield from _underline("Exports")
    yield ""
    yield from _table(
        ("records/s", "by search_read", "MiB more"),
        [
            (f"{rate:.0f}", f"{paged:.0f}", f"{memory:.1f}")
            for rate, paged, memory in zip(
                *(getattr(results["exports"], n) for n in ("rates", "paged", "memory"))
            )
        ],
    )
    yield ""
    for count, series in results["clients"].items():
        clients = "1 client" if count == 1 else f"{count} clients at once"
        yield from _section(clients, series)
    yield from _underline(f"Imports of {COUNT:,} partners")
    yield ""
    rows = [
        (name, f"{COUNT / median(seconds):.0f}", f"{median(seconds):.1f}")
        for name, seconds in results["imports"].items()
    ]
    yield from _table(("", "records/s", "seconds"), rows)
    yield ""
    memory = results["memory"]
    yield from _underline("Memory")
    yield ""
    yield (
        f"{memory['before'] / 1024:.1f} MiB before {memory['requests']:,} requests, "
        f"{memory['after'] / 1024:.1f} MiB after them."
    )


def _describe_bound(target):
    if target.bound is None:
        return "–"
    return f"{'≤' if target.at_most else '≥'} {target.bound}"


def _describe_noise(noise):
    quiet = f"Half of the rounds of the floor are within {noise:.0%} of each other"
    if noise > NOISE:
        return f"{quiet}: the machine was too noisy to tell. Run it again."
    return f"{quiet}: the machine was quiet enough."


def _section(title, series):
    yield from _underline(title)
    yield ""
    rows = []
    for name, one in series.items():
        values = one.summarize()
        rows.append(
            (
                name,
                f"{values['rate']:.1f}",
                f"{values['median']:.2f}",
                f"{values['p99']:.2f}" if values["p99"] else "–",
                f"{values['cpu']:.2f}",
                str(values["statements"]),
            )
        )
    yield from _table(("", *COLUMNS), rows)
    yield ""


def _underline(title):
    return title, "-" * len(title)


def _table(header, rows):
    widths = [max(map(len, column)) for column in zip(header, *rows)]
    line = "  ".join("=" * width for width in widths)
    yield line
    # An empty first cell would join a row to the one before.
    yield _row([header[0] or "\\", *header[1:]], widths)
    yield line
    for row in rows:
        yield _row(row, widths)
    yield line


def _row(cells, widths):
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip()
