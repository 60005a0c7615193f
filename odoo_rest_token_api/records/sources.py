"""What the values of records come from: what is stored, where Odoo computes them."""

from odoo.addons.odoo_rest_token import compat

MAX_RECORDS = 1000  # that a computed value is followed to, from each link


def is_kept(model, field):
    """Tell whether a value is one that somebody wrote: it is stored, or another's is.

    :param odoo.models.Model model: that has the field
    :param odoo.fields.Field field: of the model
    :rtype: bool
    """
    origin = get_origin(model, field)
    return bool(origin.store or getattr(origin, "company_dependent", False))


def get_origin(model, field):
    """Follow a related field to the one that has its value.

    :param odoo.models.Model model: that has the field
    :param odoo.fields.Field field: any
    :rtype: odoo.fields.Field, the field itself where it is not related
    """
    while field.related and not field.store:
        *links, name = compat.get_related_path(field)
        for link in links:
            model = model.env[model._fields[link].comodel_name]
        field = model._fields[name]
    return field


def get_sources(record, fields):
    """Return the stored values that computed ones are made of, as Odoo declares it.

    :param odoo.models.Model record: one, or several
    :param fields: computed, of that model
    :return: what ``json`` can write, or ``str``
    :rtype: list
    """
    sources, seen = [], set()
    record = record.sudo().with_context(active_test=False)
    for field in fields:
        sources.append([field.name, *_iter_sources(record, field, seen)])
    return sources


def _iter_sources(records, field, seen):
    key = (field, records._ids)
    if key in seen or not records:
        return
    seen.add(key)
    for path in compat.get_depends(records, field):
        linked = records
        for name in path.split("."):
            source = linked._fields.get(name)
            if source is None:
                break
            if not is_kept(linked, source):
                yield from _iter_sources(linked, source, seen)
            elif source.type == "binary":
                break  # what it is of has a moment of its last change
            elif not source.relational:
                yield [name, *linked.mapped(name)]
            if not source.relational:
                break
            linked = linked[name][:MAX_RECORDS]
            yield [name, *linked._ids]
