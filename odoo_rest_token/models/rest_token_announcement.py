from datetime import timedelta

from markupsafe import Markup

from odoo import _, api, fields, models
from odoo.tools.misc import format_datetime


class RestToken(models.Model):
    """Owners are told of tokens that expire soon, where ``mail`` is installed."""

    _inherit = "rest.token"

    announced_at = fields.Datetime(
        readonly=True, help="When its owner was told that it expires soon."
    )

    @api.autovacuum
    def _announce_expiry(self):
        """Tell the owners of tokens that expire soon, once for each token.

        They get an email or a notification in Odoo, as their preferences say.
        """
        if "mail.thread" not in self.env:
            return
        for token in self._find_unannounced():
            language = token.user_id.lang
            token.with_context(lang=language)._announce()

    @api.model
    def _find_unannounced(self):
        """Find the tokens whose owners have to be told now.

        On the day of its issue, a token is announced to nobody: its owner knows.

        :rtype: rest.token, in superuser mode
        """
        now = fields.Datetime.now()
        return self.sudo().search(
            [
                ("state", "=", "active"),
                ("expires_at", "<", now + self._get_announce_period()),
                ("create_date", "<", now - timedelta(days=1)),
                ("announced_at", "=", False),
            ]
        )

    def _announce(self):
        self.ensure_one()
        self.env["mail.thread"].message_notify(
            partner_ids=self.user_id.partner_id.ids,
            subject=_("REST token %s expires soon", self.name),
            body=Markup("<p>%s</p>") % self._get_announcement(),
        )
        self.announced_at = fields.Datetime.now()

    def _get_announcement(self):
        """Return what the owner is told, in the language of the context.

        :rtype: str, not HTML
        """
        self.ensure_one()
        timezone = self.user_id.tz or "UTC"
        return _(
            "Your REST token %(name)s (%(prefix)s…) expires %(distance)s: %(moment)s. "
            "Programs that use it will be refused from then on. To go on, issue a new "
            "one in your preferences, page REST Tokens, and let them use that one.",
            name=self.name,
            prefix=self.prefix,
            distance=self.expires_in,
            moment=format_datetime(self.env, self.expires_at, tz=timezone),
        )
