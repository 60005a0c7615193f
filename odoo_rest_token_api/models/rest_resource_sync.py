from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..records.sync_index import may_be_synced

OF_INDEXES = {"synced", "active", "model_id"}  # fields that say which there are


class RestResource(models.Model):
    """Resources that clients sync: they ask for what has changed."""

    _inherit = "rest.resource"

    synced = fields.Boolean(
        help="Clients ask for what has changed since they asked last: an index on "
        "write_date finds it, however many records there are. Each change of a record "
        "takes a little longer for it.",
    )

    @api.constrains("synced", "model_id")
    def _check_synced(self):
        for resource in self.filtered("synced"):
            model = self.env.get(resource.model_id.model)
            if model is None or not may_be_synced(model):
                raise ValidationError(
                    _(
                        "The model %s has no table with the moments of changes.",
                        resource.model_id.display_name,
                    )
                )

    @api.depends("synced")
    def _compute_advice(self):
        result = super()._compute_advice()
        indexes = self.env["rest.sync.index"]
        for resource in self.filtered("synced"):
            advices = [resource.advice]
            model = self.env.get(resource.model_id.model)
            if model is not None and not indexes._is_whole(model._table):
                advices.append(_("The index that it is synced by is not there yet."))
            if "write_date" not in resource.field_ids.mapped("field_id.name"):
                advices.append(
                    _("Clients sync by the field write_date, which is not served.")
                )
            resource.advice = "\n".join(filter(None, advices))
        return result

    @api.model_create_multi
    def create(self, vals_list):
        resources = super().create(vals_list)
        if any(resources.mapped("synced")):
            self.env["rest.sync.index"]._update()
        return resources

    def write(self, vals):
        result = super().write(vals)
        if OF_INDEXES.intersection(vals):
            self.env["rest.sync.index"]._update()
        return result

    def unlink(self):
        was_synced = any(self.mapped("synced"))
        result = super().unlink()
        if was_synced:
            self.env["rest.sync.index"]._update()
        return result
