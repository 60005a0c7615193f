import base64
import io
from urllib.parse import urlsplit

from PIL import Image

from odoo.tests import tagged

from .common import RestApiCase

PATH = "/api/test-photos"


def make_image(width=64, height=32):
    output = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 60)).save(output, "PNG")
    return output.getvalue()


@tagged("post_install", "-at_install")
class TestResourceFiles(RestApiCase):
    def setUp(self):
        super().setUp()
        self._add_group(self.holder, "base.group_partner_manager")
        image = {"field_id": self._field("image_1920"), "access": "write"}
        self.resource = self.env["rest.resource"].create(
            {
                "path": "test-photos",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain": "[('ref', '=', 'rest-test')]",
                "allow_update": True,
                "allow_files": True,
                "allow_attachments": True,
                "field_ids": [
                    (0, 0, {"field_id": self._field("name")}),
                    (0, 0, image),
                    (0, 0, {"field_id": self._field("image_128")}),
                ],
            }
        )
        self.image = make_image()
        partners = self.env["res.partner"]
        self.partner = partners.create(
            {
                "name": "Zoë é",
                "ref": "rest-test",
                "image_1920": base64.b64encode(self.image),
            }
        )
        self.stranger = partners.create({"name": "Nobody"})
        self.path = f"{PATH}/{self.partner.id}"

    def _field(self, name):
        return self.env["ir.model.fields"]._get("res.partner", name).id

    # ------------------------------------------------------------
    # Binary fields
    # ------------------------------------------------------------

    def test_image_is_downloaded(self):
        response = self.client.get(f"{self.path}/image_1920")
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(response.content, self.image)
        headers = response.headers
        self.assertEqual(headers["Content-Type"], "image/png")
        self.assertEqual(headers["Content-Length"], str(len(self.image)))
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Accept-Ranges"], "bytes")
        self.assertEqual(
            headers["Content-Disposition"],
            "inline; filename=\"Zo? ?.png\"; filename*=UTF-8''Zo%C3%AB%20%C3%A9.png",
        )
        etag = {"If-None-Match": headers["ETag"]}
        response = self.client.get(f"{self.path}/image_1920", headers=etag)
        self.assertEqual((response.status_code, response.content), (304, b""))

    def test_download_reads_nothing_of_what_the_resource_declares(self):
        def download():
            response = self.client.get(f"{self.path}/image_1920")
            self.assertEqual(response.status_code, 200, response.text)

        for _time in range(2):  # it is read once
            self._invalidate()
            statements = self._record_statements(download)
        self.assertFalse([s for s in statements if "rest_resource_field" in str(s)])

    def test_parts_of_a_file(self):
        for header, part in [
            ("bytes=0-3", self.image[:4]),
            ("bytes=4-", self.image[4:]),
            ("bytes=-5", self.image[-5:]),
        ]:
            response = self.client.get(
                f"{self.path}/image_1920", headers={"Range": header}
            )
            self.assertEqual((response.status_code, response.content), (206, part))
            self.assertIn(f"/{len(self.image)}", response.headers["Content-Range"])
        headers = {"Range": "bytes=100000-"}
        response = self.client.get(f"{self.path}/image_1920", headers=headers)
        self.assertError(response, 416)
        response = self.client.request("HEAD", f"{self.path}/image_1920")
        self.assertEqual(response.headers["Content-Length"], str(len(self.image)))

    def test_smaller_image(self):
        path = f"{self.path}/image_1920"
        response = self.client.get(path, params={"size": 16})
        image = Image.open(io.BytesIO(response.content))
        self.assertEqual((image.size, image.format), ((16, 8), "PNG"))
        whole = self.client.get(path).headers["ETag"]
        self.assertNotEqual(response.headers["ETag"], whole)
        for size in ("0", "-1", "x", "1000000"):
            response = self.client.get(path, params={"size": size})
            self.assertError(response, 400, "size")

    def test_file_is_replaced(self):
        image = make_image(8, 8)
        path = f"{self.path}/image_1920"
        for options in (
            {"data": image, "headers": {"Content-Type": "image/png"}},
            {"files": {"file": ("photo.png", image, "image/png")}},
            # What curl says of all that it sends
            {
                "data": image,
                "headers": {"Content-Type": "application/x-www-form-urlencoded"},
            },
        ):
            self.partner.image_1920 = base64.b64encode(self.image)
            self.assertDone(self.client.put(path, **options), 204)
            self.assertEqual(self.client.get(path).content, image)
        self.assertDone(self.client.delete(path), 204)
        self.assertError(self.client.get(path), 404)

    def test_file_has_to_be_sent(self):
        path = f"{self.path}/image_1920"
        self.assertError(self.client.put(path, data=b"no image"), 422)
        several = [("a", ("a", b"a")), ("b", ("b", b"b"))]
        self.assertError(self.client.put(path, files=several), 400, "file")
        several = {"text": (None, "no file")}
        self.assertError(self.client.put(path, files=several), 400, "file")
        self.assertEqual(self.client.get(path).content, self.image)

    def test_file_has_a_limit(self):
        line = self.resource.field_ids[1]
        line.max_size = len(self.image) / 1024 / 1024 / 2
        path = f"{self.path}/image_1920"
        headers = {"Content-Type": "image/png"}
        response = self.client.put(path, data=self.image, headers=headers)
        self.assertError(response, 413)
        response = self.client.put(path, data=b"x" * 100_000, headers=headers)
        self.assertError(response, 413)

    def test_what_is_only_read_is_not_written(self):
        path = f"{self.path}/image_128"
        self.assertEqual(self.client.get(path).status_code, 200)
        response = self.client.put(path, data=self.image)
        self.assertError(response, 405)
        self.assertEqual(response.headers["Allow"], "GET")
        self.assertError(self.client.delete(path), 405)
        self.resource.allow_update = False
        response = self.client.put(f"{self.path}/image_1920", data=self.image)
        self.assertError(response, 405)

    def test_only_files_of_the_resource_are_served(self):
        self.assertError(self.client.get(f"{self.path}/image_256"), 404)
        self.assertError(self.client.get(f"{self.path}/email"), 404)
        path = f"{PATH}/{self.stranger.id}/image_1920"
        self.assertError(self.client.get(path), 404)
        self.assertError(self.client.put(path, data=self.image), 404)
        self.resource.allow_files = False
        self.assertError(self.client.get(f"{self.path}/image_1920"), 404)

    def test_scopes_of_files(self):
        path = f"{self.path}/image_1920"
        reader = self._new_client(scope="test-photos:read")
        self.assertEqual(reader.get(path).status_code, 200)
        response = reader.put(path, data=self.image)
        self.assertError(response, 403, "test-photos:write")

    def test_files_are_documented(self):
        operation = self.assertDocumented("GET", f"{PATH}/{{record_id}}/image_1920")
        self.assertIn(
            "application/octet-stream", operation["responses"]["200"]["content"]
        )
        put = self.assertDocumented("PUT", f"{PATH}/{{record_id}}/image_1920")
        self.assertIn("multipart/form-data", put["requestBody"]["content"])
        self.assertDocumented("DELETE", f"{PATH}/{{record_id}}/image_1920")
        item = self.document["paths"][f"{PATH}/{{record_id}}/image_128"]
        self.assertEqual(set(item) - {"parameters"}, {"get"})
        self.assertNotIn(
            "/api/partners/{record_id}/attachments", self.document["paths"]
        )

    # ------------------------------------------------------------
    # Attachments
    # ------------------------------------------------------------

    def _attach(self, content=b"Hello", name="hello.txt"):
        files = {"file": (name, content, "text/plain")}
        response = self.client.post(f"{self.path}/attachments", files=files)
        answer = self.assertDone(response, 201)
        self.assertAsDocumented(response)
        location = urlsplit(response.headers["Location"]).path
        self.assertEqual(location, f"{self.path}/attachments/{answer['id']}")
        return answer, location

    def test_attachments_come_and_go(self):
        answer, location = self._attach()
        self.assertEqual(
            (answer["name"], answer["mimetype"], answer["size"]),
            ("hello.txt", "text/plain", 5),
        )
        attachment = self.env["ir.attachment"].browse(answer["id"])
        self.assertEqual(attachment.res_id, self.partner.id)
        response = self.client.get(f"{self.path}/attachments")
        page = {"count": 1, "data": [answer], "next_cursor": None}
        self.assertEqual(self.assertDone(response), page)
        self.assertAsDocumented(response)
        response = self.client.get(location)
        self.assertEqual(response.content, b"Hello")
        self.assertDone(self.client.delete(location), 204)
        self.assertError(self.client.get(location), 404)
        self.assertFalse(attachment.exists())

    def test_attachments_come_in_pages(self):
        ids = [self._attach(b"%d" % number)[0]["id"] for number in range(5)]
        found, params = [], {"limit": 2}
        while True:
            response = self.client.get(f"{self.path}/attachments", params=params)
            page = self.assertDone(response)
            self.assertAsDocumented(response)
            found += [each["id"] for each in page["data"]]
            if not page["next_cursor"]:
                break
            self.assertEqual(page["count"], 2)
            # What comes in between moves no page.
            self._attach()
            params["cursor"] = page["next_cursor"]
        self.assertEqual(found, sorted(ids, reverse=True))
        for name, value in (("limit", "501"), ("limit", "0"), ("cursor", "x")):
            response = self.client.get(f"{self.path}/attachments", params={name: value})
            self.assertError(response, 400, name)

    def test_attachment_is_named_by_a_header(self):
        headers = {
            "Content-Type": "application/json",
            "Content-Disposition": 'attachment; filename="order.json"',
        }
        response = self.client.post(
            f"{self.path}/attachments", data=b'{"a": [1]}', headers=headers
        )
        answer = self.assertDone(response, 201)
        self.assertEqual(answer["name"], "order.json")

    def test_what_a_browser_would_run_is_a_download(self):
        for name, content in [
            ("page.html", b"<html><script>alert(1)</script></html>"),
            ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("script.js", b"alert(1)"),
            ("data.xml", b"<a/>"),
        ]:
            _answer, location = self._attach(content, name)
            attachment = self.env["ir.attachment"].search(
                [("name", "=", name)], limit=1
            )
            attachment.sudo().mimetype = {"html": "text/html"}.get(
                name[5:], attachment.mimetype
            )
            headers = self.client.get(location).headers
            if headers["Content-Type"].split(";")[0] != "text/plain":
                self.assertIn("attachment", headers["Content-Disposition"], name)
            self.assertIn("sandbox", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_attachments_of_others_do_not_exist(self):
        attachments = self.env["ir.attachment"]
        values = {"name": "x", "raw": b"x", "res_model": "res.partner"}
        other = attachments.create({**values, "res_id": self.stranger.id})
        image = attachments.search(
            [("res_model", "=", "res.partner"), ("res_field", "=", "image_1920")],
            limit=1,
        )
        for attachment in (other, image):
            path = f"{self.path}/attachments/{attachment.id}"
            self.assertError(self.client.get(path), 404)
            self.assertError(self.client.delete(path), 404)
        path = f"{PATH}/{self.stranger.id}/attachments"
        self.assertError(self.client.get(path), 404)
        self.assertError(self.client.get(f"{path}/{other.id}"), 404)

    def test_who_may_not_write_attaches_nothing(self):
        plain = self._new_client(self._new_user("plain", "base.group_user"))
        files = {"file": ("a.txt", b"a")}
        response = plain.post(f"{self.path}/attachments", files=files)
        self.assertError(response, 403)
        answer = self.assertDone(plain.get(f"{self.path}/attachments"))
        self.assertEqual(answer["data"], [])

    def test_attachments_are_served_where_it_says_so(self):
        self.resource.allow_attachments = False
        for verb in ("GET", "POST"):
            response = self.client.request(verb, f"{self.path}/attachments")
            self.assertError(response, 404)
        path = f"/api/partners/{self.partner.id}/attachments"
        self.assertError(self.client.get(path), 404)
