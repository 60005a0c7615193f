import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import SUPERUSER_ID, _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime

_logger = logging.getLogger(__name__)


class RestToken(models.Model):
    """Owners are told of their tokens, where ``mail`` is installed.

    Of those that expire soon, and of those that somebody else issues to them. They get
    an email or a notification in Odoo, as their preferences say.
    """

    _inherit = "rest.token"

    announced_at = fields.Datetime(
        readonly=True, help="When its owner was told that it expires soon."
    )

    @api.autovacuum
    def _announce_expiry(self):
        """Tell the owners of tokens that expire soon, once for each token."""
        if "mail.thread" not in self.env:
            return
        for token in self._find_unannounced():
            language = token._get_person_to_tell().lang
            token.with_context(lang=language)._announce()

    @api.model
    def _find_unannounced(self):
        """Find the tokens whose owners have to be told now.

        On the day of its issue, a token is announced to nobody: its owner knows. Nor is
        one that gave its place to another.

        :rtype: rest.token, in superuser mode
        """
        now = fields.Datetime.now()
        return self.sudo().search(
            [
                ("state", "=", "active"),
                ("expires_at", "<", now + self._get_announce_period()),
                ("create_date", "<", now - timedelta(days=1)),
                ("announced_at", "=", False),
                ("rotated_to_ids", "=", False),
            ]
        )

    @api.model
    def _issue(self, user, *args, **kwargs):
        token, secret = super()._issue(user, *args, **kwargs)
        token._announce_issue_by_others()
        return token, secret

    def _rotate(self, *args, **kwargs):
        token, secret = super()._rotate(*args, **kwargs)
        token._announce_issue_by_others()
        return token, secret

    def _announce_issue_by_others(self):
        owner = self.user_id
        if owner.id == self.env.uid or owner.is_rest_program:
            return
        try:
            self.with_context(lang=owner.lang)._announce_issue(self.env.user)
        except UserError as error:  # Odoo has no address of its own
            _logger.warning("The owner of %s was not told: %s", self.prefix, error)

    def _announce(self):
        self.ensure_one()
        self._tell_owner(
            _("REST token %s expires soon", self.name), self._get_announcement()
        )
        self.announced_at = fields.Datetime.now()

    def _announce_issue(self, issuer):
        """Tell the owner that somebody else issued it, in the context's language.

        :param issuer: record of ``res.users``
        """
        self.ensure_one()
        self._tell_owner(
            _("REST token %s was issued to you", self.name),
            self._get_issue_announcement(issuer),
        )

    def _tell_owner(self, subject, text):
        """Tell the owner something, if there is a way to, or who made the program.

        It comes from Odoo itself: who issues a token may have no address.

        :param str subject: in the language of the context
        :param str text: in that language, not HTML
        """
        if "mail.thread" not in self.env:
            return
        self.env["mail.thread"].with_user(SUPERUSER_ID).message_notify(
            partner_ids=self._get_person_to_tell().partner_id.ids,
            subject=subject,
            body=Markup("<p>%s</p>") % text,
        )

    def _get_person_to_tell(self):
        owner = self.user_id
        return owner.create_uid if owner.is_rest_program else owner

    def _get_announcement(self):
        """Return what the owner is told, in the language of the context.

        :rtype: str, not HTML
        """
        self.ensure_one()
        values = {
            "name": self.name,
            "prefix": self.prefix,
            "distance": self.expires_in,
            "moment": self._format_expiry(),
        }
        if self.user_id.is_rest_program:
            return _(
                "The REST token %(name)s (%(prefix)s…) of the program %(program)s, "
                "which you made, expires %(distance)s: %(moment)s. The program will be "
                "refused from then on. To go on, have an administrator issue a new one "
                "on the form of that user, page REST Tokens, and let the program use "
                "that one.",
                program=self.user_id.name,
                **values,
            )
        return _(
            "Your REST token %(name)s (%(prefix)s…) expires %(distance)s: %(moment)s. "
            "Programs that use it will be refused from then on. To go on, issue a new "
            "one in your preferences, page REST Tokens, and let them use that one.",
            **values,
        )

    def _get_issue_announcement(self, issuer):
        """Return what the owner is told, in the language of the context.

        :param issuer: record of ``res.users``
        :rtype: str, not HTML
        """
        self.ensure_one()
        return _(
            "%(issuer)s issued the REST token %(name)s (%(prefix)s…) to you. Until it "
            "expires %(distance)s, %(moment)s, whoever has it acts as you. If you "
            "didn't expect it, ask why, and revoke it in your preferences, page REST "
            "Tokens.",
            issuer=issuer.sudo().name,
            name=self.name,
            prefix=self.prefix,
            distance=self.expires_in,
            moment=self._format_expiry(),
        )

    def _format_expiry(self):
        timezone = self._get_person_to_tell().tz or "UTC"
        return format_datetime(self.env, self.expires_at, tz=timezone)
