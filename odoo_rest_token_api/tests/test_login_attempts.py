from unittest.mock import patch

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.odoo_rest_token.tests.test_rates import CommittedCountsMixin

from .common import RestApiCase
from .test_guessing import OtherAddress

PATHS = ("/api/auth/token", "/rest/sky/token")


@tagged("post_install", "-at_install")
class TestLoginAttempts(CommittedCountsMixin, RestApiCase):
    """Guesses at one login are slowed down, whatever addresses they come from."""

    def setUp(self):
        super().setUp()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("odoo_rest_token_api.login_failures", "3")
        parameters.set_param("base.login_cooldown_after", "0")  # Odoo's own

    def _ask(self, password="wrong", login="rest_holder", path=PATHS[0]):
        credentials = {"login": login, "password": password}
        with mute_logger("odoo.addons.base.models.res_users"):
            return self._request("POST", path, json=credentials)

    def _ask_often(self, count, *args, **kwargs):
        return [self._ask(*args, **kwargs).status_code for _number in range(count)]

    def _move(self):
        """Go on from another address."""
        self.opener.mount("http://", OtherAddress())

    def test_guesses_from_many_addresses_are_counted_together(self):
        self.assertEqual(self._ask_often(2), [401, 401])
        self._move()
        self.assertEqual(self._ask_often(2, path=PATHS[1]), [401, 429])

    def test_answer_says_when_to_try_again(self):
        self._ask_often(3)
        response = self._ask("rest_holder")
        seconds = int(response.headers["Retry-After"])
        self.assertTrue(590 <= seconds <= 600, seconds)
        text = f"Too many failed logins: wait for {seconds} seconds"
        self.assertError(response, 429, text)
        self.assertAsDocumented(response)
        self._let_a_minute_pass()
        self.assertEqual(self._ask("rest_holder").status_code, 200)

    def test_http_basic_is_counted_too(self):
        with mute_logger("odoo.addons.base.models.res_users"):
            for status in (401, 401, 401, 429):
                wrong = ("rest_holder", "wrong")
                response = self._request("GET", PATHS[0], auth=wrong)
                self.assertEqual(response.status_code, status)

    def test_unknown_login_gets_the_same_answers(self):
        for login in ("nobody", "rest_holder"):
            answers = [self._ask(login=login) for _number in range(4)]
            texts = {answer.text for answer in answers}
            self.assertEqual([each.status_code for each in answers], 3 * [401] + [429])
            self.assertEqual(len(texts), 2)

    def test_capitals_and_blanks_make_no_other_login(self):
        for login in ("rest_holder", "Rest_Holder", " REST_HOLDER "):
            self.assertEqual(self._ask(login=login).status_code, 401)
        self.assertEqual(self._ask("rest_holder").status_code, 429)

    def test_counts_are_found_by_one_statement(self):
        def count(password):
            with patch.object(
                type(self.env["rest.rate"]), "_fetch_committed", side_effect=self._fetch
            ) as fetch:
                self._ask(password)
            return fetch.call_count

        self.assertEqual(count("wrong"), 3)  # found, counted, what is over is removed
        self.assertEqual(count("rest_holder"), 2)  # the address is known from now on
        self.assertEqual(count("rest_holder"), 1)

    def test_others_logins_and_tokens_that_there_are_go_on(self):
        self._new_user("other")
        self._ask_often(4)
        self.assertEqual(self._ask("rest_other", "rest_other").status_code, 200)
        self.assertEqual(self.client.get("/api/auth/me").status_code, 200)

    def test_owner_is_not_kept_out_of_where_they_logged_in_before(self):
        self.assertEqual(self._ask("rest_holder").status_code, 200)
        self._move()
        self.assertEqual(self._ask_often(4), [401, 401, 401, 429])
        self.opener.get_adapter("http://").close()
        del self.opener.adapters["http://"]
        self.opener.mount("http://", type(self.opener.adapters["https://"])())
        self.assertEqual(self._ask("rest_holder").status_code, 200)
        # Guesses from there are counted, too: somebody else may sit beside them.
        self.assertEqual(self._ask_often(4), [401, 401, 401, 429])

    def test_right_password_does_not_make_room_for_guesses(self):
        self._ask_often(2)
        self.assertEqual(self._ask("rest_holder").status_code, 200)
        self._move()
        self.assertEqual(self._ask_often(2), [401, 429])

    def test_login_is_not_kept(self):
        self._ask(login="my password by mistake")
        rows = self._fetch("SELECT subject FROM rest_rate_count", ())
        self.assertRegex(rows[0][0], "^login/[0-9a-f]{64}$")

    def test_counts_that_are_over_make_room_for_others(self):
        for number in range(3):
            self._ask(login=f"nobody{number}")
        self._let_a_minute_pass()
        self._ask(login="somebody")
        rows = self._fetch("SELECT subject FROM rest_rate_count", ())
        self.assertEqual(len(rows), 1)

    def test_it_can_be_switched_off(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("odoo_rest_token_api.login_failures", "0")
        self.assertEqual(self._ask_often(5), 5 * [401])
        self.assertFalse(self._fetch("SELECT subject FROM rest_rate_count", ()))
