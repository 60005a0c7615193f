"""Records whose fields have a column each, read by one statement.

The ORM's ``read()`` keeps what it reads, and asks each field for it: that takes several
times as long. What clients are shown is the same. Links to many take a statement more.
"""

from types import MappingProxyType

from odoo.addons.odoo_rest_token import compat

from .fields import ToManyField, choose_names
from .masks import METHODS
from .reading import READING_METHODS, find_names, list_read_names
from .rights import is_overridden, searches_by_itself


class Columns:
    """Fields of a model whose values are those of columns, or of rows that link it.

    :param odoo.models.Model model: in the environment that counts
    :param list fields: of :class:`RecordField`, the id among them
    :param dict branches: of linked records that are put in the place of links, by names
    """

    def __init__(self, model, fields, branches=MappingProxyType({})):
        self._model = model.with_context(active_test=False)
        self.fields = fields
        self._branches = branches
        self._to_many = [field for field in fields if isinstance(field, ToManyField)]
        own = [field for field in fields if field not in self._to_many]
        self._names = list_read_names(own)
        self._rows = {}  # that were read as records were found, by ids
        named = list_read_names(field for field in own if field.name not in branches)
        self._links = [
            name
            for name in self._names
            if model._fields[name].type == "many2one" and name in named
        ]
        self._unnamed = [
            name
            for name in self._names
            if model._fields[name].type == "many2one" and name not in named
        ]

    @property
    def selected(self):
        """The columns, in SQL."""
        return [f'"{self._model._table}"."{name}"' for name in self._names]

    def find(self, query):
        """Find records, and read them by the same statement.

        :param odoo.osv.query.Query query: of the model
        :return: ids
        :rtype: list of int
        """
        rows = compat.select(self._model.env.cr, query, self.selected)
        self.keep(rows)
        return [row[self._names.index("id")] for row in rows]

    def keep(self, rows):
        """Keep rows that others have read, for :meth:`take`.

        :param list rows: of tuples, of :attr:`selected`
        """
        index = self._names.index("id")
        self._rows.update((row[index], row) for row in rows)  # several may link one

    def to_values(self, rows):
        """Turn rows of PostgreSQL into the values that fields have.

        :param list rows: of tuples
        :return: values as ``read()`` has them, by the names of the ORM's fields
        :rtype: dict of list
        """
        values = dict(zip(self._names, zip(*rows)))
        for name in self._links:
            linked = self._model.env[self._model._fields[name].comodel_name]
            ids = set(values[name]) - {None}
            names = find_names(linked.browse(ids)) if ids else {}
            values[name] = [names.get(value, False) for value in values[name]]
        for name in self._unnamed:
            values[name] = [value and (value, None) for value in values[name]]
        for field in self._to_many:
            linked = find_linked(field, values["id"], self._branches.get(field.name))
            values[field.field.name] = [linked.get(each, ()) for each in values["id"]]
        return values

    def take(self, ids):
        """Take the rows of records that were read before.

        :param list ids: of records
        :return: rows; None where not all were read
        :rtype: list of tuple, or None
        """
        known, self._rows = self._rows, {}
        rows = [known[each] for each in dict.fromkeys(ids) if each in known]
        return rows if len(rows) == len(set(ids)) else None

    def fetch(self, domain):
        """Read the rows of records.

        :param list domain: of the records
        :return: of those that the user may read; None where the model searches by
            itself
        :rtype: list of tuple, or None
        """
        query = self._model._search(domain, order="id")
        if not compat.is_pending(query):
            return None if list(query) else []
        return compat.select(self._model.env.cr, query, self.selected)

    def show(self, rows):
        """Show records as clients read them.

        :param list rows: of :attr:`selected`
        :return: by their ids
        :rtype: dict of dict
        """
        if not rows:
            return {}
        columns = self.to_values(rows)
        names = [field.name for field in self.fields]
        shown = zip(*(field.list_json(columns) for field in self.fields))
        return {
            record_id: dict(zip(names, row))
            for record_id, row in zip(columns["id"], shown)
        }

    def show_one(self, domain):
        """Read one record, and show it.

        :param list domain: that finds it alone
        :return: what clients read, and the moment of its last change, if that is kept;
            twice None where there is none, or the model searches by itself
        :rtype: (dict, datetime)
        """
        if self._model._log_access and "write_date" not in self._names:
            self._names.append("write_date")
        rows = self.fetch(domain)
        if not rows:
            return None, None
        (shown,) = self.show(rows).values()
        row = dict(zip(self._names, rows[0]))
        return shown, row.get("write_date")


