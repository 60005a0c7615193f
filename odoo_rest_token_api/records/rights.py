"""Who may do what with the records of a model, and which models answer themselves."""

from functools import lru_cache

from odoo.exceptions import AccessError
from odoo.models import BaseModel

from odoo.addons.odoo_rest_token import compat

SEARCHING_METHODS = ("search", "search_fetch")  # the latter from Odoo 17.0 on
# These find all that their rules let them, whatever their order.
PLAIN_SEARCHES = frozenset(
    f"odoo.addons.{name}"
    for name in (
        "account.models.account_move_line",
        "crm.models.crm_lead",
        "hr.models.hr_employee",
    )
)


def is_overridden(model, name):
    """Tell whether a model has a method of its own in place of the ORM's.

    :param odoo.models.Model model: of any records
    :param str name: of the method, whether the ORM of this series has it or not
    :rtype: bool
    """
    return getattr(type(model), name, None) is not getattr(BaseModel, name, None)


def searches_by_itself(model):
    """Tell whether a model may leave out records that its rules let the user find.

    So do menus, for one, which are not all shown to everybody.

    :param odoo.models.Model model: of any records
    :rtype: bool
    """
    return has_own(type(model), SEARCHING_METHODS, PLAIN_SEARCHES)


@lru_cache(maxsize=4096)  # it is asked for each field, of classes that stay as they are
def has_own(model_class, names, plain):
    """Tell whether a model has methods of its own, but those that are known.

    :param type model_class: of the registry
    :param tuple names: of methods
    :param frozenset plain: names of modules whose methods do as the ORM's
    :rtype: bool
    """
    return any(
        vars(base)[name].__module__ not in plain
        for base in model_class.__mro__
        if base not in BaseModel.__mro__
        for name in names
        if name in vars(base)
    )


def get_readable(model, fields):
    """Return those of some fields that the current user may read.

    Some models keep others back than those of groups.

    :param odoo.models.Model model: that has the fields
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :rtype: dict
    """
    names = [field.field.name for field in fields.values()]
    given = _find_given(model, _find_allowed(model, names))
    return {name: each for name, each in fields.items() if each.field.name in given}


def may_read_field(model, name):
    """Tell whether the current user may read a field.

    :param odoo.models.Model model: empty recordset
    :param str name: of a field, whether the model has it or not
    :rtype: bool
    """
    names = [name] if name in model._fields else []
    return bool(_find_given(model, _find_allowed(model, names)))


def _find_allowed(model, names):
    """Return those of some fields that are of no group, or of one of the user's.

    Odoo's ``fields_get`` tells as much, but describes all groups with users' fields.

    :param odoo.models.Model model: that has the fields
    :param names: of its fields
    :rtype: list of str
    """
    fields = model._fields
    return [name for name in names if compat.is_in_groups(model, fields[name])]


def _find_given(model, names):
    """Find the fields that a model lets be read, of those that it might keep back.

    :param odoo.models.Model model: that has the fields
    :param list names: of its fields
    :rtype: set of str
    """
    try:
        return set(compat.check_readable(model, names))
    except AccessError:
        if len(names) == 1:
            return set()
    half = len(names) // 2
    return _find_given(model, names[:half]) | _find_given(model, names[half:])


def get_names_for_user(model, names):
    """Return those of some fields that the current user may read and write.

    :param odoo.models.Model model: that has the fields
    :param names: of its fields
    :return: without those that the ORM writes by itself
    :rtype: list of str
    """
    fields = model._fields
    written = [name for name in names if not compat.is_automatic(fields[name])]
    return _find_allowed(model, written)


def may_access(model, operation):
    """Tell whether the current user may do something with some records of a model.

    Some models give to those who have no right to them what another model says of their
    records, as employees do: whether they do is tried.

    :param odoo.models.Model model: empty recordset
    :param str operation: ``read``, ``write``, ``create`` or ``unlink``
    :rtype: bool
    """
    if compat.has_access(model, operation):
        return True
    if operation != "read" or not is_overridden(model, "_search"):
        return False
    try:
        model.search([], limit=1).read(["id"])
    except AccessError:
        return False
    return True
