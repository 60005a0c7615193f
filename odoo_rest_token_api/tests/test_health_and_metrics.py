from unittest.mock import patch

import psycopg2

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..components.health_service import HealthService
from ..monitoring import metrics
from .usage_common import UsageCase

OPENMETRICS = "application/openmetrics-text"


@tagged("post_install", "-at_install")
class TestHealth(UsageCase):
    """Who sends requests to servers asks which of them answer."""

    def test_it_needs_no_token(self):
        response = self._request("GET", "/api/health")
        self.assertEqual(self.assertDone(response), {"status": "ok"})
        self.assertAsDocumented(response)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertDone(self._request("HEAD", "/api/health"))
        self.assertError(self._request("POST", "/api/health"), 405)

    @mute_logger("odoo.http", "odoo.addons.odoo_rest_token_api.models.ir_http")
    def test_it_is_a_503_where_the_database_fails(self):
        error = psycopg2.OperationalError("the server closed the connection of secret")
        with patch.object(HealthService, "check", self._fail_with(error)):
            response = self._request("GET", "/api/health")
        self.assertError(response, 503)
        self.assertNotIn("secret", response.text)

    def _fail_with(self, error):
        def check(service):
            raise error

        vars(check).update(vars(HealthService.check))  # what it is declared with
        return check

    def test_it_takes_one_statement(self):
        self._request("GET", "/api/health")
        statements = self._record_statements(
            lambda: self._request("GET", "/api/health")
        )
        texts = [str(statement) for statement in statements]
        self.assertEqual([text for text in texts if "rest_" in text], [])
        self.assertIn("SELECT 1", texts)


@tagged("post_install", "-at_install")
class TestMetrics(UsageCase):
    """Prometheus reads what is called, with a token for that."""

    def setUp(self):
        super().setUp()
        self._add_group(self.holder, "odoo_rest_token_api.group_rest_metrics")
        self.reader = self._new_client(scope="metrics:read")

    def _read(self, **headers):
        self.env["rest.usage"]._write_gathered()
        return self.reader.get("/api/metrics", headers=headers)

    def _get_sample(self, name, operation, status):
        from prometheus_client.parser import text_string_to_metric_families

        for family in text_string_to_metric_families(self._read().text):
            for sample in family.samples:
                labels = (sample.labels["operation"], sample.labels["status"])
                if (sample.name, *labels) == (name, operation, status):
                    return sample.value
        return 0

    def test_calls_and_their_time_are_summed_up_by_operation_and_status(self):
        name = "odoo_rest_call_duration_seconds"
        before = self._get_sample(f"{name}_count", "test_countries_search", "2xx")
        for _number in range(3):
            self.client.get(self.path)
        self.client.get(f"{self.path}/0")
        count = self._get_sample(f"{name}_count", "test_countries_search", "2xx")
        self.assertEqual(count - before, 3)
        self.assertGreater(
            self._get_sample(f"{name}_sum", "test_countries_search", "2xx"), 0
        )
        failed = self._get_sample(f"{name}_count", "test_countries_get", "4xx")
        self.assertEqual(failed, 1)

    def test_text_is_as_the_client_asks_for(self):
        plain = self._read()
        self.assertEqual(plain.status_code, 200, plain.text)
        self.assertTrue(plain.headers["Content-Type"].startswith("text/plain"))
        open_metrics = self._read(Accept=f"{OPENMETRICS};version=1.0.0")
        content_type = open_metrics.headers["Content-Type"]
        self.assertTrue(content_type.startswith(OPENMETRICS))
        self.assertTrue(open_metrics.text.endswith("# EOF\n"))

    def test_it_is_for_those_who_may(self):
        self.assertError(self._request("GET", "/api/metrics"), 401)
        scoped = self._new_client(scope="partners:read")
        self.assertError(scoped.get("/api/metrics"), 403, "metrics:read")
        stranger = self._new_client(self._new_user("stranger"), "metrics:read")
        self.assertError(stranger.get("/api/metrics"), 403, "metrics")

    def test_it_says_what_is_missing_where_the_package_is(self):
        with patch.object(metrics, "choose_encoder", None):
            response = self.reader.get("/api/metrics")
        self.assertError(response, 503, "prometheus_client")
        self.assertAsDocumented(response)

    def test_nobody_is_told_of_tokens_or_users(self):
        self.client.get("/api/auth/me")
        text = self._read().text
        self.assertIn("auth_me", text)
        self.assertNotIn(self.client.token.prefix, text)
        self.assertNotIn(self.holder.login, text)

    def test_totals_never_fall_while_an_operation_is_called(self):
        def find():
            totals = self.env["rest.usage"]._get_totals()
            return [row for row in totals if row[1:3] == ("auth_me", "2xx")]

        self._set_parameter("usage_days", "0")
        self.client.get("/api/auth/me")
        self.env["rest.usage"]._write_gathered()
        before = find()
        self.assertTrue(before)
        self.env["rest.usage"]._gc_usage()
        self.assertEqual(find(), before)
