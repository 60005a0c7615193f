from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..networks import parse_networks


class RestLimitsMixin(models.AbstractModel):
    """From where, and how often, somebody may call: a token, or an application."""

    _name = "rest.limits.mixin"
    _description = "Limits of REST Calls"

    networks = fields.Char(
        help="Networks that calls have to come from, such as 192.0.2.0/24 or "
        "2001:db8::/32, with spaces between them. Without any, they may come from "
        "everywhere."
    )
    calls_per_minute = fields.Integer(
        string="Calls per Minute",
        help="How many calls there may be in a minute; 0 for as many as the system "
        "parameter says.",
    )

    @api.constrains("networks")
    def _check_networks(self):
        for record in self:
            try:
                parse_networks(record.networks or "")
            except ValueError as error:
                raise ValidationError(_("This is no network: %s", error)) from error

    @api.constrains("calls_per_minute")
    def _check_calls_per_minute(self):
        if any(record.calls_per_minute < 0 for record in self):
            raise ValidationError(_("There can't be less than no calls in a minute."))
