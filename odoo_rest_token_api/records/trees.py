"""Trees of records, and what hangs below one of theirs."""

from odoo.exceptions import AccessError

from .masks import may_mask

MAX_LEVELS = 100  # where there is no path to search by


def is_tree(model):
    """Tell whether records of a model have parents of the same model.

    Those that the user may not be shown make no tree.

    :param odoo.models.Model model: empty recordset
    :rtype: bool
    """
    parent = model._fields.get(model._parent_name)
    return (
        parent is not None
        and parent.type == "many2one"
        and parent.comodel_name == model._name
        and bool(parent.store)
        and not may_mask(model, parent)
    )


def find_descendants(model, record_id):
    """Find a record and all below it, as far as the user can see them.

    A tree that leads back to itself has an end too, unlike Odoo's ``child_of``.

    :param odoo.models.Model model: of which :func:`is_tree` holds
    :param int record_id: of the top
    :return: ids; none where the user can't see the top
    :rtype: list
    :raise ValueError: there are too many levels
    """
    model = model.with_context(active_test=False)
    try:
        top = model.search([("id", "=", record_id)])
        path = model._parent_store and top.sudo().parent_path
        if path:
            return model.search([("parent_path", "=like", f"{path}%")]).ids
        return list(_find_by_level(model, top.ids))
    except AccessError:
        return []


def _find_by_level(model, level):
    found = set(level)
    for _level in range(MAX_LEVELS):
        if not level:
            return found
        children = model.search([(model._parent_name, "in", level)])
        level = [child for child in children.ids if child not in found]
        found.update(level)
    raise ValueError(f"has more than {MAX_LEVELS} levels below it")
