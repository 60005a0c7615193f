import logging
from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged

from ..exceptions import TokenLimitReached
from .common import RestTokenHttpCase

LOGGER = "odoo.addons.odoo_rest_token.models.rest_token"


@tagged("post_install", "-at_install")
class TestLimit(RestTokenHttpCase):
    """At the limit of active tokens, one that is asked for over HTTP ends another.

    It is done in a transaction of its own, which sees what a test writes where there
    is a server to test.
    """

    def _issue_over_http(self, user=None):
        user = user or self.holder
        tokens = self.tokens.with_user(user)
        return tokens._issue(user, "Hourly", origin="http")[0]

    def _use(self, token, hours_ago):
        used_at = fields.Datetime.now() - timedelta(hours=hours_ago)
        values = {"token_id": token.id, "used_at": used_at}
        self.env["rest.token.usage"].sudo().create(values)
        self._flush()

    def _create_at(self, token, hours_ago):
        self._flush()
        self.env.cr.execute(
            "UPDATE rest_token SET create_date = %s WHERE id = %s",
            (fields.Datetime.now() - timedelta(hours=hours_ago), token.id),
        )
        self._invalidate()

    def _issue_in_dialog(self):
        values = {"name": "Backend", "user_id": self.holder.id}
        dialog = self.env["rest.token.issue"].with_user(self.holder).create(values)
        type(dialog).action_issue.__wrapped__(dialog)
        return self.holder.rest_token_ids[0]

    def _get_states(self, *tokens):
        return [token.state for token in tokens]

    def test_token_of_http_ends_the_one_out_of_use_for_the_longest(self):
        self._set_parameter("max_active", "3")
        tokens = [self._issue_over_http() for _number in range(3)]
        used_lately, never_used, used_long_ago = tokens
        for token in tokens:
            self._create_at(token, 9)
        self._create_at(never_used, 3)
        self._use(used_lately, 1)
        self._use(used_long_ago, 5)
        newer = self._issue_over_http()
        states = self._get_states(*tokens, newer)
        self.assertEqual(states, ["active", "active", "revoked", "active"])
        self._issue_over_http()
        states = self._get_states(*tokens, newer)
        self.assertEqual(states, ["active", "revoked", "revoked", "active"])

    def test_token_of_http_ends_no_other_than_its_users_own_of_http(self):
        self._set_parameter("max_active", "2")
        others = self._issue_over_http(self._new_user("other"))
        by_code = self._issue()[0]
        by_http = self._issue_over_http()
        self._create_at(by_code, 100)
        self._create_at(others, 100)
        newer = self._issue_over_http()
        states = self._get_states(others, by_code, by_http, newer)
        self.assertEqual(states, ["active", "active", "revoked", "active"])

    def test_token_of_http_is_refused_where_all_others_are_of_other_ways(self):
        self._set_parameter("max_active", "2")
        tokens = [self._issue()[0], self._issue_in_dialog()]
        with self.assertRaises(TokenLimitReached):
            self._issue_over_http()
        self.assertEqual(self._get_states(*tokens), ["active", "active"])

    def test_other_ways_end_no_token_of_http(self):
        self._set_parameter("max_active", "1")
        token = self._issue_over_http()
        with self.assertRaises(TokenLimitReached):
            self._issue()
        self.assertEqual(token.state, "active")

    def test_as_many_are_ended_as_a_lower_limit_asks_for_or_none(self):
        tokens = [self._issue_over_http() for _number in range(3)]
        by_code = self._issue()[0]
        self._set_parameter("max_active", "1")
        with self.assertRaises(TokenLimitReached):
            self._issue_over_http()
        self.assertEqual(self._get_states(*tokens), 3 * ["active"])
        self._set_parameter("max_active", "2")
        self._issue_over_http()
        self.assertEqual(self._get_states(*tokens), 3 * ["revoked"])
        self.assertEqual(by_code.state, "active")

    def test_expired_tokens_of_http_are_not_ended_in_place_of_active_ones(self):
        self._set_parameter("max_active", "1")
        expired = self._issue_over_http()
        self._expire(expired)
        token = self._issue_over_http()
        self._issue_over_http()
        self.assertEqual(self._get_states(expired, token), ["expired", "revoked"])

    def test_what_a_new_token_ends_is_logged(self):
        self._set_parameter("max_active", "1")
        ended = self._issue_over_http()
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            self._issue_over_http()
        whose = f"'rest_holder' (#{self.holder.id})"
        self.assertIn(
            f"REST token {ended.prefix} of {whose} ended for a new one by {whose}",
            logs.output[0],
        )
        self.assertEqual(len(logs.output), 2)

    def test_to_end_one_takes_one_statement_more(self):
        self._set_parameter("max_active", "2")
        self._issue_over_http()
        counts = [
            len(self._record_statements(self._issue_over_http)) for _number in range(3)
        ]
        self.assertEqual(counts[2], counts[0] + 1)
