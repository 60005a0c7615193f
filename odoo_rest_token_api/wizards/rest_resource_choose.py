from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.odoo_rest_token import compat

from ..records.access import READ, find_form_access, get_default_access
from ..records.fields import can_be_served


class RestResourceChoose(models.TransientModel):
    """Adds many fields to a resource at once."""

    _name = "rest.resource.choose"
    _description = "Add Fields to a REST Resource"

    resource_id = fields.Many2one("rest.resource", required=True, ondelete="cascade")
    of_form = fields.Boolean(
        string="Those of the Form",
        help="All that Odoo's forms show of such records.",
    )
    line_ids = fields.One2many(
        "rest.resource.choose.line", "wizard_id", string="Fields"
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        resource = self.env["rest.resource"].browse(values.get("resource_id"))
        if "line_ids" in fields_list and resource:
            values["line_ids"] = [(0, 0, line) for line in self._list_fields(resource)]
        return values

    @api.model
    def _list_fields(self, resource):
        """List the fields that a resource has not, in the order of forms.

        :param resource: record of ``rest.resource``
        :rtype: list of dict
        """
        model = self.env[resource.model_id.model]
        access = find_form_access(model)
        order = {name: number for number, name in enumerate(access.present)}
        definitions = self.env["ir.model.fields"].search(
            [
                ("model", "=", model._name),
                ("name", "!=", "id"),
                ("id", "not in", resource.field_ids.mapped("field_id").ids),
            ]
        )
        definitions = definitions.filtered(
            lambda each: (
                each.name in model._fields and can_be_served(model._fields[each.name])
            )
        )
        return [
            {
                "field_id": each.id,
                "name": each.name,
                "label": each.field_description,
                "ttype": each.ttype,
                "is_in_form": each.name in access.shown,
            }
            for each in definitions.sorted(
                lambda each: (order.get(each.name, len(order)), each.name)
            )
        ]

    @api.onchange("of_form")
    def _onchange_of_form(self):
        for line in self.line_ids.filtered("is_in_form"):
            line.is_chosen = self.of_form

    def action_add(self):
        """Add the fields that are chosen to the resource."""
        self.ensure_one()
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(_("Choose one, at least."))
        resource = self.resource_id
        model = self.env[resource.model_id.model]
        is_written = resource.allow_create or resource.allow_update
        last = max(resource.field_ids.mapped("sequence"), default=0)
        resource.field_ids = [
            (
                0,
                0,
                {
                    "field_id": line.field_id.id,
                    "sequence": last + number,
                    "access": get_default_access(model, line.field_id.name)
                    if is_written
                    else READ,
                },
            )
            for number, line in enumerate(chosen, 1)
        ]
        return {"type": "ir.actions.act_window_close"}


class RestResourceChooseLine(compat.ListViewMixin, models.TransientModel):
    _name = "rest.resource.choose.line"
    _description = "Field to Add"

    wizard_id = fields.Many2one("rest.resource.choose", ondelete="cascade")
    is_chosen = fields.Boolean(string="Add")
    field_id = fields.Many2one("ir.model.fields", required=True, ondelete="cascade")
    name = fields.Char(string="Key in JSON", readonly=True)
    label = fields.Char(readonly=True)
    ttype = fields.Char(string="Type", readonly=True)
    is_in_form = fields.Boolean(string="In the Form", readonly=True)

    @api.model
    def _build_list_view(self, root):
        names = ("is_chosen", "label", "name", "ttype", "is_in_form")
        hidden = compat.make_hidden_column("field_id")
        hidden.set("force_save", "1")
        return root(
            *(E.field(name=name, force_save="1") for name in names),
            hidden,
            create="0",
            delete="0",
            editable="bottom",
            limit="1000",
            string=self._description,
        )
