import json

from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token_api.tests.common import RestApiCase

PATH = "/api/typed"


@tagged("post_install", "-at_install")
class TestTypedServices(RestApiCase):
    """What base_rest and its sister addons type has errors of our shape."""

    def test_array_where_an_object_is_meant(self):
        response = self.client.post(f"{PATH}/model", json={"name": "Ada"})
        self.assertEqual(self.assertDone(response), {"names": ["Ada"]})
        for body in (["Ada"], [{"name": "Ada"}], [1]):
            self.assertError(self.client.post(f"{PATH}/model", json=body), 400)
        response = self.client.post(f"{PATH}/model", json={"name": 1})
        self.assertError(response, 400, "name")

    def test_object_where_an_array_is_meant(self):
        for body in ({"name": "Ada"}, {"name": None}):
            response = self.client.post("/api/typed/models", json=body)
            self.assertError(response, 400, "not as it is documented")

    def test_list_of_objects(self):
        body = [{"name": "Ada"}, {"name": "Byron"}]
        response = self.client.post(f"{PATH}/models", json=body)
        self.assertEqual(self.assertDone(response), {"names": [["Ada"], ["Byron"]]})
        for body in ([1], ["Ada"], [{"name": "Ada"}, []]):
            self.assertError(self.client.post(f"{PATH}/models", json=body), 400)

    def _post(self, **files):
        return self.client.post(f"{PATH}/form", files=files)

    def test_form_has_its_parts(self):
        photo = ("a.png", b"1234", "image/png")
        about = (None, json.dumps({"name": "Ada"}))
        answer = self.assertDone(self._post(photo=photo, about=about))
        self.assertEqual(answer, {"name": "Ada", "sizes": [4, None]})
        answer = self.assertDone(
            self._post(photo=photo, about=about, terms=("t.txt", b"12"))
        )
        self.assertEqual(answer["sizes"], [4, 2])
        self.assertError(self._post(about=about), 400, "photo: is missing")
        self.assertError(self._post(photo=photo), 400, "about: is missing")
        self.assertError(self._post(photo=(None, "text"), about=about), 400, "photo")
        self.assertError(self._post(photo=photo, about=(None, "{")), 400, "about")
        self.assertError(self._post(photo=photo, about=(None, "{}")), 400, "name")
        self.assertError(self._post(photo=photo, about=(None, "[]")), 400)

    def test_json_where_a_form_is_meant(self):
        for body in ({}, {"photo": "x", "about": {"name": "Ada"}}, [], [1]):
            self.assertError(self.client.post(f"{PATH}/form", json=body), 400)

    def test_file_is_given(self):
        response = self.client.get(f"{PATH}/file")
        self.assertEqual((response.status_code, response.content), (200, b"PNG"))

    def test_document_is_one(self):
        operation = self.assertDocumented("POST", f"{PATH}/form")
        form = operation["requestBody"]["content"]["multipart/form-data"]
        self.assertEqual(form["schema"]["required"], ["photo"])
        self.assertEqual(form["encoding"]["photo"]["contentType"], "image/png")
        photo = form["schema"]["properties"]["photo"]
        self.assertEqual(photo, {"type": "string", "format": "binary"})
        self.assertEqual(operation["responses"]["200"]["description"], "Done")
        operation = self.assertDocumented("GET", f"{PATH}/model")
        named = [each for each in operation["parameters"] if each.get("name") == "name"]
        self.assertEqual(
            named,
            [
                {
                    "name": "name",
                    "in": "query",
                    "required": False,
                    "schema": {"type": "string", "default": "Ada"},
                }
            ],
        )
