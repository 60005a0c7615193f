from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token_api.tests.common import RestApiCase


@tagged("post_install", "-at_install")
class TestRepeatedNames(RestApiCase):
    """Typed clients send lists as one name that is repeated."""

    def _say(self, kind, params):
        """Send parameters in a query and as a form, and return what both meant."""
        path = f"/api/tagging/{kind}"
        answers = [
            self.client.get(path, params=params),
            self.client.post(path, data=params),
        ]
        said = [self.assertDone(answer)["said"] for answer in answers]
        self.assertEqual(said[0], said[1])
        return said[0]

    def test_names_of_lists_may_be_repeated(self):
        for kind in ("own", "plain"):
            said = self._say(kind, [("tags", "a"), ("name", "n"), ("tags", "b,c")])
            self.assertEqual(said, {"name": "n", "tags": ["a", "b,c"]})

    def test_one_text_is_a_list_of_one_unless_the_schema_reads_it(self):
        self.assertEqual(self._say("own", {"tags": "a b"}), {"tags": ["a b"]})
        self.assertEqual(self._say("own", {"words": "a b"}), {"words": ["a", "b"]})
        self.assertEqual(self._say("own", {"words": ["a", "b"]}), {"words": ["a", "b"]})

    def test_brackets_go_on(self):
        for kind in ("own", "plain"):
            said = self._say(kind, {"tags[]": ["a", "b"]})
            self.assertEqual(said, {"tags": ["a", "b"]})

    def test_other_names_may_not_be_repeated(self):
        for kind in ("own", "plain"):
            for name in ("name", "unknown"):
                params = {name: ["a", "b"]}
                for answer in (
                    self.client.get(f"/api/tagging/{kind}", params=params),
                    self.client.post(f"/api/tagging/{kind}", data=params),
                ):
                    self.assertError(answer, 400, f"'{name}' is given twice")

    def test_a_text_of_json_is_no_list(self):
        answer = self.client.post("/api/tagging/own", json={"tags": "a"})
        self.assertError(answer, 400, "tags")