def find_linked(field, ids, branch=None):
    """Find what records link, as reading the field does.

    :param ToManyField field: that :func:`has_rows` of
    :param ids: of the records
    :param Branch branch: of what is linked, where it is read by the same statement
    :return: ids of linked records, by those of the records
    :rtype: dict of tuple
    """
    own = field.field
    context = {"active_test": False, **own.context}
    model = field.comodel.with_context(**context)
    columns = branch and branch.find_columns_of(model)
    domain = compat.get_link_domain(own, field.env)
    if own.type == "one2many":
        domain = [*domain, (own.inverse_name, "in", list(ids))]
    limit = branch.max_lines if columns else None
    # From 19.0, it has no order of its own.
    query = model._search(domain, limit=limit, order=model._order)
    if not compat.is_pending(query):  # the model searches by itself, or in vain
        lines = model.browse(query).sudo().with_context(prefetch_fields=False)
        return _group((line[own.inverse_name].id, line.id) for line in lines)
    if own.type == "one2many":
        owner = f'"{model._table}"."{own.inverse_name}"'
    else:
        table = query.join(model._table, "id", own.relation, own.column2, own.name)
        owner = f'"{table}"."{own.column1}"'
        query.add_where(f"{owner} = ANY(%s)", [list(ids)])
    selected = [owner, f'"{model._table}"."id"']
    if columns:
        selected += columns.selected
    rows = compat.select(model.env.cr, query, selected)
    if columns:
        columns.keep([row[2:] for row in rows])
    return _group(row[:2] for row in rows)


def _group(pairs):
    """Group ids of linked records by those of what links them.

    :param pairs: iterable of (int, int)
    :rtype: dict of tuple
    """
    linked = {}
    for record_id, linked_id in pairs:
        linked.setdefault(record_id, []).append(linked_id)
    return {record_id: tuple(found) for record_id, found in linked.items()}


def has_rows(field):
    """Tell whether rows say what a field links: lines, or those of a table of its own.

    :param RecordField field: of any type
    :rtype: bool
    """
    if not isinstance(field, ToManyField) or field.field.inherited:
        return False
    if getattr(field.field, "limit", None) or field.may_be_masked:
        return False
    model = field.comodel
    if searches_by_itself(model) or not compat.has_access(model, "read"):
        return False
    if field.field.type == "many2many":  # read by Odoo's search, up to 18.0
        return bool(field.field.store) and not is_overridden(model, "_search")
    inverse = field.inverse
    return inverse is not None and inverse.store and inverse.type == "many2one"


def find_columns(model, fields, names, branches=MappingProxyType({})):
    """Find the columns that have all that is read, if they do.

    They do not where a model has methods of its own to read records.

    :param odoo.models.Model model: that has the fields
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :param list names: of fields; None for those that are read by default
    :param dict branches: of linked records that are put in the place of links, by names
    :rtype: Columns, or None
    """
    if not compat.has_access(model, "read"):  # another model may say what there is
        return None
    if any(is_overridden(model, name) for name in (*METHODS, *READING_METHODS)):
        return None
    names = dict.fromkeys(["id", *choose_names(fields, names)])
    chosen = [fields.get(name) for name in names]
    if not all(field and (field.is_column or has_rows(field)) for field in chosen):
        return None
    return Columns(model, chosen, branches)
