from odoo.tests.common import TransactionCase, tagged

from ..records.preferring import Preferences
from .record_common import RecordCase

MINIMAL = {"Prefer": "return=minimal"}


@tagged("post_install", "-at_install")
class TestPreferences(TransactionCase):
    """The header Prefer is read as RFC 7240 says."""

    def test_names_values_and_parameters(self):
        preferences = Preferences('Return = minimal;a="b, c" ; d, onchange,wait=10')
        self.assertEqual(preferences.get("return"), ("minimal", {"a": "b, c", "d": ""}))
        self.assertEqual(preferences.get("wait"), ("10", {}))
        self.assertIsNone(preferences.get("a"))
        self.assertEqual(preferences.follow("onchange"), "")

    def test_first_of_a_name_counts(self):
        preferences = Preferences("return=minimal, return=representation")
        self.assertEqual(preferences.get("return").value, "minimal")

    def test_what_is_unknown_is_left_alone(self):
        preferences = Preferences('=,;;"\\, return=nothing, é, onchange=always')
        self.assertIsNone(preferences.follow("return", "minimal"))
        self.assertIsNone(preferences.follow("onchange"))
        self.assertEqual(preferences.get_applied(), "")


@tagged("post_install", "-at_install")
class TestRecordPreferences(RecordCase):
    def setUp(self):
        super().setUp()
        self.body = {"name": "Ada", "ref": self.origin}

    def test_created_record_is_not_read_for_who_prefers_so(self):
        response = self._post(self.body, headers=MINIMAL)
        self.assertDone(response, 201)
        self.assertFalse(response.content)
        self.assertEqual(response.headers["Preference-Applied"], "return=minimal")
        self.assertNotIn("ETag", response.headers)
        partner = self.partners.search([("ref", "=", self.origin)])
        location = response.headers["Location"]
        self.assertTrue(location.endswith(self._path_of(partner)), location)

    def test_of_a_list_the_ids_are_told(self):
        response = self._post(
            [self.body, self.body], path=f"{self.path}/batch", headers=MINIMAL
        )
        answer = self.assertDone(response, 201)
        partners = self.partners.search([("ref", "=", self.origin)], order="id")
        ids = [{"id": partner.id} for partner in partners]
        self.assertEqual(answer, {"count": 2, "data": ids})
        self.assertAsDocumented(response)

    def test_changed_record_is_not_read_for_who_prefers_so(self):
        partner = self._new_partner("Ada")
        response = self._patch(partner, {"city": "Faro"}, headers=MINIMAL)
        self.assertDone(response, 204)
        self.assertAsDocumented(response)
        self.assertEqual(partner.city, "Faro")

    def test_record_is_what_is_answered_otherwise(self):
        for header in ("return=representation", "return=nothing", "x"):
            response = self._post(self.body, headers={"Prefer": header})
            self.assertEqual(self.assertDone(response, 201)["name"], "Ada")
            applied = response.headers.get("Preference-Applied")
            is_known = header == "return=representation"
            self.assertEqual(applied, header if is_known else None)

    def test_replay_is_as_short(self):
        headers = {**MINIMAL, "Idempotency-Key": "a key"}
        first, second = (self._post(self.body, headers=headers) for _time in "12")
        self.assertDone(second, 201)
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual(second.headers["Idempotency-Replayed"], "true")

    def test_preferences_are_not_endless(self):
        response = self._post(self.body, headers={"Prefer": 1025 * "a"})
        self.assertError(response, 400, "Prefer: ")
