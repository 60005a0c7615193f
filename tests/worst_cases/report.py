"""The costs, as a table of a page of the docs."""

from servers import REPO

PAGE = REPO / "docs" / "worst_cases.rst"
TITLE = "The last run\n============\n"
HEADER = ("request", "status", "bytes", "least ms", "median ms")


def write_report(login, costs, place):
    """Put the costs into the page, in place of those of the run before.

    :param Cost login: what the others are beside
    :param list costs: of all cases
    :param str place: when and where they were measured
    """
    text = PAGE.read_text().partition(TITLE)[0]
    rows = [describe(cost) for cost in (login, *costs)]
    PAGE.write_text(f"{text}{TITLE}\n{place}\n\n{make_table(rows)}")


def describe(cost):
    """Return the row of a cost.

    :rtype: tuple of str
    """
    numbers = f"{cost.least:.1f}", f"{cost.median:.1f}"
    return cost.name, str(cost.status), f"{cost.size:,}", *numbers


def make_table(rows):
    """Return rows as a simple table of reStructuredText.

    :rtype: str
    """
    widths = [max(map(len, column)) for column in zip(HEADER, *rows)]
    line = "  ".join("=" * width for width in widths)
    cells = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
        for row in (HEADER, *rows)
    ]
    return "\n".join([line, cells[0], line, *cells[1:], line, ""])
