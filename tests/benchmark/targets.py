"""What the product is to reach, as ratios within one run."""

from dataclasses import dataclass
from statistics import median

from measuring import Ratio

NOISE = 0.15  # of the floor: more, and nothing can be told


@dataclass
class Target:
    """A ratio, and the bound that it is to keep.

    :param str title: what is compared
    :param Ratio ratio: that was measured
    :param float bound: that it is to keep
    :param bool at_most: whether the bound is above it, not below
    """

    title: str
    ratio: Ratio
    bound: float
    at_most: bool = False

    @property
    def verdict(self):
        """``met``, ``missed``, or ``unclear`` where half of the rounds disagree."""
        if self._keeps(self.ratio.value):
            return "met"
        return "unclear" if self._keeps(self.ratio.best(self.at_most)) else "missed"

    def _keeps(self, value):
        return value <= self.bound if self.at_most else value >= self.bound


def get_noise(results):
    """Tell how much the rounds of the floor differ, while nothing else does.

    :rtype: float, a share of its rate
    """
    return Ratio.of(results["requests"]["ping, none"].rates).spread


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

    few, *_others, many = results["tokens"].values()
    growth = zip(many["token"].rates, many["none"].rates)
    floor = median(a / b for a, b in zip(few["token"].rates, few["none"].rates))
    more = statements("ping, token") - statements("ping, none")
    memory = results["memory"]
    targets = [
        Target(
            "Ping with a token : its floor", beside("ping, token", "ping, none"), 0.92
        ),
        Target("SQL statements more than the floor", Ratio.of([more]), 1, at_most=True),
        Target(
            "Ping with any of a million tokens : with one",
            Ratio.of(a / b / floor for a, b in growth),
            0.95,
        ),
        Target(
            "Ping with a token : OCA's API key, warm",
            beside("ping, token", "ping, OCA key, warm"),
            0.97,
        ),
        Target(
            "Ping with a token : OCA's API key, cold, of 10,000",
            beside("ping, token", "ping, OCA key, cold"),
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
            "80 of a million partners : JSON-RPC search_read",
            beside("list", "list, JSON-RPC", of=pages),
            1,
        ),
    ]
    for name in pages:
        order, comma, kind = name.partition(", deep ")
        if comma:
            # Of slow ones, there are too few in a round to count them.
            first, deep = pages[f"{order}, first page"].loads, pages[name].loads
            ratio = Ratio.of(b.median / a.median for a, b in zip(first, deep))
            title = f"Time of a deep page : the first, by {order}"
            targets.append(Target(title, ratio, 1.2, at_most=True))
    growth = memory["after"] / memory["before"]
    title = f"Memory after {memory['requests']:,} requests : before"
    targets.append(Target(title, Ratio.of([growth]), 1.01, at_most=True))
    return targets
