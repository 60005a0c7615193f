"""Models that show something else than what is stored, such as the private events of
others: what a client can't read is found by nothing, and sorts nothing.
"""

from .rights import has_own

METHODS = (  # by which values are read, in one series or another
    "read",
    "_read",
    "_read_format",
    "_read_from_database",
    "fetch",
    "_fetch_query",
)
# These refuse what is not for the user, or follow another model. They mask nothing that
# a group of its own does not hide already.
PLAIN_MODULES = frozenset(
    f"odoo.addons.{name}"
    for name in (
        "account.models.account_move",
        "account.models.account_move_line",
        "base.models.ir_attachment",
        "base.models.res_users",
        "hr.models.hr_employee",
        "mail.models.mail_activity",
        "mail.models.mail_message",
        "project.models.project",
        "project.models.project_task",
    )
)


def may_mask(model, field):
    """Tell whether a user may be shown another value than the one that is stored.

    :param odoo.models.Model model: that has the field, in the user's environment
    :param odoo.fields.Field field: of the model
    :rtype: bool
    """
    if model.env.su or field.name == "id":
        return False
    models = [model]
    if field.inherited:
        models.append(model.env[field.base_field.model_name])
    return any(_may_mask(each, field.name) for each in models)


def _may_mask(model, name):
    if not has_own(type(model), METHODS, PLAIN_MODULES):
        return False
    get_public_fields = getattr(model, "_get_public_fields", None)  # of events
    return not get_public_fields or name not in get_public_fields()
