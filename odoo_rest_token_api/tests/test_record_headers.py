from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestCompanyHeader(RecordCase):
    def setUp(self):
        super().setUp()
        self.own = self.env.company
        self.second, self.foreign = self.env["res.company"].create(
            [{"name": "Second"}, {"name": "Foreign"}]
        )
        self.holder.company_ids = self.own | self.second
        self.ours = self._new_partner("Ours", company_id=self.own.id)
        self.seconds = self._new_partner("Second's", company_id=self.second.id)
        self.foreigners = self._new_partner("Foreign", company_id=self.foreign.id)
        self.everybodys = self._new_partner("Everybody's")

    def _names(self, company_id=None):
        headers = {} if company_id is None else {"X-Company-Id": str(company_id)}
        response = self._get(self.path, params={"ref": self.origin}, headers=headers)
        return {record["name"] for record in self.assertDone(response)["data"]}

    def test_all_of_the_users_companies_by_default(self):
        self.assertEqual(self._names(), {"Ours", "Second's", "Everybody's"})

    def test_one_of_the_users_companies(self):
        self.assertEqual(self._names(self.own.id), {"Ours", "Everybody's"})
        self.assertEqual(self._names(self.second.id), {"Second's", "Everybody's"})

    def test_record_of_another_company_does_not_exist(self):
        headers = {"X-Company-Id": str(self.own.id)}
        path = self._path_of(self.seconds)
        self.assertDone(self._get(path))
        self.assertError(self._get(path, headers=headers), 404)
        self.assertError(self._get(self._path_of(self.foreigners)), 404)

    def test_company_of_others_is_refused(self):
        for company_id in (self.foreign.id, 0, -1, 10**30):
            response = self._get(self.path, headers={"X-Company-Id": str(company_id)})
            self.assertIn(response.status_code, (400, 403))
            self.assertRegex(response.json()["description"], "X-Company-Id")
        headers = {"X-Company-Id": str(self.foreign.id)}
        self.assertError(self._get(self.path, headers=headers), 403)

    def test_what_is_no_company_is_refused(self):
        for text in ("", "x", "1.5", "1,2", "true"):
            response = self._get(self.path, headers={"X-Company-Id": text})
            self.assertError(response, 400, "X-Company-Id: ")


@tagged("post_install", "-at_install")
class TestLanguageHeader(RecordCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.country = self.env["res.country"].create({"name": "Land", "code": "QZ"})
        self.country.with_context(lang="fr_FR").name = "Pays"
        self.partner = self._new_partner("Ada", country_id=self.country.id)

    def _country(self, language=None):
        headers = {} if language is None else {"Accept-Language": language}
        response = self._get(self._path_of(self.partner), headers=headers)
        return self.assertDone(response)["country_id"]["name"]

    def test_users_language_by_default(self):
        self.assertEqual(self._country(), "Land")
        self.holder.lang = "fr_FR"
        self.assertEqual(self._country(), "Pays")

    def test_language_of_the_request(self):
        for language in ("fr_FR", "fr-FR", "fr", "FR-fr", "fr;q=0.5", "xx, fr-FR"):
            self.assertEqual(self._country(language), "Pays", language)
        self.holder.lang = "fr_FR"
        for language in ("en", "en-US", "en-US,fr;q=0.5", "fr;q=0.4,en;q=0.6"):
            self.assertEqual(self._country(language), "Land", language)

    def test_unknown_languages_are_ignored(self):
        for language in ("xx", "xx-XX", "*", "de", "fr;q=0"):
            self.assertEqual(self._country(language), "Land", language)

    def test_malformed_languages_are_ignored(self):
        for language in ("", ";;;", "fr;q=x", ",,,", "q=1", "fr-FR-x-" + 500 * "y"):
            self.assertIn(self._country(language), ("Land", "Pays"), language)

    def test_answer_to_a_change_is_in_the_language_of_the_request(self):
        headers = {"Accept-Language": "fr"}
        answer = self._patch(self.partner, {"city": "Paris"}, headers=headers).json()
        self.assertEqual(answer["country_id"]["name"], "Pays")
