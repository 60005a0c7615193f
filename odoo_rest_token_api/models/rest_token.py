from datetime import timedelta

from odoo import _, fields, models

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import not_allowed

USAGE_DAYS = 30
WATCHED_HOURS = 24


class RestToken(models.Model):
    """What a token was used for, as administrators see it."""

    _name = "rest.token"
    _inherit = ["rest.token", "rest.watched.mixin"]

    recent_calls = fields.Integer(
        string="Calls in 30 Days",
        compute="_compute_recent_calls",
        compute_sudo=True,
        groups="base.group_erp_manager",
    )
    failed_calls = fields.Integer(
        compute="_compute_recent_calls",
        compute_sudo=True,
        groups="base.group_erp_manager",
    )

    def _compute_recent_calls(self):
        since = fields.Date.today() - timedelta(days=USAGE_DAYS)
        self.env.cr.execute(
            """
            SELECT token_id, sum(calls) FROM rest_usage_count
            WHERE token_id = ANY(%s) AND day > %s GROUP BY token_id
            """,
            (self.ids, since),
        )
        calls = dict(self.env.cr.fetchall())
        self.env.cr.execute(
            """
            SELECT token_id, count(*) FROM rest_failed_call
            WHERE token_id = ANY(%s) GROUP BY token_id
            """,
            (self.ids,),
        )
        failed = dict(self.env.cr.fetchall())
        for token in self:
            token.recent_calls = calls.get(token._origin.id, 0)
            token.failed_calls = failed.get(token._origin.id, 0)

    def _get_button_conditions(self):
        return {
            **super()._get_button_conditions(),
            "action_keep_no_failed_calls": compat.show_where("failures_until"),
        }

    def _get_usage_domain(self):
        return [("token_id", "=", self.id)]

    def action_open_usage(self):
        """Open what the token was used for."""
        return self._open_calls("rest_usage_action", search_default_of_tokens=0)

    def action_open_failed_calls(self):
        """Open the calls of the token that failed, as far as they were kept."""
        return self._open_calls("rest_failed_call_action")

    def action_keep_failed_calls(self):
        """Keep the failed calls of the token, from now on for a day.

        :raise AccessError: the current user has no right to manage tokens
        """
        until = fields.Datetime.now() + timedelta(hours=WATCHED_HOURS)
        return self._keep_failed_calls(until)

    def action_keep_no_failed_calls(self):
        """Keep no more failed calls of the token.

        :raise AccessError: the current user has no right to manage tokens
        """
        return self._keep_failed_calls(False)

    def _keep_failed_calls(self, until):
        if not self.env.user.has_group("base.group_erp_manager"):
            raise not_allowed(_("Failed calls are for administrators."))
        self.sudo().write({"failures_until": until})
        return True
