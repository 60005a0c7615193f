import ast
import inspect
import re

from lxml import etree
from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.odoo_rest_token import compat

from ..records.arguments import TYPES, Argument, parse_default
from ..records.dialogs import get_active_context
from ..translating import _lt, translate

ARGUMENT_RE = re.compile(r"[a-z_][a-z0-9_]*")
# Scopes of resources, and keys of what is sent
TAKEN_NAMES = {"read", "write"}
TAKEN_ARGUMENTS = {"ids", "dialog"}
# What Odoo gives a meaning in every context
TAKEN_CONTEXT = {"active_id", "active_ids", "active_model", "allowed_company_ids"}
TAKEN_CONTEXT |= {"company_id", "force_company", "lang", "tz", "uid"}
# What the web client calls of its own, without a button in a view
CLIENT_METHODS = {
    "action_archive": _lt("Archive"),
    "action_unarchive": _lt("Unarchive"),
    "activity_schedule": _lt("Schedule an activity"),
    "message_post": _lt("Post a message"),
    "toggle_active": _lt("Archive or unarchive"),
}


@compat.add_constraints(
    name_unique=(
        "UNIQUE (resource_id, name)",
        "A resource has an action of that name already.",
    ),
)
class RestResourceAction(compat.ListViewMixin, models.Model):
    """What can be done with the records of a resource, beside reading and writing them.

    It is what a button does, or a server action, or a dialog of Odoo's, with the rights
    of who asks for it.
    """

    _name = "rest.resource.action"
    _inherit = ["rest.resource.element", "rest.deprecation.mixin"]
    _description = "Action of a REST Resource"

    resource_id = fields.Many2one("rest.resource", required=True, ondelete="cascade")
    model = fields.Char(related="resource_id.model_id.model", string="Model")
    name = fields.Char(
        required=True,
        help="Last part of the address, /api/<path>/<id>/<name>, and of the scope, "
        "<path>:<name>: small letters, digits, - and _.",
    )
    description = fields.Char(translate=True, help="What it does. Shown in Swagger UI.")
    active = fields.Boolean(default=True, help="Served, as long as this is on.")
    method = fields.Char(
        help="Of the model, which a button of its views calls, such as action_confirm."
    )
    button_id = fields.Many2one(
        "rest.resource.button",
        string="From a Button",
        compute="_compute_button_id",
        inverse="_inverse_button_id",
        help="Choose a button of the views of the model, and its method is filled in.",
    )
    server_action_id = fields.Many2one(
        "ir.actions.server",
        ondelete="cascade",
        domain="[('model_id.model', '=', model)]",
        help="Arguments are in its context, by their names.",
    )
    window_action_id = fields.Many2one(
        "ir.actions.act_window",
        string="Dialog",
        ondelete="cascade",
        domain="[('target', '=', 'new')]",
        help="Window action that opens a wizard, of a button or of the menu Action.",
    )
    at_once = fields.Boolean(
        string="Many at Once",
        help="For several records it is called once, as in a list, and not for each.",
    )
    context = fields.Char(
        default="{}", help="What the method finds in its context, as of a button."
    )
    argument_ids = fields.One2many(
        "rest.resource.argument", "action_id", string="Arguments", copy=True
    )

    def _compute_button_id(self):
        self.button_id = False

    def _inverse_button_id(self):
        for action in self.filtered("button_id"):
            action.method = action.button_id.method

    @api.onchange("button_id")
    def _onchange_button_id(self):
        button = self.button_id
        if button:
            self.method = button.method
            self.description = self.description or button.title
            self.name = self.name or re.sub(
                "^(action|button)_|[^a-z0-9_-]", "", button.method
            )

    @api.constrains("name", "resource_id")
    def _check_name(self):
        for action in self:
            action._check_word(TAKEN_NAMES)

    @api.constrains(
        "resource_id", "method", "server_action_id", "window_action_id", "context"
    )
    def _check_what_it_does(self):
        for action in self:
            kinds = (action.method, action.server_action_id, action.window_action_id)
            if len(list(filter(None, kinds))) != 1:
                raise ValidationError(
                    _(
                        "The action %s has to be a method, a server action or a "
                        "dialog: one of them.",
                        action.name,
                    )
                )
            action._check_method()
            action._check_actions()
            try:
                action._parse_context()
            except ValueError as error:
                raise ValidationError(
                    _(
                        "The context of %(action)s can't be used: %(error)s",
                        action=action.name,
                        error=error,
                    )
                ) from error

    def _check_method(self):
        model = self.env.get(self.resource_id.model_id.model)
        if self.method and (
            model is None or self.method not in get_methods(model.sudo())
        ):
            raise ValidationError(
                _("No button of the model calls a method %s.", self.method)
            )

    def _check_actions(self):
        action = self.server_action_id
        if action and action.model_id != self.resource_id.model_id:
            raise ValidationError(
                _("The server action %s is of another model.", action.name)
            )
        dialog = self.window_action_id
        if dialog:
            model = self.env.get(dialog.res_model)
            if model is None or not model._transient:
                raise ValidationError(_("%s opens no wizard.", dialog.name))

    def _parse_context(self):
        """Return what the context of the method gets.

        :rtype: dict
        :raise ValueError: it is no dictionary of literals
        """
        try:
            context = ast.literal_eval((self.context or "{}").strip())
        except SyntaxError as error:
            raise ValueError(error.msg) from error
        if not isinstance(context, dict):
            raise ValueError("a context is a dictionary")
        return context

    def _get_scope_name(self):
        """Return the scope that a token needs for it, where it is limited.

        :rtype: str
        """
        return f"{self.resource_id.path}:{self.name}"

    def _get_usage_domain(self):
        self.ensure_one()
        resource, name = self.resource_id, self.name.replace("-", "_")
        operation_id = f"{resource.path.replace('-', '_')}_{name}"
        names = [operation_id, f"{operation_id}_many"]
        return [*resource._get_usage_domain(), ("operation", "in", names)]

    def _get_arguments(self):
        """Return what it takes.

        :rtype: list of Argument
        """
        return [argument._to_argument() for argument in self.argument_ids]

    def _is_for_all(self):
        """Tell whether it is run once for several records.

        :rtype: bool
        """
        return self.at_once or not self.method

    def _run(self, records, arguments):
        """Do it, with the rights of the user of the records.

        :param records: of the model of the resource
        :param dict arguments: by name
        :return: what was returned, which may open a dialog
        """
        self.ensure_one()
        action = self.sudo()
        if action.server_action_id:
            server_action = records.env["ir.actions.server"].browse(
                action.server_action_id.id
            )
            active = get_active_context(records)
            return server_action.with_context(**arguments, **active).run()
        if action.window_action_id:
            return self._open_dialog(records, arguments)
        method = action.method
        if not compat.is_public_method(records.browse(), method):
            raise ValidationError(_("The method %s can't be called.", method))
        context = action._parse_context()
        return getattr(records.with_context(**context), method)(**arguments)

    def _open_dialog(self, records, arguments):
        window = self.sudo().window_action_id
        if not compat.is_for_user(window, records.env.user):
            raise AccessError(_("The dialog %s is not for you.", window.name))
        defaults = {f"default_{name}": value for name, value in arguments.items()}
        return {
            "type": window.type,
            "name": window.name,
            "res_model": window.res_model,
            "view_id": window.view_id.id,
            "target": "new",
            "context": window.context,
            "defaults": defaults,  # before what the client answers
        }

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions.mapped("resource_id")._update_action_scopes()
        return actions

    def write(self, vals):
        resources = self.mapped("resource_id")
        result = super().write(vals)
        (resources | self.mapped("resource_id"))._update_action_scopes()
        return result

    def unlink(self):
        resources = self.mapped("resource_id")
        result = super().unlink()
        resources._update_action_scopes()
        return result

    @api.model
    def _build_list_view(self, root):
        names = ("name", "description", "method", "server_action_id")
        return root(
            E.field(name="sequence", widget="handle"),
            *(E.field(name=name) for name in names),
            E.field(name="window_action_id"),
            compat.make_hidden_column("active"),
            {"decoration-muted": "not active"},
            string=self._description,
        )


