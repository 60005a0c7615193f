"""Records as text of JSON, with what they link, made of columns at once.

What clients read is the same as :mod:`.expanding` makes. To make an object of each
record first, and JSON of it then, takes twice as long.
"""

import json
from itertools import chain

from .expanding import MAX_PUT, expand, refuse_more
from .fields import ToManyField
from .fields.links import to_record
from .formats import encode, join_values
from .reading import find_names


class Texts(dict):
    """JSON of records, by their ids.

    :ivar dict sizes: how many records are put into each, where any are, by ids
    """

    def __init__(self, texts=(), sizes=()):
        super().__init__(texts)
        self.sizes = dict(sizes)

    def count(self, ids):
        """Count the records that are put where some are linked, those in them too."""
        if not self.sizes:
            return sum(map(self.__contains__, ids))
        return sum(1 + self.sizes[i] for i in ids if i in self)


def write_records(rows, branch):
    """Write records.

    :param list rows: of ``branch.columns``
    :param Branch branch: of the records
    :rtype: Texts
    :raise InvalidParameter: more is put into them than an answer may have
    """
    if not rows:
        return Texts()
    values = branch.columns.to_values(rows)
    sizes, encoded = [0] * len(rows), []
    for field in branch.columns.fields:
        linked = branch.links.get(field.name)
        if linked is None:
            encoded.append(encode(field, values))
            continue
        links = _list_links(field, values)
        texts = _write_linked(links, linked)
        sizes = [n + texts.count(ids) for n, ids in zip(sizes, links)]
        if sum(sizes) > MAX_PUT:
            refuse_more(field.name)
        encoded.append(_put(field, links, texts, linked))
    texts = join_values(branch.columns.fields, encoded)
    sizes = zip(values["id"], sizes) if branch.links else ()
    return Texts(zip(values["id"], texts), sizes)


def _list_links(field, values):
    """List the ids that each record links.

    :rtype: list of sequence of int
    """
    links = values[field.field.name]
    if isinstance(field, ToManyField):
        return links
    return [link[:1] if link else () for link in links]


def _write_linked(links, branch):
    ids = list(dict.fromkeys(chain.from_iterable(links)))
    rows = branch.read_rows(ids) if ids else ()
    if rows is not None:
        return write_records(rows, branch)
    shown = branch.place.read_records(ids, branch.get_names())
    expand(list(shown.values()), branch)
    sizes = {i: _count_put(values, branch) for i, values in shown.items()}
    return Texts({i: json.dumps(values) for i, values in shown.items()}, sizes)


def _count_put(values, branch):
    """Count what is put into a record, at the most: links may have stayed as they are.

    :param dict values: of the record
    :param Branch branch: of the record
    :rtype: int
    """
    size = 0
    for name, linked in branch.links.items():
        value = values.get(name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                size += 1 + _count_put(item, linked)
    return size


def _put(field, links, texts, branch):
    """Write what is put in the place of links, and what is not as it is.

    :param LinkField field: that links
    :param list links: of :func:`_list_links`
    :param Texts texts: of what is put there
    :param Branch branch: of that
    :rtype: list of str
    """
    if isinstance(field, ToManyField):
        lists = ([texts.get(i) or str(i) for i in ids] for ids in links)
        return [f"[{', '.join(each)}]" for each in lists]
    others = set(chain.from_iterable(links)).difference(texts)
    names = find_names(branch.place.model.browse(others)) if others else {}
    known = {i: json.dumps(to_record(names.get(i))) for i in others}
    return [texts.get(ids[0]) or known[ids[0]] if ids else "null" for ids in links]
