"""Reads records, and the names of those that they link."""

from odoo.exceptions import MissingError
from odoo.models import BaseModel

from odoo.addons.odoo_rest_token import compat

from .rights import has_own, is_overridden

READING_METHODS = ("read", "_read_format")
NAMING_METHODS = ("_compute_display_name", "name_get")  # the latter up to Odoo 16.0
# These have such methods, and give what the field has that names other records.
PLAIN_NAMING = frozenset({"odoo.addons.base.models.res_currency"})


def list_read_names(fields):
    """List what is read of the ORM to show fields, in their order.

    The order matters: what Odoo computes finds in memory what was read before it, and
    may ask for what is not for the user where it does not.

    :param fields: iterable of :class:`RecordField`, of one model
    :rtype: list of str
    """
    return list(dict.fromkeys(n for field in fields for n in field.get_read_names()))


def read_records(records, names):
    """Read fields as ``read()`` does, but the names of linked records all at once.

    :param records: of any model
    :param list names: of fields
    :return: many2one fields as ``(id, name)`` or ``False``
    :rtype: list of dict
    """
    names = names or ["id"]  # read([]) would read all fields
    if not _are_as_odoo_has_them(records, READING_METHODS):
        rows = {row["id"]: row for row in records.read(names)}  # in any order
        return [rows[record_id] for record_id in records.ids if record_id in rows]
    rows = records.read(names, load=None)
    for name in names:
        field = records._fields[name]
        if field.type != "many2one":
            continue
        ids = {row[name] for row in rows if row[name]}
        if ids:
            links = find_names(records.env[field.comodel_name].browse(ids))
            for row in rows:
                row[name] = links.get(row[name], False)
    return rows


def find_names(records):
    """Find the names of records, whether the user may see those records or not.

    So does ``read()``: who may read a record may know what it links.

    :param records: of any model; such as are missing are left out
    :return: ``(id, name)``, by id
    :rtype: dict
    """
    records = records.sudo()
    name = None if compat.is_computed(records) else get_naming_field(records)
    names = _select_names(records, name) if name and records else {}
    records = records.browse(id_ for id_ in records._ids if id_ not in names)
    return {**names, **_ask_names(records)} if records else names


def _select_names(records, name):
    """Select the names that a column has, but such as are empty.

    :param str name: of a field, of :func:`get_naming_field`
    :return: ``(id, name)``, by id
    :rtype: dict
    """
    model = records.browse().with_context(active_test=False)
    compat.flush_fields(model, [name])
    query = BaseModel._search(model, [("id", "in", records.ids)], order="id")
    if not compat.is_pending(query):
        return {}
    columns = [f'"{model._table}"."id"', compat.get_column(model, name, query)]
    return {
        row[0]: row for row in compat.select(model.env.cr, query, columns) if row[1]
    }


def _ask_names(records):
    if _is_named_by_a_field(records):  # with which Odoo would fetch all others
        records = records.with_context(prefetch_fields=False)
    else:  # what was computed on the way may have named them in another context
        compat.invalidate(records, ["display_name"])
    try:
        return {record.id: (record.id, record.display_name) for record in records}
    except MissingError:  # where there is no foreign key
        records = records.exists()
        return {record.id: (record.id, record.display_name) for record in records}


def get_naming_field(records):
    """Return the field that has the names of records in a column of texts.

    :param records: of any model
    :rtype: str, or None where names are made of others
    """
    name = "display_name"
    if not records._fields[name].store and _is_named_plainly(records):
        name = records._rec_name
    field = records._fields.get(name)
    return name if field and field.store and field.type in ("char", "text") else None


def _is_named_by_a_field(records):
    display_name = records._fields["display_name"]
    return display_name.store or _is_named_plainly(records)


def _is_named_plainly(records):
    return not has_own(type(records), NAMING_METHODS, PLAIN_NAMING)


def _are_as_odoo_has_them(records, methods):
    return not any(is_overridden(records, name) for name in methods)
