"""The form of a dialog, as the web client holds it before a button is pressed."""

import logging

from odoo.addons.odoo_rest_token import compat

_logger = logging.getLogger(__name__)

APART = ("button", "field", "footer", "header", "label", "script", "style", "templates")
BLOCKS = ("form", "group", "sheet", "page", "notebook")
UNSPOKEN = ("binary", "boolean", "html", "one2many")


class DialogForm:
    """A form that a user has opened, and entered some values in.

    :param odoo.models.Model model: of a wizard, an empty recordset
    :param lxml.etree._Element arch: of its view
    :param wizard: the record that is shown, or an empty recordset for a new one
    :param dict entered: what is changed, as ``write()`` takes it
    """

    def __init__(self, model, arch, wizard, entered):
        self.entered = entered
        self._arch = arch
        self._values = {} if wizard else self._fill(model)
        self.record = model.new({**self._values, **entered}, origin=wizard or None)

    def _get_nodes(self):
        """Return the fields of the form itself, not of lists in it, as a list."""
        return [
            node for node in self._arch.iter("field") if not is_nested(node, self._arch)
        ]

    def _fill(self, model):
        """Fill the form in, as one that a user opens and changes some values of.

        :return: all that it holds, as ``create()`` takes it
        :rtype: dict
        """
        shown = list(dict.fromkeys(node.get("name") for node in self._get_nodes()))
        names = [n for n in shown if model._fields[n].type != "one2many"]
        # Lines depend on other defaults: all are asked for together.
        values = dict(model.default_get(shown))
        values.update(_convert(model, compat.fill_form(model, names, {}), {}))
        known = {n: value for n, value in self.entered.items() if n in names}
        if known:
            values.update(known)
            changed = compat.fill_form(model, names, values, list(known))
            values.update(_convert(model, changed, values))
        return values

    # ------------------------------------------------------------
    # What is sent
    # ------------------------------------------------------------

    def get_values(self):
        """Return what the web client sends as a button is pressed.

        It is all that a user could have changed, as it stands: of what is computed
        together, Odoo computes nothing where one is given.

        :return: for ``create()``, or ``write()``
        :rtype: dict
        """
        editable = {
            node.get("name")
            for node in self._get_nodes()
            if node.get("force_save") in ("1", "True") or not self._is_read_only(node)
        }
        sent = {n: value for n, value in self._values.items() if n in editable}
        return {**sent, **self.entered}

    def _is_read_only(self, node):
        field = self.record._fields[node.get("name")]
        condition = compat.get_modifier(node, "readonly")
        return field.readonly if condition is None else self._holds(condition)

    def _holds(self, condition):
        try:
            return compat.holds(condition, self.record)
        except Exception:  # of others' views: of names that the web client alone knows
            _logger.debug("%r can't be told", condition, exc_info=True)
            return False

    # ------------------------------------------------------------
    # What is seen
    # ------------------------------------------------------------

    def is_shown(self, node):
        """Tell whether a user sees a node, with the values that the form holds.

        :rtype: bool
        """
        return not any(
            self._holds(compat.get_modifier(each, "invisible"))
            for each in (node, *node.iterancestors())
        )

    def get_text(self):
        """Return what is written in the form.

        :rtype: str
        """
        text = " ".join("".join(self._read(self._arch)).split())
        return text if any(map(str.isalnum, text)) else ""

    def _read(self, node):
        if not self._holds(compat.get_modifier(node, "invisible")):
            yield node.text or ""
            for child in node:
                if child.tag == "field" and _is_written_in(node):
                    yield self._read_field(child)
                elif isinstance(child.tag, str) and child.tag not in APART:
                    yield from self._read(child)
                yield child.tail or ""
        yield " " if node.tag != "span" else ""

    def _read_field(self, node):
        """Return the value of a field that stands in a sentence."""
        field = self.record._fields[node.get("name")]
        if field.type in UNSPOKEN or self._holds(
            compat.get_modifier(node, "invisible")
        ):
            return ""
        value = self.record[field.name]
        if field.type == "selection":
            value = dict(field._description_selection(self.record.env)).get(value)
        elif field.relational:
            value = ", ".join(value.mapped("display_name"))
        elif field.type in ("date", "datetime"):
            value = field.to_string(value)
        return "" if value in (None, False) else str(value)


def is_nested(node, arch):
    """Tell whether a node of a form is in a list inside of it."""
    for ancestor in node.iterancestors():
        if ancestor is arch:
            return False
        if ancestor.tag == "field":
            return True
    return False


def is_hidden(node):
    """Tell whether a node of a form is never seen."""
    return compat.get_modifier(node, "invisible") is True


def _is_written_in(node):
    """Tell whether there are words beside the fields of a node."""
    words = [node.text, *(child.tail for child in node)]
    return node.tag not in BLOCKS and any(word and word.strip() for word in words)


def _convert(model, sent, known):
    """Turn what a form is sent into what ``create()`` takes.

    :param dict sent: by Odoo, of fields that are no lines
    :param dict known: what the form has held so far
    :rtype: dict
    """
    values = {}
    for name, value in sent.items():
        kind = model._fields[name].type
        if kind == "one2many":
            continue
        if kind == "many2one":
            value = value["id"] if isinstance(value, dict) else value
            value = value[0] if isinstance(value, (list, tuple)) else value
        elif kind == "many2many":
            value = [(6, 0, _apply(value, _apply(known.get(name))))]
        values[name] = value
    return values


def _apply(commands, ids=()):
    """Return the ids of linked records after some commands, which may be ids alone."""
    ids = list(ids)
    for command in commands or ():
        code, *linked = (4, command) if isinstance(command, int) else command
        if code in (5, 6):
            ids = list(linked[1]) if code == 6 else []
        elif code in (2, 3):
            ids = [each for each in ids if each != linked[0]]
        elif code in (1, 4) and linked[0] not in ids:
            ids.append(linked[0])
    return ids
