from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..monitoring.deprecation import Deprecation

CALLERS_DAYS = 28


class RestDeprecationMixin(models.AbstractModel):
    """What an administrator says of a resource, or of an action, that is to go."""

    _name = "rest.deprecation.mixin"
    _description = "Deprecation in REST"

    deprecated_on = fields.Date(
        help="From that day on nobody should call it: answers and Swagger UI say so."
    )
    sunset_on = fields.Date(
        string="Gone On", help="From that day on it may be gone: answers say so."
    )
    deprecation_link = fields.Char(
        string="What to Call Instead", help="Address of a page that says so."
    )
    callers = fields.Text(
        compute="_compute_callers",
        help="Who called it in the last four weeks, once it is deprecated.",
    )

    @api.constrains("deprecated_on", "sunset_on", "deprecation_link")
    def _check_deprecation(self):
        for record in self:
            if not record.deprecated_on and (
                record.sunset_on or record.deprecation_link
            ):
                raise ValidationError(_("From which day on is it deprecated?"))
            try:
                record._get_deprecation()
            except ValueError as error:
                raise ValidationError(
                    _("The deprecation makes no sense: %s", error)
                ) from error

    def _get_deprecation(self):
        """Return what is said of it.

        :rtype: Deprecation, or None
        """
        self.ensure_one()
        if not self.deprecated_on:
            return None
        return Deprecation(self.deprecated_on, self.sunset_on, self.deprecation_link)

    def _get_usage_domain(self):
        """Return the domain of its calls, of ``rest.usage``.

        :rtype: list
        """
        raise NotImplementedError

    @api.depends("deprecated_on")
    def _compute_callers(self):
        since = fields.Date.today() - timedelta(days=CALLERS_DAYS)
        for record in self:
            lines = []
            if record.deprecated_on and record._origin:
                domain = [*record._origin._get_usage_domain(), ("day", ">=", since)]
                lines = self.env["rest.usage"]._describe_callers(domain)
            record.callers = "\n".join(lines)
