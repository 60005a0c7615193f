import json

from odoo.tests.common import tagged

from .record_common import RecordCase

A = ["name", "=", "A"]
B = ["name", "=", "B"]
C = ["name", "=", "C"]
X = ["city", "=", "X"]


@tagged("post_install", "-at_install")
class TestRecordDomain(RecordCase):
    def setUp(self):
        super().setUp()
        self.country = self.env.ref("base.pt")
        self.a = self._new_partner("A", city="X")
        self.b = self._new_partner("B", city="X", country_id=self.country.id)
        self.c = self._new_partner("C", is_company=True)

    def _names(self, *domain, **params):
        found = self._search(
            ref=self.origin, fields="name", domain=json.dumps(domain), **params
        )
        return "".join(sorted(record["name"] for record in found["data"]))

    def assertRefused(self, domain, description="domain: "):
        text = domain if isinstance(domain, str) else json.dumps(domain)
        response = self._get(self.path, params={"domain": text})
        self.assertError(response, 400, description)

    def test_terms(self):
        self.assertEqual(self._names(A), "A")
        self.assertEqual(self._names(["name", "in", ["A", "C"]]), "AC")
        self.assertEqual(self._names(["id", ">", self.a.id]), "BC")
        self.assertEqual(self._names(["is_company", "=", True]), "C")
        self.assertEqual(self._names(["is_company", "=", False]), "AB")
        self.assertEqual(self._names(["country_id", "=", self.country.id]), "B")

    def test_empty_values(self):
        for empty in (None, False):
            self.assertEqual(self._names(["city", "=", empty]), "C")
            self.assertEqual(self._names(["city", "!=", empty]), "AB")
            self.assertEqual(self._names(["country_id", "=", empty]), "AC")
        self.assertEqual(self._names(["name", "in", []]), "")

    def test_operators_come_before_their_terms(self):
        self.assertEqual(self._names("|", A, B), "AB")
        self.assertEqual(self._names("&", A, X), "A")
        self.assertEqual(self._names("!", A), "BC")
        self.assertEqual(self._names("|", "|", A, B, C), "ABC")
        self.assertEqual(self._names("!", "|", A, B), "C")
        self.assertEqual(self._names("&", "!", A, X), "B")

    def test_terms_without_operator_have_all_to_hold(self):
        self.assertEqual(self._names(), "ABC")
        self.assertEqual(self._names(A, X), "A")
        self.assertEqual(self._names(A, B), "")
        self.assertEqual(self._names("|", A, C, X), "A")
        self.assertEqual(self._names(X, "|", A, C), "A")
        self.assertEqual(self._names(X, X, "!", A), "B")

    def test_filters_and_domain_have_both_to_hold(self):
        self.assertEqual(self._names("|", A, C, city="X"), "A")

    def test_what_is_no_domain_is_refused(self):
        for domain in (
            "[",
            "name",
            '"name"',
            '{"name": "A"}',
            "1",
            ["name"],
            [["name", "="]],
            [["name", "=", "A", "B"]],
            [{"name": "A"}],
            [[["name"], "=", "A"]],
            [[1, "=", 1]],
            ["&"],
            ["&", A],
            ["!"],
            [A, "|"],
            ["^", A, B],
        ):
            with self.subTest(domain=domain):
                self.assertRefused(domain)
        self.assertRefused(3000 * "[" + 3000 * "]")

    def test_what_postgresql_can_not_take_is_refused(self):
        for value in (
            r'"\u0000"',
            r'"\ud800"',
            r'["a", "\udfff"]',
            r'{"\u0000": 1}',
            "NaN",
            "9" * 1001,
        ):
            for text in (f'[["name", "=", {value}]]', f'[["name", "in", [{value}]]]'):
                with self.subTest(text=text[:40]):
                    self.assertRefused(text, "domain: must be JSON")
        self.assertRefused(r'[["a\u0000", "=", "A"]]', "domain: must be JSON")

    def test_what_is_refused_is_repeated_in_part(self):
        long = "<" * 5000
        for domain in ([[long, "=", 1]], [[long]], [["name", long, 1]], long):
            response = self._get(self.path, params={"domain": json.dumps(domain)})
            self.assertError(response, 400, "domain: ")
            self.assertLess(len(response.json()["description"]), 300)

    def test_long_domains_are_no_server_error(self):
        for domain in (
            2000 * ["!"] + [A],
            200 * ["|"] + 201 * [A],
            200 * [A],
            100 * ["!", "|", A] + [A],
        ):
            response = self._get(self.path, params={"domain": json.dumps(domain)})
            self.assertIn(response.status_code, (200, 400), response.text)

    def test_unknown_operators_are_refused(self):
        for operator in ("~", "=like", "any", "ilike ", "", None, 1, ["="], {"a": 1}):
            with self.subTest(operator=operator):
                self.assertRefused([["name", operator, "A"]])
        self.assertRefused(
            [["name", ">", "A"]], "domain: name: unknown operator; there are =, !=, "
        )

    def test_values_of_another_type_are_refused(self):
        for term in (
            ["name", "=", 1],
            ["name", "=", ["A"]],
            ["name", "=", True],
            ["name", "in", "A"],
            ["name", "in", [1]],
            ["name", "in", [["A"]]],
            ["id", "=", None],
            ["id", "=", {"a": 1}],
            ["id", ">", 2**31],
            ["is_company", "=", "perhaps"],
            ["create_date", ">", 5],
            ["country_id", "=", "PT"],
            ["country_id", "=", {"code": "PT"}],
        ):
            with self.subTest(term=term):
                self.assertRefused([term])

    def test_emptiness_has_no_order_likeness_or_descendants(self):
        for term in (
            ["create_date", "<", None],
            ["create_date", ">=", False],
            ["name", "like", None],
            ["name", "not ilike", False],
            ["country_id", "child_of", None],
        ):
            with self.subTest(term=term):
                response = self._get(self.path, params={"domain": json.dumps([term])})
                self.assertIn(response.status_code, (200, 400), response.text)

    def test_what_is_not_served_can_not_be_probed(self):
        for name in ("function", "user_ids", "state_id.code", "user_ids.login", "x"):
            self.assertRefused([[name, "=", "1"]], f"domain: {name}: unknown field")
