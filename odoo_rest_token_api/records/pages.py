"""Order, and pages that stay right and fast however deep (keyset pagination)."""

import base64
import json

from odoo.exceptions import AccessError
from odoo.models import BaseModel

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import shorten

from ..dispatch.reading import parse_json
from ..errors import InvalidParameter
from ..wire import MAX_ID, to_integer, to_names
from .paths import PathField
from .rights import searches_by_itself

MAX_SORTED = 10_000  # records that are sorted by what the user is shown of them
BATCH = 1000  # records that are looked at, where the first page isn't full


class Order:
    """Fields to sort by. The id comes last, so that the order is total.

    :param str text: such as ``name desc, city``
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :raise InvalidParameter: it names what can't be sorted by
    """

    def __init__(self, text, fields):
        self.terms = []  # (RecordField, whether it descends)
        for part in to_names(text):
            name, _space, direction = part.partition(" ")
            direction = direction.strip().lower()
            try:
                field = fields.get(name)
            except ValueError as error:  # of a path
                reason = f"can't sort by {shorten(name)!r}: {error}"
                raise InvalidParameter("order", reason) from error
            if field is None or not field.sortable:
                raise InvalidParameter("order", f"can't sort by {shorten(name)!r}")
            if direction not in ("", "asc", "desc"):
                raise InvalidParameter(
                    "order", f"{shorten(direction)!r} is neither asc nor desc"
                )
            self.terms.append((field, direction == "desc"))
        if not any(field.sort_name == "id" for field, _descends in self.terms):
            self.terms.append((fields["id"], False))

    def __str__(self):
        return ", ".join(
            f"{field.sort_name} {'desc' if descends else 'asc'}"
            for field, descends in self.terms
        )

    @property
    def has_keyset(self):
        """Whether a page of this order can begin after the values of a record."""
        return not self.may_be_masked and all(
            term.has_keyset
            and term.field.store
            and not getattr(term.field, "company_dependent", False)
            for term, _descends in self.terms
        )

    @property
    def may_be_masked(self):
        """Whether it is of what the user is shown, and not of what is stored."""
        return any(term.may_be_masked for term, _descends in self.terms)

    @property
    def is_by_id(self):
        return len(self.terms) == 1

    def get_values(self, record):
        """Return the values that a record is sorted by, as PostgreSQL writes them.

        :rtype: list of str or None
        """
        if self.is_by_id:
            return [str(record.id)]
        # As the ORM does: there may be a query in the place of the table.
        model = record.browse().sudo().with_context(active_test=False)
        query = BaseModel._search(model, [("id", "=", record.id)], order="id")
        columns = [self._get_column(record._table, field) for field, _d in self.terms]
        texts = [f"{column}::text" for column in columns]
        return list(compat.select(record.env.cr, query, texts)[0])

    def get_leaf(self, values):
        """Return what a domain says of the records after a record, in order of ids.

        :param list values: of :meth:`get_values`
        :rtype: tuple
        :raise InvalidParameter: they are no id
        """
        _field, descends = self.terms[0]
        try:
            return ("id", "<" if descends else ">", to_integer(values[0]))
        except ValueError as error:
            raise InvalidParameter("cursor", "is none of this service") from error

    def get_ranges(self, table, values):
        """Return the SQL conditions of the records that come after a record.

        There is one for each range of an index on the first field, in their order.
        PostgreSQL reads no more than a page of one; of all in one condition, it would
        read whatever comes before the page. It puts NULL last where the order ascends,
        and first where it descends.

        :param str table: name of the table
        :param list values: of :meth:`get_values`
        :rtype: list of (str, list), conditions and their parameters
        """
        return list(self._iter_ranges(table, list(zip(self.terms, values))))

    def _iter_ranges(self, table, terms):
        if not terms:
            return
        ((field, descends), value), *others = terms
        column = self._get_column(table, field)
        ties, parameters = _combine(self._iter_ranges(table, others))
        if value is None:
            yield f"{column} IS NULL AND {ties}", parameters
            if descends:
                yield f"{column} IS NOT NULL", []
            return
        after = "<" if descends else ">"
        condition = f"{column} {after}= %s AND ({column} {after} %s OR {ties})"
        yield condition, [value, value, *parameters]
        if not (descends or field.field.name == "id" or self._is_boolean(field)):
            yield f"{column} IS NULL", []

    def _get_column(self, table, field):
        column = f'"{table}"."{field.field.name}"'
        # The ORM sorts by booleans so.
        return f"COALESCE({column}, FALSE)" if self._is_boolean(field) else column

    def _is_boolean(self, field):
        return field.field.type == "boolean"


