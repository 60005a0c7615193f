import logging
from unittest.mock import patch

from odoo.exceptions import AccessDenied, ValidationError
from odoo.sql_db import db_connect
from odoo.tests.common import tagged
from odoo.tools import config, mute_logger

from .. import compat, rates
from ..exceptions import TooManyRequests
from ..lookup import fetch
from ..principal import Principal
from ..rates import Quota
from .common import RestTokenCase, RestTokenHttpCase

PING = "/odoo_rest_token/test/ping/token"
LOGGER = "odoo.addons.odoo_rest_token.models.rest_rate"


class CommittedCountsMixin:
    """Calls are counted in transactions of their own, in tests of HTTP as well.

    There, Odoo gives one cursor to all, which is rolled back where a call fails.
    """

    def setUp(self):
        super().setUp()
        self._forget_counts()
        self.addCleanup(self._forget_counts)
        counter = type(self.env["rest.rate"])
        patcher = patch.object(counter, "_fetch_committed", self._fetch)
        patcher.start()
        self.addCleanup(patcher.stop)

    def _fetch(self, statement, params):
        with db_connect(self.env.cr.dbname).cursor() as cr:
            return fetch(cr, statement, params)

    def _forget_counts(self):
        self._fetch("DELETE FROM rest_rate_count RETURNING subject", ())

    def _let_a_minute_pass(self):
        self._fetch(
            "UPDATE rest_rate_count SET ends_at = '2020-01-01' RETURNING calls", ()
        )


