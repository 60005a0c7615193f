"""Keys: what a record is called by whoever sends it, in place of its id."""

import re
from typing import NamedTuple

from werkzeug.exceptions import BadRequest

from odoo import _

from odoo.addons.odoo_rest_token.exceptions import JsonError, shorten

from ..wire import to_integer, to_line
from .fields import Many2oneField, ToManyField
from .fields.links import ADD, SET

EXTERNAL_ID = "external_id"
MAX_EXTERNAL_ID = 128
EXTERNAL_ID_RE = re.compile(r"[\w.:/-]+", re.ASCII)
EXTERNAL_ID_SCHEMA = {
    "type": "string",
    "maxLength": MAX_EXTERNAL_ID,
    "pattern": f"^{EXTERNAL_ID_RE.pattern}$",
    "description": "What the client calls the record; it names no other one.",
}
KEY_TYPES = ("char", "integer")
# What no two records of Odoo's share, and everybody may know
WELL_KNOWN = {"res.country": "code", "res.currency": "name", "res.lang": "code"}


class LinkByKey(NamedTuple):
    """A link to a record that the client names by a key of its model."""

    model: str
    key: str
    value: object


def can_be_key(field):
    """Tell whether records can be looked for by a field, as by a name of theirs.

    :param odoo.fields.Field field: of a model
    :rtype: bool
    """
    of_company = getattr(field, "company_dependent", False)
    is_translated = bool(getattr(field, "translate", False))
    return field.type in KEY_TYPES and field.store and not (of_company or is_translated)


def parse_external_id(value):
    """Read the external id of a record.

    :rtype: str
    :raise ValueError: it is none
    """
    if not EXTERNAL_ID_RE.fullmatch(to_line(value)) or len(value) > MAX_EXTERNAL_ID:
        raise ValueError("must be a word of at most 128 letters, digits and . : / - _")
    return value


def parse_key(field, value):
    """Read the value of a key.

    :param RecordField field: whose value it is, or None for an external id
    :param value: of JSON, or text of a path
    :rtype: str or int
    :raise ValueError: it is none
    """
    if field is None:
        return parse_external_id(value)
    if field.field.type == "integer":
        return field.parse_filter(to_integer(value))
    value = to_line(value)
    if not value:
        raise ValueError("must not be empty")
    return value


class Slot(NamedTuple):
    """A place in what a client sent, that is to have the id of a linked record."""

    holder: object
    at: object
    name: str  # of the field, with what tells which item a message is about
    link: LinkByKey


class LinkResolver:
    """Puts ids in the place of keys, wherever clients name linked records by those.

    :param find: function that takes a model, a key and values of it, and returns ids by
        values; a ``ValueError`` says why there is no such key
    """

    def __init__(self, find):
        self._find = find

    def resolve(self, fields, items, prefixes):
        """Return what a client sent, with the ids of the records that it names.

        Records of one model are looked for at once.

        :param dict fields: of :class:`RecordField`, by their name on the wire
        :param list items: what the client sent
        :param list prefixes: what tells which item a message is about
        :rtype: list
        :raise BadRequest: there is no such record, or no such key
        :raise JsonError: 409, as there are several
        """
        slots = []
        resolved = [
            _copy(fields, item, prefix, slots) for item, prefix in zip(items, prefixes)
        ]
        values = {}
        for slot in slots:
            model, key, value = slot.link
            values.setdefault((model, key), {})[value] = None
        found = {
            (model, key): self._look_for(model, key, list(wanted))
            for (model, key), wanted in values.items()
        }
        for slot in slots:
            slot.holder[slot.at] = _get_id(slot, found[slot.link[:2]])
        return resolved

    def _look_for(self, model, key, values):
        try:
            return self._find(model, key, values)
        except ValueError as error:
            return error


def _get_id(slot, found):
    """Return the id of a record that a client names.

    :param found: lists of ids by the values of the key, or a ``ValueError``
    """
    if isinstance(found, ValueError):
        raise BadRequest(f"{slot.name}: {found}")
    ids = found.get(slot.link.value, ())
    if len(ids) == 1:
        return ids[0]
    what = f"{slot.link.key} {shorten(str(slot.link.value))!r}"
    if ids:
        reason = f"there are several of {what}"
        raise JsonError(f"{slot.name}: {reason}", code=409)
    raise BadRequest(f"{slot.name}: there is no record of {what}")


def _copy(fields, item, prefix, slots):
    """Copy what a client sent of a record, lines of lines included.

    :param list slots: of :class:`Slot`, which those of the copy are added to
    """
    if not isinstance(item, dict):
        return item
    copied = dict(item)
    for name, value in item.items():
        field = fields.get(name)
        if isinstance(field, Many2oneField) and field.writable:
            _mark(copied, name, field, prefix, slots)
        elif isinstance(field, ToManyField) and field.writable:
            if isinstance(value, dict):
                copied[name] = {
                    n: _copy_links(field, v, prefix, slots) if n in (ADD, SET) else v
                    for n, v in value.items()
                }
            else:
                copied[name] = _copy_links(field, value, prefix, slots)
    return copied


def _copy_links(field, value, prefix, slots):
    if not isinstance(value, list):
        return value
    if field.children:
        return [_copy(field.children, line, prefix, slots) for line in value]
    copied = list(value)
    for number in range(len(copied)):
        _mark(copied, number, field, prefix, slots)
    return copied


def _mark(holder, at, field, prefix, slots):
    """Add a slot where a client names a record by a key."""
    value = holder[at]
    if not isinstance(value, dict) or len(value) != 1:
        return
    ((key, key_value),) = value.items()
    if key != "id" and type(key_value) in (str, int):
        link = LinkByKey(field.field.comodel_name, key, key_value)
        slots.append(Slot(holder, at, f"{prefix}{field.name}", link))


def check_each_once(values, prefixes, key):
    """Check that no two items of a list are of one record.

    :param values: iterable of the key's, or of ids, one for each
    :raise BadRequest: they are
    """
    seen = set()
    for value, prefix in zip(values, prefixes):
        if value in seen:
            reason = _("is that of an item before it")
            raise BadRequest(f"{prefix}{key}: {reason}")
        seen.add(value)


def tell_link_keys(fields, get_link_keys):
    """Have the schemas of links say by which keys records can be linked.

    :param dict fields: of :class:`RecordField`, those of lines among them
    :param get_link_keys: function that takes a model, and returns JSON schemas by the
        names of its keys
    """
    for field in fields.values():
        if isinstance(field, (Many2oneField, ToManyField)):
            field.get_link_keys = get_link_keys
            tell_link_keys(field.children, get_link_keys)
