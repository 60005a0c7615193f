import time
from datetime import date, timedelta
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests.common import tagged
from odoo.tools import config, mute_logger

from odoo.addons.odoo_rest_token.tests.common import RestTokenCase
from odoo.addons.odoo_rest_token.tests.test_rates import LOGGER, CommittedCountsMixin

from ..monitoring import gathered as gathering
from ..monitoring.gathered import MAX_CALLS, OTHERS, Call, Gathered
from .usage_common import UsageCase

NAMES = "rest_usage|rest_failed"


@tagged("post_install", "-at_install")
class TestUsage(UsageCase):
    """Administrators see what is called, by whom, how often and how long it takes."""

    def test_calls_are_counted_by_token_user_and_operation(self):
        other = self._new_client()
        for _number in range(3):
            self.client.get("/api/auth/me")
        other.get("/api/auth/me")
        other.get(self.path)
        usage = self._find(token_id=self.client.token.id)
        self.assertEqual(
            (usage.service, usage.operation, usage.status, usage.calls),
            ("/api/auth", "auth_me", "2xx", 3),
        )
        self.assertEqual(usage.user_id, self.holder)
        self.assertEqual(usage.token, f"Test ({self.client.token.prefix})")
        self.assertEqual((usage.failures, usage.day), (0, date.today()))
        self.assertTrue(0 < usage.seconds < 60)
        names = self._find(token_id=other.token.id).mapped("operation")
        self.assertEqual(set(names), {"auth_me", "test_countries_search"})

    def test_counts_of_a_day_add_up_however_often_they_are_written(self):
        for calls in (1, 2, 3):
            self.client.get("/api/auth/me")
            usage = self._find(operation="auth_me", token_id=self.client.token.id)
            self.assertEqual(usage.mapped("calls"), [calls])
            self._invalidate()

    def test_calls_that_fail_are_counted_as_failures(self):
        for path, operation in (
            (f"{self.path}/0", "test_countries_get"),
            (f"{self.path}?limit=nonsense", "test_countries_search"),
        ):
            self.client.get(path)
            usage = self._find(operation=operation)
            self.assertEqual((usage.status, usage.failures), ("4xx", 1))
            self.assertEqual(usage.token_id, self.client.token)

    @mute_logger(LOGGER)
    def test_calls_without_a_token_are_counted_by_operation_alone(self):
        self._request("GET", "/api/auth/me")
        self._request("GET", "/api/auth/me", "access_token_" + 40 * "0")
        usage = self._find(operation="auth_me")
        self.assertEqual((usage.calls, usage.failures), (2, 2))
        self.assertFalse(usage.token_id or usage.user_id or usage.token)
        self._request("GET", "/api/health")
        self.assertEqual(self._find(operation="health_check").status, "2xx")

    def test_paths_that_are_none_are_one(self):
        for path in ("/api/nothing", "/api/nothing/else", "/api/auth/me/or/not"):
            self.client.get(path)
        self.client.put("/api/auth/me")
        usage = self._find(operation="unknown")
        self.assertEqual((usage.calls, usage.service), (4, ""))

    def test_head_is_a_call_and_a_preflight_is_none(self):
        self.client.request("HEAD", "/api/auth/me")
        asks = {"Origin": "https://a.org", "Access-Control-Request-Method": "GET"}
        self._request("OPTIONS", "/api/auth/me", headers=asks)
        self.assertEqual(self._find().mapped("operation"), ["auth_me"])

    def test_older_ways_to_get_a_token_are_counted(self):
        data = {"login": self.holder.login, "password": self.holder.login}
        for path, operation in (
            ("/api/auth/token", "auth_issue_token_get"),
            ("/rest/sky/token", "token_issue_get"),
        ):
            answer = self._request("GET", path, data=data)
            self.assertEqual(self._find(operation=operation).calls, 1)
            self._request("DELETE", path, answer.json()["access_token"])
        self.assertEqual(self._find(operation="token_revoke").user_id, self.holder)

    def test_what_is_not_modified_is_a_call(self):
        country = self.env.ref("base.be")
        etag = self.client.get(f"{self.path}/{country.id}").headers["ETag"]
        headers = {"If-None-Match": etag}
        self.client.get(f"{self.path}/{country.id}", headers=headers)
        found = self._find(operation="test_countries_get")
        self.assertEqual(set(found.mapped("status")), {"2xx", "3xx"})
        self.assertEqual(sum(found.mapped("failures")), 0)

    def test_an_export_is_counted_once_it_is_sent(self):
        answer = self.client.get(self.path, headers={"Accept": "text/csv"})
        self.assertIn("Belgium", answer.text)
        # The server is done with it a moment after its client.
        for _attempt in range(50):
            usage = self._find(operation="test_countries_search")
            if usage:
                break
            time.sleep(0.1)
        self.assertEqual(usage.calls, 1)

    def test_plain_routes_are_counted_by_their_paths(self):
        self.client.get("/api/openapi.json")
        usage = self._find(operation="/api/openapi.json")
        self.assertEqual((usage.calls, usage.token_id), (1, self.client.token))

    def test_routes_elsewhere_are_counted_if_they_take_tokens(self):
        path = "/odoo_rest_token/test/whoami"
        self.client.get(path)
        self._request("GET", path)
        self._request("GET", "/web/login")
        used, refused = self._find().sorted("status")
        self.assertEqual((used.operation, refused.operation), (path, path))
        self.assertEqual((used.token_id, refused.token_id.id), (self.client.token, 0))

    def test_no_request_takes_a_statement_for_it(self):
        self.resource.failures_until = False
        for path in ("/api/auth/me", "/api/partners/0", "/api/nothing", self.path):
            self.client.get(path)
            with self.subTest(path=path):
                statements = self._record_statements(lambda p=path: self.client.get(p))
                self.assertTrue(statements)
                self.assertNotRegex(" ".join(map(str, statements)), NAMES)

    def test_nobody_but_administrators_reads_it(self):
        self.client.get("/api/auth/me")
        usage = self._find(operation="auth_me")
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        self.assertEqual(usage.with_user(manager).read(["calls"])[0]["calls"], 1)
        with self.assertRaises(AccessError):
            usage.with_user(self.holder).read(["calls"])
        with self.assertRaises(AccessError):
            usage.with_user(manager).write({"calls": 0})

    def test_a_token_that_is_removed_is_known_by_its_name(self):
        token = self.client.token
        name = f"Test ({token.prefix})"
        self.client.get("/api/auth/me")
        usage = self._find(operation="auth_me")
        token.unlink()
        self._flush()
        self._invalidate()
        self.assertEqual((usage.token, usage.token_id.id), (name, False))
        self.assertEqual(usage.user_id, self.holder)

    def test_it_is_grouped_and_summed_up(self):
        self._add_usage(calls=2, token=self.client.token)
        self._add_usage(calls=3, operation="auth_list_tokens", token=self.client.token)
        [group] = self.env["rest.usage"].read_group(
            [("token_id", "=", self.client.token.id)],
            ["calls:sum", "failures:sum", "seconds:sum"],
            ["user_id"],
        )
        self.assertEqual((group["calls"], group["seconds"]), (5, 2))

    def test_it_is_kept_as_long_as_the_parameter_says(self):
        self._set_parameter("usage_days", "10")
        old = self._add_usage(date.today() - timedelta(days=11))
        new = self._add_usage(date.today() - timedelta(days=9))
        self.env["rest.usage"]._gc_usage()
        self._invalidate()
        self.assertEqual((old | new).search([("id", "in", (old | new).ids)]), new)

    def test_page_of_a_token_says_how_many_calls_there_were(self):
        token = self.client.token
        self._add_usage(calls=5, token=token)
        self._add_usage(date.today() - timedelta(days=40), calls=7, token=token)
        manager = self._new_user("manager", "base.group_user,base.group_erp_manager")
        token = token.with_user(manager)
        self.assertEqual(token.recent_calls, 5)
        action = token.action_open_usage()
        found = self.env["rest.usage"].search(action["domain"])
        self.assertEqual(sum(found.mapped("calls")), 12)
        with self.assertRaises(AccessError):
            token.with_user(self.holder).read(["recent_calls"])


