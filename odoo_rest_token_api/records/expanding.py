"""Linked records in the place of their ids, as the service shows them that has them.

A tree of branches says what is read. All records of a branch are read at once, wherever
they are linked: how many statements that takes does not grow with the records.
"""

from functools import cached_property

from odoo.addons.odoo_rest_token.exceptions import shorten

from ..errors import InvalidParameter
from .fields.links import to_record
from .places import MAX_STEPS
from .reading import find_names

MAX_BRANCHES = 30  # of a request: each takes statements of its own
MAX_PUT = 20_000  # records of an answer, each as often as it is there


class Branch:
    """What is read of the records at a place.

    :param place: that has the records, as :mod:`.places` has it
    """

    max_lines = MAX_PUT + 1  # that are read with what has them: more are refused

    def __init__(self, place):
        self.place = place
        # Names of fields; those that are read by default if none are
        self.chosen = None
        self.links = {}  # branches by the names of links

    def grow(self, name):
        """Return the branch of a link.

        :raise ValueError: nothing leads there; the message is for the client
        """
        if name not in self.links:
            self.links[name] = Branch(self.place.follow(name))
        return self.links[name]

    def choose(self, name):
        """Have a field be read, and of the others those alone that are chosen, too.

        :raise ValueError: there is no such field; the message is for the client
        """
        self.place.check_name(name)
        self.chosen = [*(self.chosen or ()), name]

    def show(self, ids):
        """Read those of some records that are there.

        :param list ids: of records that are linked
        :return: records as clients read them, by their ids
        :rtype: dict of dict
        """
        rows = self.read_rows(ids)
        if rows is None:
            return self.place.read_records(ids, self.get_names())
        return self.columns.show(rows)

    @cached_property
    def columns(self):
        """The columns that have all that is read, or None where something has none."""
        return self.place.find_columns(self.get_names(), self.links)

    def read_rows(self, ids):
        """Read those of some records that are there, if columns have them.

        :param list ids: of records that are linked
        :return: rows of :attr:`columns`, or None
        :rtype: list of tuple
        """
        if not self.columns:
            return None
        rows = self.columns.take(ids)
        return self.columns.fetch(self.place.get_domain(ids)) if rows is None else rows

    def find_columns_of(self, model):
        """Find the columns of what is read of lines, where all lines are there.

        :param odoo.models.Model model: of the lines, whose environment counts
        :rtype: Columns, or None
        """
        return self.columns if self.place.has_all_of(model) else None

    def get_names(self):
        """Return the names of what is read.

        :rtype: list, or None for all that is read by default
        """
        if self.chosen is None:
            return None
        return list(dict.fromkeys([*self.chosen, *self.links]))

    def move(self, reopen):
        """Return the same branch, in another environment.

        :param reopen: function that opens a service there
        :rtype: Branch
        """
        branch = Branch(self.place.move(reopen))
        branch.chosen = self.chosen
        branch.links = {n: linked.move(reopen) for n, linked in self.links.items()}
        return branch

    def count(self):
        return 1 + sum(branch.count() for branch in self.links.values())


def grow_tree(place, names, paths):
    """Make a tree of what a client asks for.

    :param place: where the records are
    :param list names: of fields to read, or paths that lead to them; None for those
        that are read by default
    :param list paths: of links whose records are read in the place of their ids
    :return: the root
    :rtype: Branch
    :raise InvalidParameter: a path leads nowhere, or there are too many
    """
    root = Branch(place)
    if names is not None:
        root.chosen = []
    for path in names or ():
        *steps, name = path.split(".")
        _grow("fields", path, root, steps, name)
    for path in paths:
        _grow("expand", path, root, path.split("."))
    return root


def _grow(parameter, path, branch, steps, name=None):
    root = branch
    if len(steps) > MAX_STEPS:
        raise InvalidParameter(parameter, f"has at most {MAX_STEPS} links in a row")
    try:
        for step in steps:
            is_first = branch is root
            if name and is_first and step not in branch.chosen:
                branch.choose(step)
            branch = branch.grow(step)
        if name:
            branch.choose(name)
    except ValueError as error:
        reason = f"{shorten(path)}: {error}" if "." in path else str(error)
        raise InvalidParameter(parameter, reason) from error
    if root.count() > MAX_BRANCHES + 1:
        reason = f"reads at most {MAX_BRANCHES} links"
        raise InvalidParameter(parameter, reason)


def expand(shown, branch, left=MAX_PUT):
    """Put linked records in the place of their ids.

    What the client could not read there stays as it is.

    :param list shown: of dict, records as clients read them, which are changed
    :param Branch branch: of those records
    :param int left: how many there may be
    :return: how many more there may be
    :rtype: int
    :raise InvalidParameter: there would be too many
    """
    for name, linked in branch.links.items():
        ids = [i for values in shown for i in _list_ids(values.get(name))]
        rows = linked.show(list(dict.fromkeys(ids))) if ids else {}
        left -= sum(map(rows.__contains__, ids))
        if left < 0:
            refuse_more(name)
        put, others = [], []
        for values in shown:
            values[name] = _replace(values.get(name), rows, put, others)
        _name_others(linked, others)
        left = expand(put, linked, left)
    return left


def refuse_more(name):
    """Refuse to put more into an answer than it may have.

    :param str name: of the link that leads to them
    :raise InvalidParameter: always
    """
    reason = f"puts more than {MAX_PUT} records in the answer"
    raise InvalidParameter("expand", f"{name} {reason}: read fewer at once")


def _name_others(branch, links):
    """Say what those links are called that nothing was put in the place of.

    :param Branch branch: of what is linked
    :param list links: of dict, which are changed
    """
    links = [link for link in links if not link.get("name")]
    if links:
        names = find_names(branch.place.model.browse({link["id"] for link in links}))
        for link in links:
            link.update(to_record(names.get(link["id"])) or {})


def _list_ids(value):
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    return [item["id"] if isinstance(item, dict) else item for item in items]


def _replace(value, rows, put, others):
    """Return what is put in the place of links.

    :param dict rows: of dict, what is put there by the ids
    :param list put: gets what is put there
    :param list others: gets the links that nothing is put in the place of
    """
    if isinstance(value, list):
        return [_replace(item, rows, put, others) for item in value]
    row = rows.get(value["id"] if isinstance(value, dict) else value)
    if row is not None:
        row = dict(row)  # others may be put into each
        put.append(row)
        return row
    if isinstance(value, dict):
        others.append(value)
    return value
