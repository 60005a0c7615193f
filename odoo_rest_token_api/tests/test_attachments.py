import base64

from odoo.tests.common import tagged

from .common import RestApiCase

PATH = "/api/test-attachments"
CONTENTS = (b"hello", b"test", b"%PDF-1.4\n\xe2\xe3\xcf\xd3", bytes(range(256)))


@tagged("post_install", "-at_install")
class TestAttachments(RestApiCase):
    """Files are base64 on the wire, however a field holds them."""

    def setUp(self):
        super().setUp()
        names = ("name", "datas", "raw", "file_size", "res_field")
        self.env["rest.resource"].create(
            {
                "path": "test-attachments",
                "model_id": self.env.ref("base.model_ir_attachment").id,
                "allow_create": True,
                "allow_update": True,
                "field_ids": [
                    (0, 0, {"field_id": self._field(name), "access": "write"})
                    for name in names
                ],
            }
        )
        self.attachments = self.env["ir.attachment"].with_user(self.holder)

    def _field(self, name):
        return self.env["ir.model.fields"]._get("ir.attachment", name).id

    def _read(self, record_id):
        params = {"fields": "datas,raw,file_size"}
        return self.assertDone(self.client.get(f"{PATH}/{record_id}", params=params))

    def test_files_are_read_as_they_were_sent(self):
        for content in CONTENTS:
            text = base64.b64encode(content).decode()
            for name in ("datas", "raw"):
                with self.subTest(name=name, content=content):
                    answer = self.client.post(PATH, json={"name": "x", name: text})
                    record_id = self.assertDone(answer, 201)["id"]
                    answer = self._read(record_id)
                    self.assertEqual(answer["file_size"], len(content))
                    self.assertEqual((answer["datas"], answer["raw"]), (text, text))
                    attachment = self.env["ir.attachment"].browse(record_id)
                    self.assertEqual(attachment.raw, content)

    def test_what_is_no_base64_is_refused(self):
        answer = self.client.post(PATH, json={"name": "x", "raw": "no base64"})
        self.assertError(answer, 400, "raw: must be base64")

    def test_pages_are_those_of_one_search(self):
        """Odoo has attachments that hold values of fields where an id is asked for."""
        partner = self.env["res.partner"].create({"name": "Ada"})
        values = {"res_model": "res.partner", "res_id": partner.id}
        self.attachments.sudo().create(
            [
                {"name": "Page", **values, "res_field": field}
                for field in 5 * [False, "image_128"]
            ]
        )
        ids = self.attachments.search([("name", "=", "Page")]).ids
        for order in ("id", "id desc"):
            found, cursor = [], None
            while True:
                params = {"name": "Page", "order": order, "limit": 2, "total": "true"}
                if cursor:
                    params["cursor"] = cursor
                page = self.assertDone(self.client.get(PATH, params=params))
                self.assertEqual(page["total"], 5)
                found += [record["id"] for record in page["data"]]
                cursor = page["next_cursor"]
                if not cursor:
                    break
            self.assertEqual(len(found), 5)
            self.assertEqual(sorted(found), sorted(ids))