@compat.add_constraints(
    name_unique=(
        "UNIQUE (action_id, name)",
        "An action has an argument of that name already.",
    ),
)
class RestResourceArgument(compat.ListViewMixin, models.Model):
    _name = "rest.resource.argument"
    _inherit = "rest.resource.element"
    _description = "Argument of a REST Action"

    action_id = fields.Many2one(
        "rest.resource.action", required=True, ondelete="cascade"
    )
    name = fields.Char(required=True, help="Key in JSON, and of what the method takes.")
    kind = fields.Selection(
        lambda self: [
            (kind, translate(self.env, each.title)) for kind, each in TYPES.items()
        ],
        string="Type",
        required=True,
        default="text",
    )
    model_id = fields.Many2one(
        "ir.model", ondelete="cascade", help="Of the records that it names."
    )
    required = fields.Boolean()
    default = fields.Char(help="Text, or what JSON has.")
    description = fields.Char(translate=True)

    @api.constrains("name")
    def _check_name(self):
        for argument in self:
            name = argument.name
            taken = set(TAKEN_ARGUMENTS)
            if not argument.action_id.method:
                taken |= TAKEN_CONTEXT
            if not ARGUMENT_RE.fullmatch(name) or name in taken:
                raise ValidationError(_("No argument can be called %s.", name))

    @api.constrains("name", "action_id")
    def _check_method(self):
        for argument in self:
            action = argument.action_id
            model = self.env.get(action.resource_id.model_id.model)
            method = getattr(model, action.method or "", None)
            if not callable(method):
                continue
            parameters = inspect.signature(method).parameters
            takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
            if argument.name not in parameters and not takes_all:
                raise ValidationError(
                    _(
                        "The method %(method)s takes no %(argument)s.",
                        method=action.method,
                        argument=argument.name,
                    )
                )

    @api.constrains("kind", "default", "model_id")
    def _check_default(self):
        for argument in self:
            try:
                parse_default(argument.default, argument.kind)
            except ValueError as error:
                raise ValidationError(
                    _(
                        "The default of %(argument)s can't be used: %(error)s",
                        argument=argument.name,
                        error=error,
                    )
                ) from error
            if argument.kind in ("record", "records") and not argument.model_id:
                raise ValidationError(
                    _("Of which model are the records of %s?", argument.name)
                )

    def _to_argument(self):
        """Return what clients and methods know of it.

        :rtype: Argument
        """
        self.ensure_one()
        return Argument(
            self.name,
            self.kind,
            required=self.required,
            default=parse_default(self.default, self.kind),
            description=self.description or "",
            model=self.model_id.model,
        )

    @api.model
    def _build_list_view(self, root):
        names = ("name", "kind", "model_id", "required", "default", "description")
        return root(
            E.field(name="sequence", widget="handle"),
            *(E.field(name=name) for name in names),
            editable="bottom",
            string=self._description,
        )


def get_methods(model):
    """Find the methods that buttons of a model's views call, and that RPC may.

    :param odoo.models.Model model: an empty recordset, in superuser mode
    :return: what the buttons are called, by method
    :rtype: dict
    """
    titles = {
        name: translate(model.env, title)
        for name, title in CLIENT_METHODS.items()
        if hasattr(model, name)
    }
    views = model.env["ir.ui.view"].search([("model", "=", model._name)])
    for view in views:
        root = etree.fromstring((view.arch_db or "<data/>").encode())
        for button in root.iter("button"):
            name = button.get("name")
            if button.get("type") != "object" or not name or _is_in_lines(button):
                continue
            titles.setdefault(name, button.get("string") or name)
    return {
        n: title for n, title in titles.items() if compat.is_public_method(model, n)
    }


def _is_in_lines(node):
    return any(
        ancestor.tag == "field" and not ancestor.get("position")
        for ancestor in node.iterancestors()
    )
