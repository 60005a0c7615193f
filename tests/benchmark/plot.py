"""The plot of the results."""

import io

import matplotlib

matplotlib.use("svg")

from matplotlib import pyplot  # noqa: E402
from measuring import Ratio  # noqa: E402
from targets import get_peer_names  # noqa: E402

REST, OTHER, FLOOR = "#714b67", "#b8b8b8", "#7fb5b5"
BESIDE = {  # a request, and those that a client would send instead
    "ping, token : base_rest's, none": ("ping, token", "ping of base_rest, none"),
    "ping, token : none": ("ping, token", "ping, none"),
    "ping, token : OCA key, warm": ("ping, token", "ping, OCA key, warm"),
}
BESIDE_PEER = {  # by what it is called there
    "me : {} read": ("me", "me, {}"),
    "partner : {} read": ("partner", "partner, {}"),
    "list : {} search_read": ("list", "list, {}"),
    "create : {} create": ("create", "create, {}"),
    "create : {} create, read": ("create", "create, {}", "read it, {}"),
    "batch of 100 : {} create": ("batch of 100", "batch of 100, {}"),
    "batch of 100 : {} create, read": (
        "batch of 100",
        "batch of 100, {}",
        "read them, {}",
    ),
}
LOGINS = {"issue a token : open a session": ("issue a token", "open a session")}


def draw(results, path):
    """Draw the rates beside those of the others, and how they grow.

    :param dict results: of a run
    :param Path path: of the SVG file
    """
    pyplot.rcParams.update({"svg.hashsalt": "benchmark", "font.size": 9})
    figure, (left, middle, right) = pyplot.subplots(
        1, 3, figsize=(12, 3 + len(results["requests"]) / 16)
    )
    _draw_ratios(left, results["requests"], get_peer_names(results))
    _draw_tokens(middle, results["tokens"])
    _draw_clients(right, results["clients"])
    figure.tight_layout()
    with io.StringIO() as text:
        figure.savefig(text, metadata={"Date": None})
        lines = text.getvalue().splitlines()
    path.write_text("".join(f"{line.rstrip()}\n" for line in lines))


def _draw_ratios(axes, requests, peers):
    beside = {
        title.format(peer): [name.format(peer) for name in names]
        for title, names in BESIDE_PEER.items()
        for peer in peers
    }
    ratios = {
        title: Ratio.of_rates(*(requests[name] for name in names)).value
        for title, names in {**BESIDE, **beside, **LOGINS}.items()
        if requests.keys() >= {*names}
    }
    bars = axes.barh(list(ratios), list(ratios.values()), color=REST)
    axes.axvline(1, color=OTHER, zorder=0)
    axes.bar_label(bars, fmt=" %.2f")
    axes.invert_yaxis()
    axes.set_xlim(0, max(ratios.values()) * 1.2)
    axes.set_title("Requests a second, beside others")


def _draw_tokens(axes, tokens):
    for name, color in (("none", FLOOR), ("token", REST)):
        times = [series[name].summarize()["median"] for series in tokens.values()]
        label = "no authentication" if name == "none" else "token"
        axes.plot(list(tokens), times, "o-", color=color, label=label)
    axes.set_xscale("log")
    _start_at_0(axes)
    axes.set_xlabel("tokens in the database")
    axes.set_title("Ping: median latency, ms")
    axes.legend()


def _draw_clients(axes, clients):
    for name, color in (("ping, none", FLOOR), ("ping, token", REST)):
        rates = [_rate(series[name]) for series in clients.values()]
        label = "no authentication" if name == "ping, none" else "token"
        axes.plot(list(clients), rates, "o-", color=color, label=label)
    axes.set_xticks(list(clients))
    _start_at_0(axes)
    axes.set_xlabel("clients at once, 2 workers")
    axes.set_title("Ping: requests a second")
    axes.legend()


def _start_at_0(axes):
    highest = max(max(line.get_ydata()) for line in axes.lines)
    axes.set_ylim(0, highest * 1.1)


def _rate(series):
    return series.summarize()["rate"]
