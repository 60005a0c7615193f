"""Names that programs keep apart, which are generated from the document.

They write ``street_2`` and ``street2`` alike, and don't compile where both are there.
"""

import re


def leave_out_alike(names, taken=()):
    """Leave out the names that would be written as one before them is.

    :param names: of properties or parameters; the first of those that are alike stays
    :param taken: others that are there already
    :rtype: list of str
    """
    written = {_camelize(name) for name in taken}
    clear = []
    for name in names:
        if _camelize(name) not in written:
            clear.append(name)
        written.add(_camelize(name))
    return clear


def _camelize(name):
    first, *others = re.findall("[0-9A-Za-z]+", name) or [name]
    words = (word[:1].upper() + word[1:] for word in others)
    return first[:1].lower() + first[1:] + "".join(words)
