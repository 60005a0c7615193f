from datetime import date, timedelta

from odoo.exceptions import ValidationError
from odoo.tests.common import tagged

from ..monitoring.deprecation import Deprecation
from .usage_common import UsageCase

LINK = "https://example.com/countries-2"


@tagged("post_install", "-at_install")
class TestDeprecation(UsageCase):
    """Clients are told what is to go, and administrators who still calls it."""

    def _deprecate(self, record=None):
        (record or self.resource).write(
            {
                "deprecated_on": "2026-01-31",
                "sunset_on": "2026-07-31",
                "deprecation_link": LINK,
            }
        )

    def assertDeprecated(self, response):
        self.assertEqual(response.headers["Deprecation"], "@1769817600")
        self.assertEqual(response.headers["Sunset"], "Fri, 31 Jul 2026 00:00:00 GMT")
        self.assertEqual(response.headers["Link"], f'<{LINK}>; rel="deprecation"')

    def test_nothing_is_said_of_what_stays(self):
        response = self.client.get(self.path)
        for name in ("Deprecation", "Sunset", "Link"):
            self.assertNotIn(name, response.headers)
        self.assertNotIn("deprecated", self.assertDocumented("GET", self.path))

    def test_answers_of_a_resource_say_it_errors_too(self):
        self._deprecate()
        for client, path, status in (
            (self.client, self.path, 200),
            (self.client, f"{self.path}/0", 404),
            (self.client, f"{self.path}?limit=x", 400),
            (self._new_client(scope="partners:read"), self.path, 403),
        ):
            response = client.get(path)
            self.assertEqual(response.status_code, status, response.text)
            self.assertDeprecated(response)
        self.assertDeprecated(self._request("GET", self.path))
        accepts = {"Accept": "text/csv"}
        self.assertDeprecated(self.client.get(self.path, headers=accepts))

    def test_the_document_says_it(self):
        self._deprecate()
        operation = self.assertDocumented("GET", self.path)
        self.assertIs(operation["deprecated"], True)
        for text in ("2026-01-31", "2026-07-31", LINK):
            self.assertIn(text, operation["description"])
        self.assertNotIn("deprecated", self.assertDocumented("GET", "/api/partners"))

    def test_an_action_alone_is_deprecated(self):
        action = self.env["rest.resource.action"].create(
            {
                "resource_id": self.resource.id,
                "name": "write-in",
                "server_action_id": self.env["ir.actions.server"]
                .create({"name": "X", "model_id": self.model.id, "state": "code"})
                .id,
            }
        )
        self._deprecate(action)
        country = self.env.ref("base.be")
        self._add_group(self.holder, "base.group_system")
        response = self.client.post(f"{self.path}/{country.id}/write-in")
        self.assertDone(response)
        self.assertDeprecated(response)
        self.assertNotIn("Sunset", self.client.get(self.path).headers)
        described = self.assertDocumented("POST", f"{self.path}/1/write-in")
        self.assertIs(described["deprecated"], True)
        self._find()
        self.assertIn(f"Test ({self.client.token.prefix})", action.callers)
        self.assertIn("1 calls", action.callers)

    def test_it_takes_no_statement_to_know(self):
        def count():
            self.client.get(self.path)
            return len(self._record_statements(lambda: self.client.get(self.path)))

        before = count()
        self._deprecate()
        self.assertEqual(count(), before)

    def test_administrators_see_who_called_in_the_last_weeks(self):
        self._deprecate()
        other = self._new_client(self._new_user("other"))
        for client in (self.client, self.client, other):
            client.get(self.path)
        self._request("GET", self.path)
        self._find()
        self._invalidate()
        lines = self.resource.callers.split("\n")
        self.assertEqual(len(lines), 3)
        self.assertIn(f"Test ({self.client.token.prefix})", lines[0])
        self.assertIn(f"{self.holder.name}: 2 calls", lines[0])
        self.assertIn(str(date.today()), lines[0])
        self.assertTrue(any("Without a token: 1 calls" in line for line in lines))

    def test_calls_of_long_ago_do_not_count(self):
        self._deprecate()
        self.client.get(self.path)
        self._find()
        self.env.cr.execute(
            "UPDATE rest_usage_count SET day = %s", (date.today() - timedelta(days=40),)
        )
        self._invalidate()
        self.assertFalse(self.resource.callers)

    def test_usage_finds_what_is_deprecated(self):
        self.client.get(self.path)
        self.client.get("/api/partners")
        self._find()
        self._deprecate()
        usage = self.env["rest.usage"]
        today = ("day", "=", date.today())
        found = usage.search([("deprecated", "=", True), today])
        self.assertEqual(found.mapped("service"), [self.path])
        self.assertTrue(found.deprecated)
        others = usage.search([("deprecated", "=", False), today])
        self.assertIn("/api/partners", others.mapped("service"))
        self.assertNotIn(self.path, others.mapped("service"))

    def test_what_makes_no_sense_is_refused(self):
        for values in (
            {"sunset_on": "2026-01-01"},
            {"deprecated_on": "2026-02-01", "sunset_on": "2026-01-01"},
            {"deprecated_on": "2026-02-01", "deprecation_link": "see here"},
            {"deprecated_on": "2026-02-01", "deprecation_link": "javascript:x"},
            {"deprecated_on": "2026-02-01", "deprecation_link": "/a>\r\nX: y"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.resource.write(values)

    def test_code_that_makes_no_sense_is_refused(self):
        late, early = "2026-02-01", "2026-01-01"
        for terms in (("soon",), (late, early), (late, None, "x")):
            with self.subTest(terms=terms), self.assertRaises(ValueError):
                Deprecation(*terms)
        self.assertEqual(set(Deprecation(late).headers), {"Deprecation"})
