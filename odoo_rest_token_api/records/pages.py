"""Order, and pages that stay right and fast however deep (keyset pagination)."""

import base64
import binascii
import json

from ..errors import InvalidParameter

# What sorts in SQL as the ORM sorts it, and can be compared with a value.
KEYSET_TYPES = {"char", "text", "integer", "float", "date", "datetime", "selection"}


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
                raise InvalidParameter("order", f"can't sort by {name!r}")
            if direction not in ("", "asc", "desc"):
                raise InvalidParameter(
                    "order", f"{direction!r} is neither asc nor desc"
                )
            self.terms.append((field, direction == "desc"))
            if field.field.name == "id":
                return
        self.terms.append((fields["id"], False))

    def __str__(self):
        return ", ".join(
            f"{field.field.name} {'desc' if descends else 'asc'}"
            for field, descends in self.terms
        )

    @property
    def has_cursor(self):
        """Whether pages of this order can be found by a cursor."""
        return all(
            term.field.type in KEYSET_TYPES and not getattr(term.field, "translate", 0)
            for term, _descends in self.terms
        )

    def make_cursor(self, record):
        """Return the cursor of the page that begins after a record.

        :rtype: str
        """
        names = [field.field.name for field, _descends in self.terms]
        values = [str(record.id)]
        if len(names) > 1:
            columns = ", ".join(f'"{name}"::text' for name in names)
            record.env.cr.execute(
                f'SELECT {columns} FROM "{record._table}" WHERE id = %s', record.ids
            )
            values = record.env.cr.fetchone()
        data = json.dumps([str(self), *values])
        return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")

    def parse_cursor(self, cursor):
        """Return the values of the record that a page begins after.

        :rtype: list of str or None
        :raise InvalidParameter: the cursor is none, or of another order
        """
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            data = json.loads(base64.urlsafe_b64decode(padded.encode()))
            order, *values = data
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise InvalidParameter("cursor", "is none of this service") from None
        if (
            order != str(self)
            or len(values) != len(self.terms)
            or not all(value is None or isinstance(value, str) for value in values)
        ):
            raise InvalidParameter("cursor", "is of another order")
        return values

    def get_condition(self, table, values):
        """Return the SQL condition of the records that come after a record.

        PostgreSQL puts NULL last where the order ascends, and first where it descends.

        :param str table: name of the table
        :param list values: of :meth:`parse_cursor`
        :rtype: (str, list)
        """
        alternatives, parameters = [], []
        equal, equal_parameters = [], []
        for (field, descends), value in zip(self.terms, values):
            column = f'"{table}"."{field.field.name}"'
            after, after_parameters = _after(column, descends, value)
            alternatives.append(" AND ".join([*equal, after]))
            parameters += [*equal_parameters, *after_parameters]
            if value is None:
                equal.append(f"{column} IS NULL")
            else:
                equal.append(f"{column} = %s")
                equal_parameters.append(value)
        return f"(({') OR ('.join(alternatives)}))", parameters


def _after(column, descends, value):
    if value is None:
        return (f"{column} IS NOT NULL" if descends else "FALSE"), []
    if descends:
        return f"{column} < %s", [value]
    if column.endswith('."id"'):
        return f"{column} > %s", [value]
    return f"({column} > %s OR {column} IS NULL)", [value]


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
    query = model._search(domain, offset=offset, limit=limit + 1, order=str(order))
    # Some models search by themselves, and give ids.
    has_cursor = order.has_cursor and hasattr(query, "add_where")
    if cursor:
        values = order.parse_cursor(cursor)
        if has_cursor:
            query.add_where(*order.get_condition(model._table, values))
        elif query:
            raise InvalidParameter("cursor", "there is none of this order")
    records = model.browse(list(query))
    page = records[:limit]
    if len(records) <= limit or not has_cursor:
        return page, None
    return page, order.make_cursor(page[-1])
