"""Who may write what: what the ORM says of it, and what Odoo's forms let people do.

A field that forms show, and none lets people write in any state, is a rule of the
business: it follows from what is done with the record, as the state of a document does.
"""

import ast
from contextlib import suppress
from typing import NamedTuple

from lxml import etree

from odoo import SUPERUSER_ID, api

from odoo.addons.odoo_rest_token import compat

READ, WRITE, REQUIRED = "read", "write", "required"
YES, NO = ("1", "true"), ("0", "false")
LISTS = ("tree", "list")


class FormAccess(NamedTuple):
    """What the forms of a model do with its fields, by their names.

    :param frozenset shown: to people
    :param frozenset written: by people, in some state of the record at least
    :param tuple present: in the order of the forms, those that they hide among them
    :param dict contexts: in which they create linked records, by the names of fields
    """

    shown: frozenset
    written: frozenset
    present: tuple
    contexts: dict


def get_default_access(model, name):
    """What Odoo says of who may write a field.

    :param odoo.models.Model model: empty recordset
    :param str name: of the field
    :rtype: str
    """
    field = model._fields[name]
    if not may_be_written(model, name):
        return READ
    if field.required and not field.default and not field.compute:
        return REQUIRED
    return WRITE


def may_be_written(model, name):
    """Tell whether people may write a field, in some state of the record at least.

    :param odoo.models.Model model: empty recordset
    :param str name: of the field
    :rtype: bool
    """
    field = model._fields[name]
    if compat.is_automatic(field) or not (field.store or field.inverse):
        return False
    forms = find_form_access(model)
    if name in forms.shown:
        return name in forms.written
    return compat.is_editable(field)


def find_form_access(model):
    """Find what the forms of a model let people write, all extensions included.

    It is kept until a view changes. Lists that are edited in place are forms, too, and
    so is what the forms of other models have of this one.

    :param odoo.models.Model model: empty recordset
    :rtype: FormAccess
    """
    env = api.Environment(model.env.cr, SUPERUSER_ID, {})
    return env["rest.resource"]._keep_description(
        ("forms", model._name), lambda: _read_forms(env[model._name])
    )


def _read_forms(model):
    shown, written, present, contexts = set(), set(), {}, {}
    for node, writable, is_shown in _iter_nodes(model):
        name = node.get("name")
        if name not in model._fields:
            continue
        present[name] = True
        if node.get("context"):
            contexts.setdefault(name, node.get("context"))
        if is_shown and not _is_out_of_sight(node):
            shown.add(name)
            if writable and _may_write(node, model._fields[name]):
                written.add(name)
    return FormAccess(frozenset(shown), frozenset(written), tuple(present), contexts)


def _iter_nodes(model):
    """Iterate over the nodes of fields where people may write records.

    :return: nodes, and whether people may write anything there, and see anything
    :rtype: iterator of (lxml.etree._Element, bool, bool)
    """
    for arch in _find_archs(model.env, model._name, ("form", *LISTS)):
        if _is_form(arch):
            for node in _iter_fields(arch):
                yield node, True, True
    lines = model.env["ir.model.fields"].search(
        [("relation", "=", model._name), ("ttype", "=", "one2many")]
    )
    names_of = {}
    for line in lines:
        names_of.setdefault(line.model, set()).add(line.name)
    for parent in set(names_of).intersection(model.env):
        fields = model.env[parent]._fields
        names = names_of[parent].intersection(fields)
        for arch in _find_archs(model.env, parent, ("form",)):
            for node in _iter_fields(arch):
                if node.get("name") not in names:
                    continue
                writable = _may_write(node, fields[node.get("name")])
                is_shown = not _is_out_of_sight(node)
                for inner in filter(_is_form, node):
                    for inner_node in _iter_fields(inner):
                        yield inner_node, writable, is_shown


def _find_archs(env, model_name, types):
    views = env["ir.ui.view"].search(
        [
            ("model", "=", model_name),
            ("type", "in", types),
            ("mode", "=", "primary"),
        ]
    )
    archs = []
    for view in views:
        with suppress(Exception):  # nobody can open what fails
            archs.append(etree.fromstring(compat.get_combined_arch(view)))
    return archs


def _is_form(root):
    return root.tag == "form" or (root.tag in LISTS and bool(root.get("editable")))


def _iter_fields(root):
    """Iterate over the fields of a view that are not within another one."""
    for node in root:
        if not isinstance(node.tag, str):
            continue
        if node.tag == "field":
            yield node
        else:
            yield from _iter_fields(node)


def _is_out_of_sight(node):
    """Tell whether a field is hidden, or what it is in, up to its list."""
    while node is not None and not (node.tag in LISTS or node.tag == "form"):
        if _is_hidden(node):
            return True
        node = node.getparent()
    return False


def _is_hidden(node):
    return any(
        (node.get(name) or "").lower() in YES
        for name in ("invisible", "column_invisible")
    )


def _may_write(node, field):
    """Tell whether people may write a field where a view shows it, in some state."""
    if node.get("widget") == "statusbar":
        options = _parse(node.get("options"))
        if not options.get("clickable") or options["clickable"] in NO:
            return False
    readonly = (node.get("readonly") or "").lower()
    if readonly in YES:
        return False
    condition = _parse(node.get("attrs")).get("readonly")  # up to 16.0
    if condition is not None:
        return isinstance(condition, (list, tuple)) or not condition
    if readonly:  # "0", or an expression from 17.0 on
        return True
    return compat.is_editable(field)


def _parse(text):
    try:
        value = ast.literal_eval((text or "{}").strip())
    except (SyntaxError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
