"""Records by what they are called, whether the user may see those records or not.

Who may read what links them is shown their names. So it is the names that are compared,
and nothing else by which Odoo finds records, such as the VAT number of a partner.
"""

from .operators import is_like
from .reading import find_names, get_naming_field

MAX_READ = 1000  # records of a model whose names are compared in any case
MAX_COMPARED = 10_000  # of those that Odoo finds


def find_named(model, operator, text):
    """Find records that have a part of a text in their names.

    :param odoo.models.Model model: empty recordset
    :param str operator: ``like`` or ``ilike``
    :param str text: that is not empty
    :rtype: odoo.osv.query.Query, or list of int
    :raise ValueError: there are too many; the message is for the client
    """
    model = model.sudo().with_context(active_test=False)
    name = get_naming_field(model)
    if name:
        return model._search([(name, operator, text)], order="id")
    records = model.search([], limit=MAX_READ + 1)
    if len(records) > MAX_READ:
        found = model.name_search(text, operator=operator, limit=MAX_COMPARED + 1)
        if len(found) > MAX_COMPARED:
            raise ValueError("finds too many: look for more of the name")
        records = model.browse([record_id for record_id, _name in found])
    names = find_names(records).values()
    return [i for i, name in names if is_like(name or "", text, operator == "ilike")]
