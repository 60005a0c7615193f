from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.odoo_rest_token import compat

from ..models.rest_resource_action import get_methods
from ..presets import PRESETS
from ..translating import translate

OPERATIONS = ("create", "update", "delete")


class RestResourceExpose(models.TransientModel):
    """Makes resources that are ready to choose, for the apps that are installed."""

    _name = "rest.resource.expose"
    _description = "Expose Business Records"

    line_ids = fields.One2many(
        "rest.resource.expose.line", "wizard_id", string="Resources"
    )

    @api.model
    def _get_presets(self):
        """Return what there is to choose from. Other addons add theirs.

        :return: of :class:`~..presets.declaration.Preset`
        :rtype: list
        """
        return list(PRESETS)

    @api.model
    def _get_available_presets(self):
        """Return the presets of models that there are, and of paths that are free.

        :rtype: list of Preset
        """
        resources = self.env["rest.resource"].with_context(active_test=False)
        presets = self._get_presets()
        domain = [("path", "in", [preset.path for preset in presets])]
        taken = set(resources.search(domain).mapped("path"))
        return [
            preset
            for preset in presets
            if preset.model in self.env
            and preset.path not in taken
            and not resources._is_taken(preset.path)
        ]

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "line_ids" in fields_list:
            values["line_ids"] = [
                (
                    0,
                    0,
                    {
                        "path": preset.path,
                        "model": preset.model,
                        "description": translate(self.env, preset.description),
                        "actions": ", ".join(each.name for each in preset.actions),
                        "is_chosen": True,
                    },
                )
                for preset in self._get_available_presets()
            ]
        return values

    def action_expose(self):
        """Make the resources that are chosen, and show them."""
        self.ensure_one()
        chosen = set(self.line_ids.filtered("is_chosen").mapped("path"))
        presets = [p for p in self._get_available_presets() if p.path in chosen]
        if not presets:
            raise UserError(_("Choose one, at least."))
        in_english = self.env["rest.resource"].with_context(lang="en_US")
        resources = in_english.create([self._to_values(preset) for preset in presets])
        for lang, _name in self.env["res.lang"].get_installed():
            self.with_context(lang=lang)._translate(resources.mapped("action_ids"))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_rest_token_api.rest_resource_action"
        )
        return {**action, "domain": [("id", "in", resources.ids)], "target": "main"}

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------

    def _to_values(self, preset):
        """Return what a preset makes in this database.

        :param Preset preset: of a model that there is
        :return: for ``create()`` of ``rest.resource``
        :rtype: dict
        """
        model = self.env[preset.model]
        return {
            "path": preset.path,
            "model_id": self.env["ir.model"]._get(preset.model).id,
            "description": translate(self.env, preset.description),
            "domain": preset.domain,
            "allow_files": preset.files,
            "allow_attachments": preset.attachments,
            **{f"allow_{name}": name in preset.operations for name in OPERATIONS},
            "field_ids": [
                (0, 0, {**line, "sequence": number})
                for number, line in enumerate(self._iter_fields(preset, model))
            ],
            "action_ids": [
                (0, 0, {**action, "sequence": number})
                for number, action in enumerate(self._iter_actions(preset, model))
            ],
            "report_ids": [
                (0, 0, {"name": name, "report_id": self.env.ref(xmlid).id})
                for name, xmlid in preset.reports.items()
                if self.env.ref(xmlid, raise_if_not_found=False)
            ],
        }

    def _iter_fields(self, preset, model):
        for names, access in preset.fields.items():
            name = _find(names, model._fields)
            if not name:
                continue
            field = self.env["ir.model.fields"]._get(preset.model, name)
            line = {"field_id": field.id, "access": access}
            if isinstance(access, (list, tuple)):
                line["access"] = "write"
                children = self.env[model._fields[name].comodel_name]._fields
                line["line_names"] = ", ".join(_filter_lines(access, children))
            yield line

    def _iter_actions(self, preset, model):
        methods = get_methods(model.sudo())
        for action in preset.actions:
            values = {"at_once": action.at_once}
            if action.dialog:
                window = self.env.ref(action.dialog, raise_if_not_found=False)
                if not window:
                    continue
                values["window_action_id"] = window.id
            else:
                values["method"] = _find(action.method, methods)
                if not values["method"]:
                    continue
            values.update(name=action.name, description=action.description)
            values["argument_ids"] = [
                (0, 0, self._get_argument(number, argument))
                for number, argument in enumerate(action.arguments)
                if not argument.model or argument.model in self.env
            ]
            yield values

    def _translate(self, actions):
        """Describe actions of presets in the language of the context, too.

        :param actions: of ``rest.resource.action``, described in English
        """
        for records in (actions, actions.mapped("argument_ids")):
            for english in records.with_context(lang="en_US"):
                text = translate(self.env, english.description)
                if text and text != english.description:
                    english.with_env(self.env).description = text

    def _get_argument(self, number, argument):
        models_ = self.env["ir.model"]
        return {
            "sequence": number,
            "name": argument.name,
            "kind": argument.kind,
            "required": argument.required,
            "default": argument.default,
            "description": argument.description,
            "model_id": argument.model and models_._get(argument.model).id,
        }


class RestResourceExposeLine(compat.ListViewMixin, models.TransientModel):
    _name = "rest.resource.expose.line"
    _description = "Resource to Expose"

    wizard_id = fields.Many2one("rest.resource.expose", ondelete="cascade")
    is_chosen = fields.Boolean(string="Expose")
    path = fields.Char(readonly=True)
    model = fields.Char(readonly=True)
    # Lists show the whole of a text, and cut what is of one line.
    description = fields.Text(readonly=True)
    actions = fields.Text(readonly=True)

    @api.model
    def _build_list_view(self, root):
        names = ("is_chosen", "path", "description", "model", "actions")
        return root(
            *(E.field(name=name, force_save="1") for name in names),
            create="0",
            delete="0",
            editable="bottom",
            string=self._description,
        )


def _find(names, available):
    """Return the name that there is, of those that series have."""
    return next((name for name in names.split("|") if name in available), None)


def _filter_lines(declared, available):
    for item in declared:
        names, _colon, access = item.partition(":")
        name = _find(names, available)
        if name:
            yield f"{name}:{access}" if access else name
