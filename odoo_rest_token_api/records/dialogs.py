"""What Odoo asks in a dialog, as a question that a client can answer.

A button may answer with a wizard, where the web client would open a dialog: whether to
make a backorder, how much was paid. For a client it is a 409 that says what is asked,
and the same request once more, with an answer, goes on from there.
"""

import logging

from werkzeug.exceptions import BadRequest

from odoo.tools.safe_eval import safe_eval

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError, shorten

from ..openapi.json_schema import to_json_schema
from ..openapi.parts import SCHEMAS
from ..schemas import make_validator, validate
from .access import READ, WRITE
from .dialog_forms import DialogForm, is_hidden, is_nested
from .fields import can_be_served, check_links, choose_names, make_fields
from .reading import list_read_names, read_records

_logger = logging.getLogger(__name__)

MAX_DIALOGS = 5  # that follow one another
DIALOG = "ir.actions.act_window"
ANSWER_KEYS = {"model", "choice", "values"}


class DialogAsked(JsonError):
    """409 of an action that asks something first, and has done nothing.

    :param Dialog dialog: what it asks
    """

    code = 409

    def __init__(self, dialog):
        self.dialog = dialog.describe()
        super().__init__(f"{self.dialog['title']}: an answer is needed")

    def get_values(self):
        return {**super().get_values(), "dialog": self.dialog}


class Dialog:
    """A wizard that an action opens.

    :param odoo.api.Environment env: of the user
    :param dict action: of ``ir.actions.act_window``, that opens it
    :param records: that the action was for
    """

    def __init__(self, env, action, records):
        self.action = action
        active = get_active_context(records)
        context = _get_context(action, {**env.context, **active})
        context.update(action.get("defaults", {}))
        context = {**active, **context}
        self.model = env[action["res_model"]].with_context(**context)
        self.arch = compat.get_form_arch(self.model, _get_view_id(action))
        self.fields = make_fields(self.model, self._get_declared_fields())
        self.fields.pop("id")

    def _get_declared_fields(self):
        """Return what the form shows, as services declare fields."""
        return _declare(self.model, self.arch)

    def _open(self, entered):
        """Open the form, with what is changed in it."""
        wizard = self.model.browse(self.action.get("res_id") or ())
        return DialogForm(self.model, self.arch, wizard, entered)

    def get_choices(self, form):
        """Return the buttons that a user sees, or all where a widget stands for them.

        :param DialogForm form: that is open
        :return: from the names of their methods to what they are called
        :rtype: dict
        """
        buttons = [
            button
            for button in self.arch.iter("button")
            if button.get("type") == "object"
            and not is_hidden(button)
            and not is_nested(button, self.arch)
            and compat.is_public_method(self.model, button.get("name"))
        ]
        choices = {}
        for button in [*filter(form.is_shown, buttons)] or buttons:
            title = button.get("string") or button.get("name")
            choices.setdefault(button.get("name"), title)
        return choices

    def describe(self):
        """Say what is asked.

        :return: what JSON takes
        :rtype: dict
        """
        schema = {name: f.get_cerberus_schema() for name, f in self.fields.items()}
        form = self._open({})  # who may not open it is told why
        return {
            "model": self.model._name,
            "title": self.action.get("name") or self.model._description,
            "text": form.get_text(),
            "fields": _follow(to_json_schema(schema)),
            "values": self._get_values(form),
            "choices": [
                {"choice": name, "title": title}
                for name, title in self.get_choices(form).items()
            ],
        }

    def _get_values(self, form):
        """Return what the form holds when it is opened.

        Nothing is left of it: who asks is rolled back.
        """
        try:
            with self.model.env.cr.savepoint():
                wizard = self._make(form)
                names = list_read_names(self.fields.values())
                values = read_records(wizard, names)[0]
        except Exception:  # of a wizard that needs more than its defaults
            _logger.debug("%r can't be filled in", self.model, exc_info=True)
            return {}
        chosen = {name: self.fields[name] for name in choose_names(self.fields)}
        return {
            name: field.to_json(values[field.field.name], values)
            for name, field in chosen.items()
        }

    def answer(self, answer):
        """Press a button.

        :param dict answer: what the client says: a ``choice``, and ``values``
        :return: what the method of the button returned
        :raise BadRequest: there is no such button, or a value is refused
        """
        form = self._open(self._read(answer.get("values") or {}))
        choices = self.get_choices(form)
        choice = answer.get("choice") or (
            next(iter(choices)) if len(choices) == 1 else None
        )
        if choice not in choices:
            names = ", ".join(choices)
            raise BadRequest(f"dialog.choice: must be one of {names}")
        return getattr(self._make(form), choice)()

    def _read(self, sent):
        schema = {
            name: {**field.get_cerberus_schema(), "required": False}
            for name, field in self.fields.items()
        }
        try:
            values = validate(make_validator(schema), sent)
            values = {
                self.fields[name].field.name: value
                for name, value in values.items()
                if self.fields[name].writable
            }
            links = [
                (name, *link)
                for name in sent
                if self.fields[name].field.name in values
                for link in self.fields[name].get_links(
                    values[self.fields[name].field.name], self.model
                )
            ]
            check_links(self.model.env, links)
        except ValueError as error:
            raise BadRequest(f"dialog.values: {error}") from error
        except BadRequest as error:
            raise BadRequest(f"dialog.values: {error.description}") from error
        return values

    def _make(self, form):
        """Make the wizard, or change the one that is shown.

        :param DialogForm form: that is open
        """
        wizard = form.record._origin
        if not wizard:
            return self.model.create(form.get_values())
        wizard.write(form.get_values())
        return wizard


