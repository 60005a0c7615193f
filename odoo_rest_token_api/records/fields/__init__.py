"""Fields of a resource: their schemas, their values on the wire, and their filters.

A field of the ORM is wrapped in a :class:`~.base.RecordField` of its type. The schemas
come from what the ORM says of the field.
"""

from odoo.addons.odoo_rest_token import compat

from ..access import WRITE, get_default_access
from .base import READ_ONLY
from .binary import BinaryField
from .links import (
    ComputedMany2oneField,
    LinkField,
    Many2oneField,
    ReferenceField,
    ToManyField,
    check_links,
    is_empty,
)
from .numbers import BooleanField, FloatField, IdField, IntegerField, MonetaryField
from .structures import JsonField, PropertiesDefinitionField, PropertiesField
from .texts import SelectionField, TextField
from .times import DateField, DatetimeField

__all__ = [
    "FIELD_TYPES",
    "READ_ONLY",
    "LinkField",
    "MonetaryField",
    "ToManyField",
    "can_be_served",
    "check_links",
    "choose_names",
    "is_empty",
    "make_fields",
]

FIELD_TYPES = {
    "char": TextField,
    "text": TextField,
    "html": TextField,
    "integer": IntegerField,
    "many2one_reference": IntegerField,
    "float": FloatField,
    "monetary": MonetaryField,
    "boolean": BooleanField,
    "date": DateField,
    "datetime": DatetimeField,
    "selection": SelectionField,
    "binary": BinaryField,
    "image": BinaryField,
    "many2one": Many2oneField,
    "one2many": ToManyField,
    "many2many": ToManyField,
    "reference": ReferenceField,
    "json": JsonField,
    "properties": PropertiesField,
    "properties_definition": PropertiesDefinitionField,
}


def can_be_served(field):
    """Tell whether the ORM has values of a field that JSON can say.

    It has none of lines whose model does not say whose they are.

    :param odoo.fields.Field field: of a model
    :rtype: bool
    """
    has_lines = field.type == "one2many" and not field.compute
    return field.type in FIELD_TYPES and not (has_lines and not field.inverse_name)


def make_fields(model, declaration):
    """Wrap the fields of a model as a service declares them.

    :param odoo.models.Model model: empty recordset
    :param declaration: a list of names, where the ORM says which may be written and
        which are required; or a dict from names to ``"read"``, ``"write"`` or
        ``"required"``, or to such a dict for the records that a field links
    :return: by their name on the wire, ``id`` among them
    :rtype: dict of RecordField
    :raise ValueError: there is no such field, or its type can't be served
    """
    fields = {"id": IdField(model.env, "id", model._fields["id"])}
    for name in declaration:
        field = model._fields.get(name)
        if field is None or not can_be_served(field):
            raise ValueError(f"{model._name} has no field {name!r} that can be served")
        access = declaration[name] if isinstance(declaration, dict) else None
        children = None
        if isinstance(access, dict):
            comodel = model.env[field.comodel_name]
            children, access = make_fields(comodel, access), WRITE
            children.pop("id")
        access = access or get_default_access(model, name)
        wrap = get_field_type(model, field)
        fields[name] = wrap(model.env, name, field, access, children)
    return fields


def choose_names(fields, names=None):
    """Return the names of what is read: those that are chosen, or read by default.

    :param dict fields: of :class:`RecordField`, by their name on the wire
    :param list names: that are chosen, if any are
    :rtype: list of str
    """
    if names is not None:
        return names
    return [name for name, field in fields.items() if field.by_default]


def get_field_type(model, field):
    """Return the class that wraps a field.

    :param odoo.models.Model model: that has the field
    :param odoo.fields.Field field: of which :func:`can_be_served` holds
    """
    if field.type == "many2one" and compat.is_computed(model.env[field.comodel_name]):
        return ComputedMany2oneField
    return FIELD_TYPES[field.type]