@tagged("post_install", "-at_install")
class TestRates(CommittedCountsMixin, RestTokenHttpCase):
    """More calls than there may be in a minute are a 429, and harm nobody else."""

    def setUp(self):
        super().setUp()
        self._set_parameter("user_calls_per_minute", "0")

    def _ping(self, secret):
        with mute_logger(LOGGER):
            return self._request("GET", PING, secret)

    def _ping_often(self, secret, count):
        return [self._ping(secret).status_code for _number in range(count)]

    def test_user_may_make_as_many_calls_as_the_parameter_says(self):
        self._set_parameter("user_calls_per_minute", "3")
        _token, secret = self._issue()
        _token, other_secret = self._issue()
        self.assertEqual(self._ping_often(secret, 2), [200, 200])
        self.assertEqual(self._ping_often(other_secret, 2), [200, 429])
        self.assertEqual(self._ping_often(secret, 1), [429])
        _token, others = self._issue(self._new_user("other"))
        self.assertEqual(self._ping_often(others, 1), [200])
        self._let_a_minute_pass()
        self.assertEqual(self._ping_often(secret, 4), [200, 200, 200, 429])

    def test_answer_says_when_to_try_again(self):
        self._set_parameter("user_calls_per_minute", "1")
        _token, secret = self._issue()
        self._ping(secret)
        response = self._ping(secret)
        self.assertEqual(response.status_code, 429)
        self.assertEqual(
            response.json(),
            {
                "code": 429,
                "name": "Too Many Requests",
                "description": "Too many calls: wait for 60 seconds.",
            },
        )
        self.assertEqual(response.headers["Retry-After"], "60")
        self.assertEqual(response.headers["RateLimit-Policy"], '"user";q=1;w=60')
        self.assertEqual(response.headers["RateLimit"], '"user";r=0;t=60')

    def test_records_say_otherwise_than_parameters(self):
        self._set_parameter("user_calls_per_minute", "1")
        self._set_parameter("token_calls_per_minute", "1")
        self.holder.rest_calls_per_minute = 3
        _token, secret = self.tokens._issue(self.holder, "Own", calls_per_minute=2)
        _token, other_secret = self._issue()
        self.assertEqual(self._ping_often(secret, 3), [200, 200, 429])
        self.assertEqual(self._ping_often(other_secret, 2), [200, 429])
        self.holder.rest_calls_per_minute = 0  # the tokens that there are follow
        self._let_a_minute_pass()
        self.assertEqual(self._ping_often(secret, 2), [200, 429])

    def test_token_that_is_rotated_goes_on_with_its_count(self):
        token, secret = self.tokens._issue(self.holder, "Loop", calls_per_minute=3)
        self.assertEqual(self._ping_often(secret, 2), [200, 200])
        for _number in range(2):
            token, secret = token.with_user(self.holder)._rotate()
        self.assertEqual(self._ping_often(secret, 2), [200, 429])

    def test_calls_over_the_limit_of_a_token_take_nothing_of_its_users(self):
        self._set_parameter("user_calls_per_minute", "4")
        _token, secret = self.tokens._issue(self.holder, "Loop", calls_per_minute=1)
        _token, other_secret = self._issue()
        self.assertEqual(self._ping_often(secret, 9), [200] + 8 * [429])
        self.assertEqual(self._ping_often(other_secret, 4), [200, 200, 200, 429])

    def test_call_that_fails_counts_too(self):
        self._set_parameter("user_calls_per_minute", "2")
        _token, secret = self._issue()
        scope = self.env["rest.token.scope"]
        scope._ensure(["test:read"])
        _token, limited = self._issue(scope="test:read")
        self.assertEqual(self._ping_often(limited, 3), [403, 403, 429])
        self.assertEqual(self._ping_often(secret, 1), [429])

    def test_call_with_what_is_no_token_counts_for_nobody(self):
        self._set_parameter("user_calls_per_minute", "2")
        _token, secret = self._issue()
        self.assertEqual(self._ping_often("access_token_" + 40 * "0", 3), 3 * [401])
        self.assertEqual(self._ping_often(secret, 2), [200, 200])

    def test_token_in_place_of_a_password_counts_too(self):
        self._set_parameter("user_calls_per_minute", "1")
        _token, secret = self._issue()
        self._flush()
        users = self.env["res.users"]
        compat.check_password(users, self.holder.id, secret)
        with mute_logger(LOGGER), self.assertRaisesRegex(AccessDenied, "Too many"):
            compat.check_password(users, self.holder.id, secret)

    def test_first_call_too_many_is_logged(self):
        self._set_parameter("user_calls_per_minute", "1")
        token, secret = self._issue()
        with self.assertLogs(LOGGER, logging.WARNING) as logs:
            for _number in range(4):
                self._request("GET", PING, secret)
        (line,) = logs.output
        self.assertIn(f"user/{self.holder.id} made more than 1 calls in a minute", line)
        self.assertIn(f"token #{token.id} of user #{self.holder.id}", line)

    def test_limits_are_no_negative_numbers(self):
        with self.assertRaises(ValidationError):
            self.tokens._issue(self.holder, "Test", calls_per_minute=-1)
        with self.assertRaises(ValidationError):
            self.holder.rest_calls_per_minute = -1

    def test_manager_alone_lets_a_token_make_more_calls_than_others(self):
        self._set_parameter("token_calls_per_minute", "10")
        own = self.tokens.with_user(self.holder)
        own._issue(self.holder, "Less", calls_per_minute=9)
        with self.assertRaises(ValidationError):
            own._issue(self.holder, "More", calls_per_minute=11)
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        managers = self.tokens.with_user(manager)
        managers._issue(self.holder.with_user(manager), "More", calls_per_minute=11)

    def test_parameter_that_is_no_number_is_the_default(self):
        with mute_logger("odoo.addons.odoo_rest_token.parameters"):
            for value, calls in (("many", 6000), ("-5", 0), ("", 6000), ("7", 7)):
                self._set_parameter("user_calls_per_minute", value or "x")
                self.assertEqual(self.tokens._get_default_calls("user"), calls)

    def test_counts_that_are_over_are_removed(self):
        self._set_parameter("user_calls_per_minute", "1")
        self._ping(self._issue()[1])
        self._let_a_minute_pass()
        _token, secret = self._issue(self._new_user("other"))
        self._ping(secret)
        self.env["rest.rate"]._gc_rates()
        left = self._fetch("SELECT subject FROM rest_rate_count", ())
        self.assertEqual(len(left), 1)


