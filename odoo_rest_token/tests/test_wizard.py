from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged

from .common import RestTokenHttpCase


@tagged("post_install", "-at_install")
class TestWizard(RestTokenHttpCase):
    """The wizard as the web client calls it."""

    def setUp(self):
        super().setUp()
        self.other = self._new_user("other")
        self.authenticate("rest_holder", "rest_holder")

    def _issue_through_wizard(self, password="rest_holder", **values):
        wizard = self._call("rest.token.issue", "create", args=[values])["result"]
        action = self._call("rest.token.issue", "action_issue", [wizard])["result"]
        return self._give_password(action, password)

    def test_secret_is_shown_after_the_identity_check(self):
        answer = self._issue_through_wizard(name="From the page")
        action = answer["result"]
        self.assertEqual(action["res_model"], "rest.token.show")
        self.tokens._authenticate(action["context"]["default_secret"])
        token = self.holder.rest_token_ids
        self.assertEqual(token.name, "From the page")
        week = fields.Datetime.now() + timedelta(days=7)
        self.assertLess(abs(token.expires_at - week), timedelta(minutes=1))

    def test_wrong_password_issues_nothing(self):
        answer = self._issue_through_wizard(password="wrong", name="Stolen session")
        self.assertIn("error", answer)
        self.assertFalse(self.holder.rest_token_ids)

    def test_wizard_issues_for_nobody_else(self):
        answer = self._issue_through_wizard(name="Forged", user_id=self.other.id)
        self.assertIn("error", answer)
        self.assertFalse(self.other.rest_token_ids)

    def test_wizard_keeps_nothing(self):
        self._issue_through_wizard(name="From the page")
        self.assertFalse(self.env["rest.token.issue"].search([]))