def get_active_context(records):
    """Return what tells an action which records it is for, as the web client does.

    :param records: of any model
    :rtype: dict
    """
    return {
        "active_model": records._name,
        "active_id": records[:1].id,
        "active_ids": records.ids,
    }


def find_dialog(result, records):
    """Find the dialog that the web client would open for what a method returned.

    :param result: of the method
    :param records: that it was called for
    :rtype: Dialog, or None
    """
    if not isinstance(result, dict) or result.get("type") != DIALOG:
        return None
    model = records.env.get(result.get("res_model"))
    if result.get("target") != "new" or model is None or not model._transient:
        return None
    return Dialog(records.env, result, records)


def go_through(result, records, answers):
    """Answer all dialogs that follow one another.

    :param result: of what was called first
    :param records: that it was called for
    :param list answers: of the client, in that order
    :raise DialogAsked: there is one without an answer
    :raise BadRequest: an answer is refused
    """
    answers = list(answers)
    for _number in range(MAX_DIALOGS):
        dialog = find_dialog(result, records)
        if not dialog:
            return
        answer = answers.pop(0) if answers else None
        if answer is None or answer.get("model", dialog.model._name) != (
            dialog.model._name
        ):
            raise DialogAsked(dialog)
        result = dialog.answer(answer)
    if find_dialog(result, records):
        raise JsonError("Too many dialogs follow one another.", code=422)


def parse_answers(value):
    """Read the answers to dialogs that a client sent: one, or a list of them.

    :rtype: list of dict
    :raise ValueError: they are none
    """
    answers = value if isinstance(value, list) else [value]
    if len(answers) > MAX_DIALOGS:
        raise ValueError(f"must have at most {MAX_DIALOGS} answers")
    for answer in answers:
        if not isinstance(answer, dict):
            raise ValueError("must be an object, or a list of objects")
        unknown = answer.keys() - ANSWER_KEYS
        if unknown:
            raise ValueError(f"has no {shorten(min(unknown))!r}")
        for name in ("model", "choice"):
            if not isinstance(answer.get(name, ""), str):
                raise ValueError(f"{name} must be a string")
        if not isinstance(answer.get("values", {}), dict):
            raise ValueError("values must be an object")
    return answers


def _declare(model, arch):
    declared = {}
    for node in arch.iter("field"):
        name = node.get("name")
        field = model._fields.get(name)
        if (
            is_nested(node, arch)
            or field is None
            or not can_be_served(field)
            or is_hidden(node)
        ):
            continue
        lines = [child for child in node if child.tag in ("tree", "list")]
        if field.type == "one2many" and lines:
            declared[name] = _declare(model.env[field.comodel_name], lines[0])
        else:
            is_read = field.readonly or compat.get_modifier(node, "readonly") is True
            declared[name] = READ if is_read else WRITE
    return declared


def _follow(schema):
    """Put what is referred to in the place of references: there is no document."""
    if isinstance(schema, list):
        return [_follow(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _follow(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    return {key: _follow(item) for key, item in schema.items()}


def _get_context(action, context):
    text = action.get("context") or {}
    if isinstance(text, str):
        names = ("active_id", "active_ids", "active_model")
        known = {name: context.get(name) for name in names}
        text = safe_eval(text, {**known, "context": context, "uid": None})
    return dict(text)


def _get_view_id(action):
    for view_id, view_type in action.get("views") or ():
        if view_type == "form" and view_id:
            return view_id
    view_id = action.get("view_id")
    return view_id[0] if isinstance(view_id, (list, tuple)) else view_id
