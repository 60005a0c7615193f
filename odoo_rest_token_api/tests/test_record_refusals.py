from unittest.mock import patch

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .record_common import RecordCase

BEYOND = 2**31 - 1  # an id that no record has


@tagged("post_install", "-at_install")
class TestRecordRefusals(RecordCase):
    def setUp(self):
        super().setUp()
        self.partner = self._new_partner("Ada", city="Lisboa")

    def _count(self):
        return self.partners.with_context(active_test=False).search_count([])

    def assertNothingIsWritten(self, body, status, description):
        """Check that creating and changing a partner so are refused alike."""
        count = self._count()
        response = self._post({"name": "Bob", **body})
        self.assertError(response, status, description)
        response = self._patch(self.partner, {"city": "Porto", **body})
        self.assertError(response, status, description)
        self.assertEqual(self._count(), count)
        self.assertEqual(self.partner.city, "Lisboa")

    def test_required_fields_are_named(self):
        for body in ({}, {"city": "Porto"}, {"name": None}, {"name": ""}):
            with self.subTest(body=body):
                self.assertError(self._post(body), 400, "name: ")

    def test_required_fields_are_not_emptied(self):
        for name in (None, ""):
            response = self._patch(self.partner, {"name": name})
            self.assertError(response, 400, "name: ")
            self.assertEqual(self.partner.name, "Ada")

    def test_values_of_another_type_are_named(self):
        for name, value in [
            ("name", 1),
            ("name", ["Bob"]),
            ("city", {"name": "Porto"}),
            ("city", True),
            ("is_company", "true"),
            ("is_company", 1),
            ("is_company", None),
            ("country_id", "PT"),
            ("country_id", [1]),
            ("country_id", 0),
            ("country_id", True),
            ("country_id", 2**31),
            ("category_id", 1),
            ("category_id", ["x"]),
            ("category_id", None),
            ("category_id", [{"name": "x"}]),
            ("lang", "xx_XX"),
            ("image_1920", "not base64"),
        ]:
            with self.subTest(name=name, value=value):
                self.assertNothingIsWritten({name: value}, 400, f"{name}: ")

    def test_base64_that_is_no_image_is_refused(self):
        for text in ("aGVsbG8=", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA="):
            self.assertNothingIsWritten({"image_1920": text}, 422, "image")

    def test_all_bad_fields_are_named_at_once(self):
        response = self._post({"city": 1, "phone": 2})
        for name in ("city", "name", "phone"):
            self.assertError(response, 400, f"{name}: ")

    def test_unknown_fields_are_named(self):
        for name in (
            "nothing",
            "function",
            "user_ids",
            "country_id.code",
            "create_uid",
        ):
            self.assertNothingIsWritten({name: "x"}, 400, f"{name}: unknown field")

    def test_missing_records_are_named(self):
        missing = {"country_id": BEYOND, "category_id": [BEYOND]}
        for name, value in missing.items():
            self.assertNothingIsWritten({name: value}, 400, f"{name}: .*{BEYOND}")

    def test_constraint_of_the_model(self):
        response = self._patch(self.partner, {"parent_id": self.partner.id})
        self.assertError(response, 422)
        self.assertFalse(self.partner.parent_id)

    def test_what_is_in_use_is_not_deleted(self):
        company = self.env["res.company"].create({"name": "Used"})
        with mute_logger("odoo.sql_db"):
            response = self._delete(self._path_of(company.partner_id))
        self.assertError(response, 409, "in use")
        self.assertTrue(company.partner_id.exists())

    def test_what_is_filled_in_is_not_said_to_be_missing(self):
        category = "res.partner.category"
        self._expose(category, "test-tags", "name", allow_create=True)
        components = "odoo.addons.odoo_rest_token_api.components"
        filled = patch(
            f"{components}.record_filling.RecordService._fill_in",
            lambda service, values_list: [{"name": "Ada"} for _each in values_list],
        )
        failing = patch(
            f"{components}.record_service.RecordService._create_records",
            side_effect=ValueError("of something else"),
        )
        with filled, failing, mute_logger(
            "odoo.addons.odoo_rest_token_api.records.writing"
        ):
            response = self._post({}, path="/api/test-tags")
        self.assertError(response, 422, "Odoo can't do this")

    def test_there_is_no_record_of_that_id(self):
        for record_id in (0, BEYOND, 2**31, 10**30):
            for method in ("GET", "PATCH", "PUT", "DELETE"):
                with self.subTest(record_id=record_id, method=method):
                    json = {"city": "Porto"} if method in ("PATCH", "PUT") else None
                    path = f"{self.path}/{record_id}"
                    response = self.client.request(method, path, json=json)
                    self.assertError(response, 404)

    def test_what_is_no_id_is_no_path(self):
        for text in ("-1", "x", "1.5", "1/x", "%20"):
            self.assertError(self._get(f"{self.path}/{text}"), 404)

    def test_bodies_of_another_kind_are_refused(self):
        for text in ("{", '"Bob"', "1", "null"):
            for method, path in [
                ("POST", self.path),
                ("PATCH", self._path_of(self.partner)),
            ]:
                response = self.client.request(
                    method,
                    path,
                    data=text,
                    headers={"Content-Type": "application/json"},
                )
                self.assertError(response, 400)
        self.assertError(self._patch(self.partner, [{"city": "Porto"}]), 400)
        self.assertEqual(self.partner.city, "Lisboa")

    def test_files_are_refused(self):
        for name in ("city", "city[]", "image_1920", "category_id[]", "nothing"):
            files = [(name, ("file.txt", b"Porto"))]
            for method, path in [
                ("POST", self.path),
                ("PATCH", self._path_of(self.partner)),
            ]:
                response = self.client.request(method, path, files=files)
                self.assertError(response, 400, f"{name.rstrip('[]')}: ")
        self.assertEqual(self.partner.city, "Lisboa")

    def test_methods_that_there_are_not(self):
        response = self.client.post(self._path_of(self.partner))
        self.assertError(response, 405)
        self.assertError(self.client.put(self.path), 405)
