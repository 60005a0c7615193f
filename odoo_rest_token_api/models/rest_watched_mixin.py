from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

MAX_DAYS = 7
NAME = "failures_until"


class RestWatchedMixin(models.AbstractModel):
    """Whose failed calls are kept for a while."""

    _name = "rest.watched.mixin"
    _description = "Failed REST Calls, Kept for a While"

    failures_until = fields.Datetime(
        string="Failed Calls Kept Until",
        copy=False,
        groups="base.group_erp_manager",
        help="Until then, calls that fail are kept for administrators, without what "
        "their clients sent. A week at the most.",
    )

    @api.constrains(NAME)
    def _check_failures_until(self):
        latest = fields.Datetime.now() + timedelta(days=MAX_DAYS, minutes=1)
        for record in self:
            if record.failures_until and record.failures_until > latest:
                raise ValidationError(
                    _("Failed calls are kept for %s days at the most.", MAX_DAYS)
                )

    def write(self, vals):
        result = super().write(vals)
        if NAME in vals:
            self.env["rest.resource"]._forget_descriptions()
        return result
