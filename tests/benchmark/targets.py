"""What the product is to reach, as ratios within one run."""

from dataclasses import dataclass
from typing import Optional

from data import KEYS
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
        Target(
            "Ping with a token : OCA's API key, warm",
            beside("ping, token", "ping, OCA key, warm"),
            0.97,
        ),
        Target(
            f"Ping with a token : OCA's API key, cold, of {KEYS:,}",
            beside("token", "OCA key, cold", of=results["keys"]),
            5,
        ),
        Target("Me : JSON-RPC read", beside("me", "me, JSON-RPC"), 1),
        Target(
            "One partner : JSON-RPC read", beside("partner", "partner, JSON-RPC"), 1
        ),
        Target(
            "80 partners : JSON-RPC search_read", beside("list", "list, JSON-RPC"), 1
        ),
        Target(
            "Create one, and answer with it : JSON-RPC create and read",
            beside("create", "create, JSON-RPC", "read it, JSON-RPC"),
            1,
        ),
        Target(
            "Create 100, and answer with them : JSON-RPC create and read",
            beside("batch of 100", "batch of 100, JSON-RPC", "read them, JSON-RPC"),
            1,
        ),
        Target(
            f"80 of {max(results['tokens']):,} partners : JSON-RPC search_read",
            beside("list", "list, JSON-RPC", of=pages),
            1,
        ),
    ]
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
