from lxml.builder import E

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.odoo_rest_token import compat


@compat.add_constraints(
    name_unique=(
        "UNIQUE (resource_id, name)",
        "A resource has a report of that name already.",
    ),
)
class RestResourceReport(compat.ListViewMixin, models.Model):
    """A paper that records of a resource are printed on."""

    _name = "rest.resource.report"
    _inherit = "rest.resource.element"
    _description = "Report of a REST Resource"

    resource_id = fields.Many2one("rest.resource", required=True, ondelete="cascade")
    model = fields.Char(related="resource_id.model_id.model", string="Model")
    name = fields.Char(
        required=True,
        default="pdf",
        help="Last part of the address, GET /api/<path>/<id>/<name>.",
    )
    report_id = fields.Many2one(
        "ir.actions.report",
        required=True,
        ondelete="cascade",
        domain="[('model', '=', model)]",
    )

    @api.constrains("name", "resource_id")
    def _check_name(self):
        for line in self:
            line._check_word(set(line.resource_id.field_ids.mapped("field_id.name")))

    @api.constrains("report_id", "resource_id")
    def _check_report(self):
        for line in self:
            if line.report_id.model != line.resource_id.model_id.model:
                raise ValidationError(
                    _("The report %s is of another model.", line.report_id.name)
                )

    @api.model
    def _build_list_view(self, root):
        return root(
            E.field(name="sequence", widget="handle"),
            compat.make_hidden_column("model"),
            E.field(name="name"),
            E.field(name="report_id", options="{'no_create': True}"),
            editable="bottom",
            string=self._description,
        )