def _combine(conditions):
    """Join SQL conditions of which one has to hold.

    :param conditions: iterable of (str, list)
    :rtype: (str, list)
    """
    texts, parameters = ["FALSE"], []
    for text, its_parameters in conditions:
        texts.append(text)
        parameters += its_parameters
    return f"(({') OR ('.join(texts)}))", parameters


class Cursor:
    """Where a page begins: after the values of a record, or after a number of records.

    The latter is for orders that have no keyset. Clients don't look into it.
    """

    def __init__(self, order, values=None, offset=0):
        self.order = order
        self.values = values
        self.offset = offset

    def __str__(self):
        position = self.offset if self.values is None else self.values
        data = json.dumps([str(self.order), position])
        return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text, order):
        """Read a cursor that a client sends back.

        :param str text: what a page said of the next one
        :param Order order: by which the client sorts now
        :raise InvalidParameter: it is no cursor, or one of another order
        """
        try:
            padded = text + "=" * (-len(text) % 4)
            data = parse_json(base64.urlsafe_b64decode(padded.encode()).decode())
            of_order, position = data
        except (ValueError, TypeError):
            raise InvalidParameter("cursor", "is none of this service") from None
        if of_order != str(order):
            raise InvalidParameter("cursor", "is of another order")
        is_offset = type(position) is int and 0 <= position <= MAX_ID
        if is_offset and not order.is_by_id:
            return cls(order, offset=position)
        if (
            not isinstance(position, list)
            or len(position) != len(order.terms)
            or not all(value is None or isinstance(value, str) for value in position)
        ):
            raise InvalidParameter("cursor", "is none of this service")
        return cls(order, position)


def find_page(model, domain, order, limit, offset=0, cursor=None, columns=None):
    """Find one page of records.

    :param odoo.models.Model model: whose context and user count
    :param list domain: in which the records are
    :param Order order: by which they are sorted
    :param int limit: records at the most
    :param int offset: records to leave out before the first
    :param str cursor: of the page, instead of an offset
    :param Columns columns: that are read as the records are found, if they can be
    :return: the records, and the cursor of the next page if there is one
    :rtype: (recordset, str or None)
    """
    start = Cursor.parse(cursor, order) if cursor else Cursor(order, offset=offset)
    domain = complete_domain(model, domain)
    if start.values is not None and not order.has_keyset and not order.is_by_id:
        raise InvalidParameter("cursor", "is none of this service")
    if order.may_be_masked:
        found = _find_as_shown(model, domain, order, limit + 1, start)
    else:
        find = columns.find if columns else list
        found = _find_at_once(model, domain, order, limit + 1, start, find)
    if found is None:
        found = _find_in_batches(model, domain, order, limit + 1, start, bool(cursor))
    page = model.browse([record_id for record_id, _position in found[:limit]])
    if len(found) <= limit:
        return page, None
    if order.is_by_id or order.has_keyset:
        return page, str(Cursor(order, values=order.get_values(page[-1])))
    _record_id, position = found[limit - 1]
    return page, str(Cursor(order, offset=position))


def count_records(model, domain):
    """Count all records that :func:`find_page` finds, page by page.

    :rtype: int
    """
    domain = complete_domain(model, domain)
    if searches_by_itself(model):  # it may leave out some
        return len(model.search(domain))
    return model.search_count(domain)


def complete_domain(model, domain):
    """Return a domain that means the same wherever something is added to it.

    Attachments that hold the values of fields are left out, unless a domain names
    ``id`` or ``res_field``, as that of a page may.

    :rtype: list
    """
    names = {term[0] for term in domain if isinstance(term, (list, tuple))}
    if model._name == "ir.attachment" and names.isdisjoint(("id", "res_field")):
        return compat.join_and([[("res_field", "=", False)], domain])
    return domain


def _find_at_once(model, domain, order, size, start, find):
    """Find records where PostgreSQL alone says which.

    :param find: returns the ids that a query finds
    :return: ids, and how many records there are up to each; ``None`` where the model
        searches by itself: what it finds may be less than a page, out of order, and
        not the last
    :rtype: list of (int, int), or None
    """
    if searches_by_itself(model):
        return None
    ids = []
    for its_domain, condition in _iter_ranges(model, domain, order, start):
        limit = size - len(ids)
        query = model._search(
            its_domain, offset=start.offset, limit=limit, order=str(order)
        )
        if not _is_as_asked(query, start.offset, limit):
            return None
        if condition:
            query.add_where(*condition)
        ids += find(query)
        if len(ids) >= size:
            break
    return [(id_, start.offset + number) for number, id_ in enumerate(ids, 1)]


