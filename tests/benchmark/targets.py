"""What the product is to reach, as ratios within one run."""

from dataclasses import dataclass
from typing import Optional

from data import KEYS
from imports import BATCH, COUNT
from measuring import Ratio

NOISE = 0.15  # of the floor: more, and nothing can be told


@dataclass
class Target:
    """A ratio, and the bound that it is to keep.

    :param str title: what is compared
    :param Ratio ratio: that was measured
    :param float bound: that it is to keep; none where it is shown alone
    :param bool at_most: whether the bound is above it, not below
    """

    title: str
    ratio: Ratio
    bound: Optional[float]
    at_most: bool = False

    @property
    def verdict(self):
        """``met``, ``missed``, ``unclear`` where a quarter of the rounds keep it."""
        if self.bound is None:
            return "shown"
        if self._keeps(self.ratio.value):
            return "met"
        return "unclear" if self._keeps(self.ratio.best(self.at_most)) else "missed"

    def _keeps(self, value):
        return value <= self.bound if self.at_most else value >= self.bound


def get_noise(results):
    """Tell how much the rounds of the floor differ, while nothing else does.

    :return: as a share of its rate, in the noisiest part of the run
    :rtype: float
    """
    floors = [results["requests"]["ping, none"], results["noted"]["none"]]
    floors += [series["none"] for series in results["tokens"].values()]
    floors += [series["ping, none"] for series in results["clients"].values()]
    return max(Ratio.of(floor.rates).spread for floor in floors)


def get_targets(results):
    """Compare what was measured with what is to be reached.

    :param dict results: of the run
    :rtype: list of Target
    """
    requests, pages = results["requests"], results["pages"]
    imports = results["imports"]

    def beside(*names, of=requests):
        return Ratio.of_rates(*(of[name] for name in names))

    def statements(name):
        return requests[name].statements

    more = statements("ping, token") - statements("ping, none")
    memory = results["memory"]
    targets = [
        Target(
            "Ping with a token : without, as a service of base_rest",
            beside("ping, token", "ping of base_rest, none"),
            0.92,
        ),
        Target(
            "Ping with a token : without, as a service of ours",
            beside("ping, token", "ping, none"),
            None,
        ),
        Target("SQL statements more than without", Ratio.of([more]), 1, at_most=True),
        Target(
            "SQL statements more where calls are counted",
            Ratio.of([statements("ping, counted") - statements("ping, token")]),
            1,
            at_most=True,
        ),
        Target(
            "SQL statements more where they are counted for token and user",
            Ratio.of([statements("ping, counted twice") - statements("ping, token")]),
            1,
            at_most=True,
        ),
        Target(
            "Ping that is counted : not counted",
            beside("ping, counted", "ping, token"),
            None,
        ),
        Target(
            "Ping that is counted for token and user : not counted",
            beside("ping, counted twice", "ping, token"),
            None,
        ),
        *_get_targets_of_growth(results["tokens"]),
        *_get_targets_of_keys(results),
        *_get_targets_of_peers(results),
        Target(
            f"Import {COUNT:,} lines : JSON-RPC load() of {BATCH} each",
            Ratio.of_seconds(imports["lines"], imports["load(), JSON-RPC"]),
            1.5,
        ),
        Target(
            "Import them, merged by a key : the same",
            Ratio.of_seconds(imports["lines, merged"], imports["load(), JSON-RPC"]),
            None,
        ),
    ]
    targets += _get_targets_of_reading(results)
    for name in pages:
        order, comma, kind = name.partition(", deep ")
        if comma:
            # Of slow ones, there are too few in a round to count them.
            ratio = Ratio.of_latencies(pages[name], pages[f"{order}, first page"])
            title = f"Time of a deep page : the first, by {order}"
            targets.append(Target(title, ratio, 1.2, at_most=True))
    growth = memory["after"] / memory["before"]
    title = f"Memory after {memory['requests']:,} requests : before"
    targets.append(Target(title, Ratio.of([growth]), 1.01, at_most=True))
    return targets


def _get_targets_of_keys(results):
    """Compare tokens with OCA's API keys, where there are any."""
    if "keys" not in results:
        return
    requests, keys = results["requests"], results["keys"]
    ratio = Ratio.of_rates(requests["ping, token"], requests["ping, OCA key, warm"])
    yield Target("Ping with a token : OCA's API key, warm", ratio, 0.97)
    ratio = Ratio.of_rates(keys["token"], keys["OCA key, cold"])
    yield Target(f"Ping with a token : OCA's API key, cold, of {KEYS:,}", ratio, 5)


def _get_targets_of_peers(results):
    """Compare each request with those that a client would send instead."""
    requests, pages = results["requests"], results["pages"]
    count = max(results["tokens"])
    for title, own, others, of in (
        ("Me : {} read", "me", ["me"], requests),
        ("One partner : {} read", "partner", ["partner"], requests),
        ("80 partners : {} search_read", "list", ["list"], requests),
        (
            "Create one, and answer with it : {} create and read",
            "create",
            ["create", "read it"],
            requests,
        ),
        (
            "Create one, and answer with nothing : {} create",
            "create, minimal",
            ["create"],
            requests,
        ),
        (
            "Create 100, and answer with them : {} create and read",
            "batch of 100",
            ["batch of 100", "read them"],
            requests,
        ),
        (f"80 of {count:,} partners : {{}} search_read", "list", ["list"], pages),
    ):
        for peer in get_peer_names(results):
            ratio = Ratio.of_rates(of[own], *(of[f"{name}, {peer}"] for name in others))
            yield Target(title.format(peer), ratio, 1)


def get_peer_names(results):
    """Return what was measured beside, such as ``JSON-RPC``.

    :rtype: list of str
    """
    names = [name.partition("list, ") for name in results["pages"]]
    return [peer for _before, comma, peer in names if comma]


def _get_targets_of_reading(results):
    """Compare what is read at once with the calls that a client makes instead."""
    linked, groups, synced = (results[name] for name in ("linked", "groups", "synced"))
    others = [linked[name] for name in linked if name != "orders"]
    yield Target(
        "80 orders with partner and lines : JSON-RPC search_read, read, read",
        Ratio.of_rates(linked["orders"], *others),
        3,
    )
    yield Target(
        "Groups : JSON-RPC read_group",
        Ratio.of_rates(groups["groups"], groups["groups, JSON-RPC"]),
        1,
    )
    exports = results["exports"]
    rates = zip(exports.rates, exports.paged)
    yield Target(
        "Records a second of an export : of search_read of 1,000",
        Ratio.of(export / paged for export, paged in rates),
        5,
    )
    yield Target(
        "MiB more while an export is sent", Ratio.of(exports.memory), 20, at_most=True
    )
    for name in ("first page", "deep page"):
        yield Target(
            f"Time of a {name} by write_date : synced",
            Ratio.of_latencies(synced[f"{name}, as it is"], synced[f"{name}, synced"]),
            20,
        )


def _get_targets_of_growth(tokens):
    """Compare many tokens with one, each beside the floor of its rounds.

    They are measured minutes apart: medians of latency show least of what else happens.
    """
    (_one, few), *others = tokens.items()
    base = Ratio.of_latencies(few["token"], few["none"]).value
    for count, many in others:
        ratio = Ratio.of_latencies(many["token"], many["none"])
        ratio = Ratio(*(each / base for each in (ratio.value, ratio.low, ratio.high)))
        title = f"Time of a ping with any of {count:,} tokens : with one"
        yield Target(title, ratio, 1.05, at_most=True)