@tagged("post_install", "-at_install")
class TestUsageOfTooManyCalls(CommittedCountsMixin, UsageCase):
    @mute_logger(LOGGER)
    def test_calls_too_many_are_failures_of_their_token(self):
        self._set_parameter("user_calls_per_minute", "1")
        for _number in range(3):
            self.client.get("/api/auth/me")
        usage = self._find(token_id=self.client.token.id, status="4xx")
        self.assertEqual(usage.failures, 2)


@tagged("post_install", "-at_install")
class TestGathered(RestTokenCase):
    """What is gathered in memory has its bounds."""

    def setUp(self):
        super().setUp()
        self.gathered = Gathered()

    def _count(self, operation, **values):
        call = Call(date.today(), "/api/x", operation, "2xx", 0, 0)
        self.gathered.count("db", call._replace(**values), 0.5)

    def test_what_would_be_too_many_is_not_told_apart(self):
        for number in range(MAX_CALLS + 5):
            self._count("x", token_id=number)
        counts, _failed_calls = self.gathered.take("db")
        self.assertEqual(len(counts), MAX_CALLS + 1)
        others = counts[Call(date.today(), "", OTHERS, "2xx", 0, 0)]
        self.assertEqual(others, [5, 2.5])

    def test_what_is_taken_is_not_there_any_more(self):
        self._count("x")
        self.assertEqual(len(self.gathered.take("db")[0]), 1)
        self.assertEqual(self.gathered.take("db"), ({}, []))
        self.assertEqual(self.gathered.take("other"), ({}, []))

    def test_only_calls_with_a_token_have_something_written(self):
        timer = patch.object(gathering.threading, "Timer")
        with patch.dict(config.options, test_enable=False), timer as start:
            self._count("x")
            self.assertFalse(start.called)
            for _number in range(3):
                self._count("x", user_id=1)
            self.assertEqual(start.call_args[0][0], gathering.COUNTS_PERIOD)
            self.assertEqual(start.call_count, 1)

    def test_a_database_that_is_out_of_reach_gets_it_later(self):
        error = psycopg2.OperationalError("no connection")
        with patch.object(gathering, "db_connect", side_effect=error):
            for _number in range(3):
                self._count("x")
                self.gathered.save()
        [(calls, seconds)] = self.gathered.take("db")[0].values()
        self.assertEqual((calls, seconds), (3, 1.5))

    @mute_logger("odoo.addons.odoo_rest_token_api.monitoring.gathered")
    def test_a_database_that_is_gone_is_forgotten(self):
        error = psycopg2.OperationalError("no such database")
        self._count("x")
        with patch.object(gathering, "db_connect", side_effect=error):
            for _number in range(gathering.MAX_TRIES):
                self.gathered.save()
        self.assertEqual(self.gathered.take("db"), ({}, []))

    @mute_logger("odoo.addons.odoo_rest_token_api.monitoring.gathered")
    def test_a_database_without_the_addon_is_forgotten_at_once(self):
        self._count("x")
        gone = psycopg2.errors.UndefinedTable("no such table")
        with patch.object(gathering, "db_connect", side_effect=gone):
            self.gathered.save()
        self.assertEqual(self.gathered.take("db"), ({}, []))