def _find_as_shown(model, domain, order, size, start):
    """Find records in the order of what the user is shown of them.

    :return: ids, and how many records there are up to each
    :rtype: list of (int, int)
    :raise InvalidParameter: there are too many
    """
    ids = find_sorted_ids(model, domain, order)
    found = [(record_id, position) for position, record_id in enumerate(ids, 1)]
    return found[start.offset : start.offset + size]


def find_sorted_ids(model, domain, order):
    """Find all records, in the order of what the user is shown of them.

    :param odoo.models.Model model: whose context and user count
    :param list domain: in which the records are
    :param Order order: by which they are sorted
    :return: their ids
    :rtype: list of int
    :raise InvalidParameter: there are too many
    """
    records = model.search(domain, order="id", limit=MAX_SORTED + 1)
    if len(records) > MAX_SORTED:
        raise InvalidParameter("order", "is for fewer records: filter them")
    paths = [field for field, _descends in order.terms if isinstance(field, PathField)]
    own = [field for field, _descends in order.terms if field not in paths]
    rows = records.read([field.sort_name for field in own])
    for field in paths:
        values = field.get_values(records)
        for row in rows:
            row[field.sort_name] = values.get(row["id"])
    for field, descends in reversed(order.terms):
        rows.sort(key=lambda row, f=field: _get_sort_key(f, row), reverse=descends)
    return [row["id"] for row in rows]


def _get_sort_key(field, row):
    """Return what a record is sorted by: as in SQL, what is empty comes last."""
    shown = field.get_shown(row[field.sort_name])
    folded = shown.casefold() if isinstance(shown, str) else shown
    return (True,) if shown is None else (False, folded, shown)


def _find_in_batches(model, domain, order, size, start, has_cursor):
    """Find records of a model that searches by itself, among those of PostgreSQL.

    Those are candidates, all of them and in order, of which the model finds some.
    A cursor counts candidates, an offset counts what is found.

    :param bool has_cursor: whether the client sent one
    :return: ids, and how many candidates there are up to each
    :rtype: list of (int, int)
    """
    has_access = compat.has_access(model, "read")
    candidates = model if has_access else model.sudo()
    skipped = 0 if has_cursor else start.offset
    found = []
    for batch, offset in _iter_batches(
        candidates, domain, order, size, start, start.offset if has_cursor else 0
    ):
        try:
            seen = model.search(compat.join_and([domain, [("id", "in", batch)]]))
            if not has_access:
                seen[:1].read([field.sort_name for field, _descends in order.terms])
        except (AccessError, ValueError) as error:
            if has_access:
                raise
            # Others than the fields of this model are those that the user has.
            raise InvalidParameter("order", "or a filter is not for you") from error
        seen = set(seen.ids)
        for position, record_id in enumerate(batch, offset + 1):
            if record_id in seen:
                found.append((record_id, position))
        if len(found) >= skipped + size:
            break
    return found[skipped : skipped + size]


def _iter_batches(model, domain, order, size, start, offset):
    for its_domain, condition in _iter_ranges(model, domain, order, start):
        position = offset
        while True:
            query = BaseModel._search(
                model, its_domain, offset=position, limit=size, order=str(order)
            )
            if condition and compat.is_pending(query):
                query.add_where(*condition)
            ids = list(query)
            if ids:
                yield ids, position
            if len(ids) < size:
                break
            position += size
            size = max(size, BATCH)


def _iter_ranges(model, domain, order, start):
    """Return what a page has to be looked for in, in this order.

    :return: domains, and conditions of SQL with their parameters, if any
    :rtype: list of (list, tuple or None)
    """
    if start.values is None:
        return [(domain, None)]
    if order.is_by_id:
        return [(compat.join_and([domain, [order.get_leaf(start.values)]]), None)]
    ranges = order.get_ranges(model._table, start.values)
    return [(domain, condition) for condition in ranges]


def _is_as_asked(query, offset, limit):
    """Tell whether what ``_search()`` returned is a page, that is not fetched yet."""
    if not compat.is_pending(query):
        return False
    return query.limit == limit and (query.offset or 0) == offset
