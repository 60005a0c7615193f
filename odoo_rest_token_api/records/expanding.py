"""Linked records in the place of their ids, as the service shows them that has them.

A tree of branches says what is read. All records of a branch are read at once, wherever
they are linked: how many statements that takes does not grow with the records.
"""

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

    def __init__(self, place):
        self.place = place
        self.chosen = (
            None  # names of fields; those that are read by default if none are
        )
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
        return self.place.show(ids, self.get_names(), self.links)

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


def expand(shown, branch):
    """Put linked records in the place of their ids.

    What the client could not read there stays as it is.

    :param list shown: of dict, records as clients read them, which are changed
    :param Branch branch: of those records
    :raise InvalidParameter: there would be too many
    """
    _expand(shown, branch, MAX_PUT)


def _expand(shown, branch, left):
    """Do so, and return how many more there may be."""
    for name, linked in branch.links.items():
        ids = {i: None for values in shown for i in _iter_ids(values.get(name))}
        rows = linked.show(list(ids)) if ids else {}
        left -= sum(i in rows for v in shown for i in _iter_ids(v.get(name)))
        if left < 0:
            reason = f"puts more than {MAX_PUT} records in the answer"
            raise InvalidParameter("expand", f"{name} {reason}: read fewer at once")
        put, others = [], []
        for values in shown:
            values[name] = _replace(values.get(name), rows, put, others)
        _name_others(linked, others)
        left = _expand(put, linked, left)
    return left


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


def _iter_ids(value):
    for item in value if isinstance(value, list) else [value]:
        if item is not None:
            yield item["id"] if isinstance(item, dict) else item


def _replace(value, rows, put, others):
    """Return what is put in the place of links.

    :param dict rows: of dict, what is put there by the ids
    :param list put: gets what is put there
    :param list others: gets the links that nothing is put in the place of
    """
    if isinstance(value, list):
        return [_replace(item, rows, put, others) for item in value]
    for record_id in _iter_ids(value):
        if record_id in rows:
            put.append(dict(rows[record_id]))  # others may be put into each
            return put[-1]
    if isinstance(value, dict):
        others.append(value)
    return value