@tagged("post_install", "-at_install")
class TestFurtherSubjects(CommittedCountsMixin, RestTokenCase):
    """A principal names whose calls are counted, those of other addons among them."""

    def _count(self, *quotas):
        principal = Principal(self.holder.id, quotas=quotas)
        return dict(self.env["rest.rate"]._check(principal))

    def test_narrowest_comes_first_and_holds_back_the_others(self):
        application = Quota("application/3", 2)
        self._set_parameter("user_calls_per_minute", "100")
        for left in (1, 0):
            headers = self._count(application, Quota("user/7"))
            self.assertEqual(
                headers["RateLimit-Policy"],
                '"application";q=2;w=60, "user";q=100;w=60',
            )
            self.assertEqual(
                headers["RateLimit"],
                f'"application";r={left};t=60, "user";r={98 + left};t=60',
            )
        with mute_logger(LOGGER), self.assertRaises(TooManyRequests):
            self._count(application, Quota("user/7"))
        self.assertIn("r=97", self._count(Quota("user/7"))["RateLimit"])

    def test_parameter_of_a_policy_is_off_unless_it_is_set(self):
        self._set_parameter("user_calls_per_minute", "0")
        self.assertFalse(self._count(Quota("application/3")))
        self._set_parameter("application_calls_per_minute", "5")
        self.assertIn("r=4", self._count(Quota("application/3"))["RateLimit"])

    def test_principal_that_names_none_is_counted_by_its_user(self):
        self.assertIn('"user";r=5999', self._count()["RateLimit"])


@tagged("post_install", "-at_install")
class TestStorage(CommittedCountsMixin, RestTokenCase):
    """The configuration file can have calls counted elsewhere, by ``limits``."""

    def setUp(self):
        super().setUp()
        self.addCleanup(rates._make_storage.cache_clear)
        self.quotas = [Quota("token/1", 2), Quota("user/7", 3)]

    def _use(self, uri):
        rates._make_storage.cache_clear()
        patcher = patch.dict(config.options, {rates.STORAGE: uri})
        patcher.start()
        self.addCleanup(patcher.stop)

    def _count(self):
        counted = self.env["rest.rate"]._count(self.quotas)
        return [rate.calls for rate in counted]

    def _count_rows(self):
        return len(self._fetch("SELECT subject FROM rest_rate_count", ()))

    def test_storage_counts_as_postgresql_does(self):
        for uri in (None, "memory://"):
            self._use(uri)
            counted = [self._count() for _number in range(4)]
            self.assertEqual(counted, [[1, 1], [2, 2], [3], [4]])
            (rate,) = self.env["rest.rate"]._count(self.quotas)
            self.assertTrue(rate.is_exceeded)
            self.assertIn(rate.seconds, (59, 60))
        self.assertEqual(self._count_rows(), 2)

    def test_storage_is_asked_and_no_statement_is_sent(self):
        self._use("memory://")
        with patch.object(type(self.env["rest.rate"]), "_fetch_committed") as fetched:
            self._count()
        fetched.assert_not_called()

    def test_postgresql_counts_for_a_while_where_the_storage_fails(self):
        self._use("redis://:secret@127.0.0.1:1/0")  # where nobody listens
        with self.assertLogs("odoo.addons.odoo_rest_token.rates", "WARNING") as logs:
            counted = [self._count() for _number in range(3)]
        self.assertEqual(counted, [[1, 1], [2, 2], [3]])
        self.assertEqual(len(logs.output), 1)
        self.assertNotIn("secret", logs.output[0])
        rates.find_storage()._paused_until = 0
        with self.assertLogs("odoo.addons.odoo_rest_token.rates", "WARNING"):
            self._count()

    def test_postgresql_counts_where_there_is_no_such_storage(self):
        self._use("nonsense://:secret@127.0.0.1")
        with self.assertLogs("odoo.addons.odoo_rest_token.rates", "ERROR") as logs:
            counted = [self._count() for _number in range(3)]
        self.assertEqual(counted, [[1, 1], [2, 2], [3]])
        self.assertEqual(len(logs.output), 1)
        self.assertNotIn("secret", logs.output[0])
