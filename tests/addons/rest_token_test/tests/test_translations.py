from odoo.tests.common import tagged

from .common import ItemCase

FRENCH = {"Accept-Language": "fr-FR, en;q=0.5"}


@tagged("post_install", "-at_install")
class TestTranslations(ItemCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.item = self._new_item(title="House")
        self.french = self.item.with_context(lang="fr_FR")
        self.french.title = "Maison"

    def test_value_is_read_in_the_language_of_the_request(self):
        self.assertEqual(self._read(self.item)["title"], "House")
        answer = self._get(self._path_of(self.item), headers=FRENCH).json()
        self.assertEqual(answer["title"], "Maison")

    def test_value_is_written_in_the_language_of_the_request(self):
        response = self._patch(self.item, {"title": "Foyer"}, headers=FRENCH)
        self.assertEqual(self.assertDone(response)["title"], "Foyer")
        self.assertEqual(self.item.title, "House")
        self.assertEqual(self.french.title, "Foyer")

    def test_value_is_searched_in_the_language_of_the_request(self):
        params = {"title": "Maison"}
        response = self._get(self.path, params=params, headers=FRENCH)
        self.assertEqual(response.json()["count"], 1)
        self.assertEqual(self._found(title="Maison"), [])
