"""What keeps a resource from being served, in words for an administrator."""

from odoo import api

from ..translating import _lt, translate
from .fields import make_fields


def find_problem(env, model_name, declaration, domain=()):
    """Find out why a model can't be served as it is declared.

    It is described to everybody, so that it is described here as for the public.

    :param odoo.api.Environment env: of any user
    :param str model_name: of the model
    :param declaration: as :func:`make_fields` takes it
    :param list domain: in which the records are
    :rtype: str, or None if there is no problem
    """
    public = env.ref("base.public_user").id
    env = api.Environment(env.cr, public, {"lang": env.context.get("lang")})
    if model_name not in env:
        return translate(env, _lt("The model %s is not there any more.")) % model_name
    model = env[model_name]
    for name in declaration:
        access = declaration[name] if isinstance(declaration, dict) else None
        try:
            describe_field(model, name, access)
        except Exception as error:
            problem = _lt("The field %(name)s can't be served: %(error)s")
            return translate(env, problem) % {"name": name, "error": error}
    unknown = find_unknown_names(model, domain)
    if unknown:
        problem = _lt("The filter names %s, which is not there.")
        return translate(env, problem) % unknown[0]
    return None


def describe_field(model, name, access=None):
    """Describe a field as the OpenAPI document does.

    :param odoo.models.Model model: empty recordset
    :param str name: of the field
    :param access: of its declaration
    :raise Exception: whatever keeps it from being described
    """
    field = make_fields(model, {name: access} if access else [name])[name]
    field.get_json_schema()
    field.get_filter_schema()


def find_unknown_names(model, domain):
    """Find the fields that a domain names and a model has not.

    :param odoo.models.Model model: empty recordset
    :param list domain: of literals
    :rtype: list of str
    """
    names = (str(leaf[0]).split(".")[0] for leaf in domain if not isinstance(leaf, str))
    return [name for name in names if name not in model._fields]
