"""How records are found by the values of a field, wherever the ORM has those values.

A field is searched by what clients see of it: a condition that holds of no value is the
opposite of one that does not. So the ORM, and the methods by which fields are searched,
are asked for records that have values, and for nothing else.
"""

import logging

from odoo.addons.odoo_rest_token import compat

from ..errors import is_database_failure
from .operators import get_opposite

_logger = logging.getLogger(__name__)

MAX_READ = 1000  # records of a model whose values are read in any case
MAX_COMPARED = 10_000  # of those whose values are read where it has to be
MAX_UNMASKED = 100_000  # of those that may be shown otherwise than they are stored


def find(field, operator, value):
    """Return the domain of the records that clients see such values of.

    :param RecordField field: that is searched by
    :param str operator: on the wire
    :param value: that it compares with
    :rtype: list
    :raise ValueError: they can't be found; the message is for the client
    """
    if not field.may_be_masked:
        if field.is_stored:
            return field.get_column_domain(operator, value)
        related = field.field.related and compat.get_related_path(field.field)
        if related and len(related) == 1:  # another name of a field
            return _find_by_related(field, operator, value)
    if field.holds(operator, value, None):
        return _find_others(_find_present(field, *get_opposite(operator, value)))
    return _find_present(field, operator, value)


def _find_others(domain):
    """Return the domain of all records but those of a domain of one term.

    ``not in`` the records of a query is not true where there is no record at all.
    """
    ((name, operator, value),) = domain
    if operator == "not in":
        return [(name, "in", value)]
    if name == "id":
        return [(name, "not in", value)]
    return compat.join_or([[(name, "not in", value)], [(name, "=", False)]])


def _find_present(field, operator, value):
    if field.may_be_masked:
        return [("id", "in", _find_by_method(field, operator, value))]
    if getattr(field.field, "company_dependent", False) and not field.field.inherited:
        return _find_by_company_values(field, operator, value)
    if field.field.related and _follows_columns(field):
        return _find_by_related(field, operator, value)
    return [("id", "in", _find_by_method(field, operator, value))]


def _find_by_company_values(field, operator, value):
    values, default = compat.get_company_values(field.model, field.field)
    ids = {True: [], False: []}
    *shown, default = field.complete([*values.values(), default])
    for record_id, its_value in zip(values, shown):
        ids[field.holds(operator, value, its_value)].append(record_id)
    if field.holds(operator, value, default):
        return [("id", "not in", ids[False])]
    return [("id", "in", ids[True])]


def _follows_columns(field):
    """Tell whether a related field is that of one record, by links of columns."""
    model = field.model
    for name in compat.get_related_path(field.field)[:-1]:
        link = model._fields[name]
        if link.type != "many2one" or not link.store:
            return False
        model = model.env[link.comodel_name]
    return True


def _find_by_related(field, operator, value):
    """Follow the path of a related field from its end.

    It is shown to whoever may read the record, unless it says otherwise.
    """
    *links, name = compat.get_related_path(field.field)
    model = field.model.with_context(active_test=False)
    if field.field.compute_sudo:
        model = model.sudo()
    models = [model]
    for link in links:
        models.append(models[-1][link].browse())
    comodel = models.pop()
    target = type(field)(comodel.env, name, comodel._fields[name])
    domain = target.get_domain(operator, value)
    for model, link in reversed(list(zip(models, links))):
        comodel = model.env[model._fields[link].comodel_name]
        domain = [(link, "in", comodel._search(domain, order="id"))]
    return domain


def _find_by_method(field, operator, value):
    """Find records by the method that the field is searched by, or by their values.

    Such methods take some operators alone, and fail on the others in ways of their own.
    Some find what is not shown, and some do not find what is. So the values of all
    records are read, if these are few; what a method finds is read, if it finds few.

    :return: ids
    :rtype: list
    """
    model = field.model.with_context(active_test=False)
    found = model.search([], limit=MAX_READ + 1)
    if len(found) > MAX_READ:
        found = _ask_method(model, field, operator, value)
    if len(found) > MAX_COMPARED:
        if not field.may_be_masked:
            return found.ids
        if len(found) > MAX_UNMASKED:
            raise ValueError("finds too many, of which some may not be for you")
    name = field.field.name
    return [
        row["id"]
        for row in found.read([name])
        if field.holds(operator, value, row[name])
    ]


def _ask_method(model, field, operator, value):
    compat.flush_all(model.env)  # or what is pending would go with the savepoint
    try:
        with model.env.cr.savepoint(flush=False):
            return model.search(_ask(field, operator, value))
    except Exception as error:
        if is_database_failure(error):
            raise
        _logger.info("%s is not searched by %r", field.field, operator, exc_info=True)
        records = model.search([], limit=MAX_COMPARED + 1)
        if len(records) > MAX_COMPARED:
            raise ValueError("can't be searched so") from error
        return records


def _ask(field, operator, value):
    """Return the domain of a condition that holds of values alone, in plain terms."""
    if operator in ("empty", "ne"):
        return field.get_presence_domain()
    if operator == "not_in":
        others = [item for item in value if field.normalize(item)]
        domain = ["!", *_ask(field, "in", others)]
        return compat.join_and([field.get_presence_domain(), domain])
    if operator == "in" and not field.takes_lists:
        return compat.join_or([field.get_column_domain("eq", item) for item in value])
    return field.get_column_domain(operator, value)
