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

    def _open_calls(self, name, **context):
        """Open an action that shows its calls: those of ``_get_usage_domain()``.

        :param str name: of the action
        :rtype: dict
        """
        self.ensure_one()
        domain = self._get_usage_domain()
        actions = self.env["ir.actions.act_window"]
        action = actions._for_xml_id(f"odoo_rest_token_api.{name}")
        return {**action, "domain": domain, "context": {"create": False, **context}}

    def write(self, vals):
        result = super().write(vals)
        if NAME in vals:
            self.env["rest.resource"]._forget_descriptions()
        return result
