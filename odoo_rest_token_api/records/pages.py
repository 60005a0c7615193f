"""Order, and pages that stay right and fast however deep (keyset pagination)."""

import base64
import json

from odoo.addons.odoo_rest_token.exceptions import shorten

from ..dispatch.reading import parse_json
from ..errors import InvalidParameter
from ..wire import MAX_ID, to_integer


class Order:
    """Fields to sort by. The id comes last, so that the order is total.

    :param str text: such as ``name desc, city``
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :raise InvalidParameter: it names what can't be sorted by
    """

    def __init__(self, text, fields):
        self.terms = []  # (RecordField, whether it descends)
        for part in filter(None, (part.strip() for part in text.split(","))):
            name, _space, direction = part.partition(" ")
            direction = direction.strip().lower()
            field = fields.get(name)
            if field is None or not field.sortable:
                raise InvalidParameter("order", f"can't sort by {shorten(name)!r}")
            if direction not in ("", "asc", "desc"):
                raise InvalidParameter(
                    "order", f"{shorten(direction)!r} is neither asc nor desc"
                )
            self.terms.append((field, direction == "desc"))
        if not any(field.field.name == "id" for field, _descends in self.terms):
            self.terms.append((fields["id"], False))

    def __str__(self):
        return ", ".join(
            f"{field.field.name} {'desc' if descends else 'asc'}"
            for field, descends in self.terms
        )

    @property
    def has_keyset(self):
        """Whether a page of this order can begin after the values of a record."""
        return all(
            term.has_keyset and not getattr(term.field, "company_dependent", False)
            for term, _descends in self.terms
        )

    @property
    def is_by_id(self):
        return len(self.terms) == 1

    def get_values(self, record):
        """Return the values that a record is sorted by, as PostgreSQL writes them.

        :rtype: list of str or None
        """
        if self.is_by_id:
            return [str(record.id)]
        columns = [self._get_column(record._table, field) for field, _d in self.terms]
        texts = ", ".join(f"{column}::text" for column in columns)
        # Table and columns are the model's own names.
        record.env.cr.execute(
            f'SELECT {texts} FROM "{record._table}" WHERE id = %s',  # nosec B608
            record.ids,
        )
        return list(record.env.cr.fetchone())

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


def find_page(model, domain, order, limit, offset=0, cursor=None):
    """Find one page of records.

    :param odoo.models.Model model: whose context and user count
    :param list domain: in which the records are
    :param Order order: by which they are sorted
    :param int limit: records at the most
    :param int offset: records to leave out before the first
    :param str cursor: of the page, instead of an offset
    :return: the records, and the cursor of the next page if there is one
    :rtype: (recordset, str or None)
    """
    start = Cursor.parse(cursor, order) if cursor else Cursor(order, offset=offset)
    if start.values is not None and order.is_by_id:
        domain = [*domain, order.get_leaf(start.values)]
    ranges = []
    if start.values is not None and not order.is_by_id:
        ranges = order.get_ranges(model._table, start.values)
    ids, has_keyset = [], order.is_by_id
    for condition in ranges or [None]:
        query = model._search(
            domain, offset=start.offset, limit=limit + 1 - len(ids), order=str(order)
        )
        # Some models search by themselves, and give ids.
        has_keyset = has_keyset or (order.has_keyset and hasattr(query, "add_where"))
        if condition:
            if not has_keyset:
                raise InvalidParameter("cursor", "is none of this service")
            query.add_where(*condition)
        ids += list(query)
        if len(ids) > limit:
            break
    records = model.browse(ids)
    page = records[:limit]
    if len(records) <= limit:
        return page, None
    if has_keyset:
        return page, str(Cursor(order, values=order.get_values(page[-1])))
    return page, str(Cursor(order, offset=start.offset + limit))
