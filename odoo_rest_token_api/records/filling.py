"""Fills records in as Odoo's forms do: what follows from the values that a user enters.

A form opens with its defaults, and looks what follows from them. A user enters one
value after the other, and the form looks what follows from each: the model's own
methods say so (``@api.onchange``), and its fields that are computed. What was entered
stays. All of this is done on a record that is not in the database.
"""

import ast

from odoo.tools.safe_eval import safe_eval

from .access import find_form_access
from .rights import get_names_for_user


def fill_in(model, values):
    """Return the values of a record that is created, as its form would fill it in.

    :param odoo.models.Model model: an empty recordset, of the user
    :param dict values: of a client, for ``create()``
    :return: for ``create()``, with those of the client unchanged
    :rtype: dict
    """
    return _Form(model, values).get_values()


class _Form:
    """A form of a record that is not created yet.

    :param odoo.models.Model model: an empty recordset
    :param dict entered: what a user enters, for ``create()``
    :param known: values that the record has before anything is looked at
    """

    def __init__(self, model, entered, **known):
        self.entered = entered
        self.lines = {}  # forms of those that are entered, by the names of fields
        self.names = _get_form_names(model)
        self.names += [name for name in entered if name not in self.names]
        self._watched = [n for n in self.names if n in model._onchange_methods]
        self._defaults = self._get_defaults(model)
        self.record = model.new({**self._defaults, **known})
        for name in self._defaults:
            if name not in entered:
                self._look_what_follows(name)
        self._enter()

    def _get_defaults(self, model):
        """Return the defaults, of a form that is opened for what is entered.

        Some are of others, as the journal of an invoice is of its type.
        """
        context = {
            f"default_{name}": value
            for name, value in self.entered.items()
            if not isinstance(value, list)
        }
        return model.with_context(**context).default_get(self.names)

    def _enter(self):
        in_order = [name for name in self.names if name in self.entered]
        for name in in_order:
            if isinstance(self.entered[name], list):
                self._enter_links(name, self.entered[name])
            else:
                self.record[name] = self.entered[name]
            self._look_what_follows(name)
        # What was entered stays, though something else follows from others.
        for name in filter(self._differs, in_order):
            self.record[name] = self.entered[name]
            self._look_what_follows(name)
        for name in filter(self._differs, in_order):
            self.record[name] = self.entered[name]

    def _differs(self, name):
        entered = self.entered[name]
        return not isinstance(entered, list) and self._convert(name) != entered

    def _enter_links(self, name, commands):
        field = self.record._fields[name]
        if field.type != "one2many":
            self.record[name] = commands
            return
        comodel = self.record.env[field.comodel_name]
        comodel = comodel.with_context(**self._get_context_of(name))
        owner = {field.inverse_name: self.record} if field.inverse_name else {}
        forms = self.lines[name] = []
        for code, _id, values in commands:
            if code == 0:
                forms.append(_Form(comodel, values, **owner))
                self.record[name] |= forms[-1].record

    def _get_context_of(self, name):
        """Return the context in which the form creates linked records.

        :param str name: of the field that links them
        :rtype: dict
        """
        text = find_form_access(self.record.browse()).contexts.get(name)
        if not text:
            return {}
        try:
            names = {
                n.id
                for n in ast.walk(ast.parse(text.strip(), mode="eval"))
                if isinstance(n, ast.Name)
            }
            known = {n: self._convert(n) for n in names.intersection(self.names)}
            known.update(context=self.record.env.context, uid=self.record.env.uid)
            return dict(safe_eval(text.strip(), known))
        except Exception:  # of others' views: of names that the web client alone knows
            return {}

    def _look_what_follows(self, name):
        """Do what the form does as a value has changed, and others by that."""
        done, changed = set(), [name]
        while changed:
            current = changed.pop(0)
            if current in done:
                continue
            done.add(current)
            methods = self.record._onchange_methods.get(current, ())
            before = {n: self.record[n] for n in self._watched} if methods else {}
            for method in methods:
                result = method(self.record)
                self._take(result.get("value") if isinstance(result, dict) else None)
            changed += [n for n, value in before.items() if self.record[n] != value]

    def _take(self, values):
        """Take values that a method returns, as those of older addons do."""
        fields = self.record._fields
        known = {n: v for n, v in (values or {}).items() if n in fields and n != "id"}
        self.record.update(known)

    # ------------------------------------------------------------
    # What is in the form
    # ------------------------------------------------------------

    def get_values(self):
        """Return what is in the form, for ``create()``.

        :rtype: dict
        """
        values = {}
        for name in self.names:
            if name in self.lines:
                values[name] = self._get_lines(name)
            elif name in self.entered:
                values[name] = self.entered[name]
            elif self._is_sent(name):
                value = self._convert(name)
                if value or name in self._defaults:
                    values[name] = value
        return values

    def _is_sent(self, name):
        """Tell whether a form sends a field that nobody entered a value of."""
        field = self.record._fields[name]
        if not field.store or field.compute and (field.readonly or field.inverse):
            return False
        if field.type != "one2many":
            return True
        # Others of the same records may be those that were entered, as of an invoice.
        entered = (self.record._fields[each].comodel_name for each in self.lines)
        return field.comodel_name not in entered

    def _get_lines(self, name):
        """Return the commands of lines: those that were entered, and others."""
        forms = iter(self.lines[name])
        commands = [
            (0, 0, next(forms).get_values()) if command[0] == 0 else command
            for command in self.entered[name]
        ]
        entered = {form.record.id for form in self.lines[name]}
        others = (line for line in self.record[name] if line.id not in entered)
        return [*commands, *map(self._to_command, others)]

    def _convert(self, name):
        """Return a value of the record, for ``create()``."""
        field = self.record._fields[name]
        value = self.record[name]
        if field.type == "one2many":
            return [self._to_command(line) for line in value]
        if field.type == "many2many":
            return [(6, 0, value._origin.ids)] if value._origin else []
        if field.type == "many2one":
            return value._origin.id
        return self.record._convert_to_write({name: value}).get(name, False)

    def _to_command(self, line):
        if line._origin:
            return (4, line._origin.id, 0)
        return (0, 0, _Reading(line).get_values())


class _Reading(_Form):
    """A form of a line that nobody entered: it follows from something else."""

    def __init__(self, record):  # pylint: disable=super-init-not-called
        self.record = record
        self.entered, self.lines = {}, {}
        self.names = _get_form_names(record.browse())
        self._defaults = {}


def _get_form_names(model):
    """Return the fields of a model's forms that the user may write, in their order.

    A model without forms is shown with all that it has.

    :rtype: list of str
    """
    names = find_form_access(model).present or model._fields
    return get_names_for_user(model, names)
