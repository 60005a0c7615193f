import json

from odoo.tests.common import tagged

from .common import ItemCase


@tagged("post_install", "-at_install")
class TestFieldGroups(ItemCase):
    """``internal_note`` is for ``base.group_system`` alone."""

    def setUp(self):
        super().setUp()
        self.item = self._new_item(internal_note="Secret")

    def _get_properties(self):
        document = self._get("/api/openapi.json").json()
        return document["components"]["schemas"]["Item"]["properties"]

    def test_field_does_not_exist_for_other_users(self):
        self.assertNotIn("internal_note", self._read(self.item))
        self.assertNotIn("internal_note", self._search()["data"][0])
        for params in (
            {"fields": "internal_note"},
            {"internal_note": "Secret"},
            {"internal_note__ilike": "s"},
            {"internal_note__empty": "false"},
            {"order": "internal_note"},
            {"domain": json.dumps([["internal_note", "=", "Secret"]])},
        ):
            response = self._get(self.path, params=params)
            self.assertError(response, 400, "internal_note|domain")

    def test_field_is_not_written_by_other_users(self):
        body = {"name": "New", "internal_note": "Known"}
        self.assertError(self._post(body), 400, "internal_note: unknown field")
        response = self._patch(self.item, body)
        self.assertError(response, 400, "internal_note: unknown field")
        self.assertEqual(self.item.internal_note, "Secret")
        self.assertEqual(self.item.name, "Item")

    def test_document_of_a_user_leaves_it_out(self):
        self.assertNotIn("internal_note", self._get_properties())
        self._add_group(self.holder, "base.group_system")
        self.assertIn("internal_note", self._get_properties())

    def test_field_is_there_for_the_group(self):
        self._add_group(self.holder, "base.group_system")
        self.assertEqual(self._read(self.item)["internal_note"], "Secret")
        self.assertEqual(self._found(internal_note="Secret"), self.item.ids)
        self.assertDone(self._patch(self.item, {"internal_note": "Known"}))
        self.assertEqual(self.item.internal_note, "Known")


@tagged("post_install", "-at_install")
class TestCompanyRule(ItemCase):
    def setUp(self):
        super().setUp()
        self.second, foreign = self.env["res.company"].create(
            [{"name": "Second"}, {"name": "Foreign"}]
        )
        self.holder.company_ids |= self.second
        self.ours = self._new_item("Ours", company_id=self.env.company.id)
        self.seconds = self._new_item("Second's", company_id=self.second.id)
        self.foreign = self._new_item("Foreign", company_id=foreign.id)
        self.headers = {"X-Company-Id": str(self.second.id)}

    def test_items_of_other_companies_do_not_exist(self):
        self.assertEqual(self._found(), (self.ours | self.seconds).ids)
        path = self._path_of(self.foreign)
        self.assertError(self._get(path), 404)
        self.assertError(self._patch(self.foreign, {"name": "Ours"}), 404)
        self.assertError(self._delete(path), 404)
        self.assertEqual(self.foreign.name, "Foreign")

    def test_items_of_the_company_that_is_asked_for(self):
        response = self._get(self.path, headers=self.headers)
        names = [record["name"] for record in response.json()["data"]]
        self.assertEqual(names, ["Second's"])
        response = self._patch(self.ours, {"name": "Mine"}, headers=self.headers)
        self.assertError(response, 404)

    def test_item_is_created_in_the_company_that_is_asked_for(self):
        answer = self.assertDone(self._post({"name": "A"}, headers=self.headers), 201)
        self.assertEqual(answer["company_id"]["name"], "Second")
        answer = self.assertDone(self._post({"name": "B"}), 201)
        self.assertEqual(answer["company_id"]["id"], self.env.company.id)

    def test_item_is_not_moved_to_other_companies(self):
        response = self._patch(self.ours, {"company_id": self.foreign.company_id.id})
        self.assertIn(response.status_code, (400, 403), response.text)
        self.assertEqual(self.ours.company_id, self.env.company)

    def test_item_of_another_company_is_not_linked(self):
        response = self._patch(self.ours, {"parent_id": self.foreign.id})
        self.assertError(response, 400, "parent_id: there is no record")
        body = {"name": "A", "parent_id": self.ours.id}
        self.assertError(self._post(body, headers=self.headers), 400, "parent_id: ")
        self.assertDone(self._post(body), 201)

    def test_change_that_hides_the_item_is_no_server_error(self):
        second = {"company_id": self.second.id}
        headers = {"X-Company-Id": str(self.env.company.id)}
        response = self._patch(self.ours, second, headers=headers)
        self.assertIn(response.status_code, (400, 403, 404), response.text)
        self.assertEqual(self.ours.company_id, self.env.company)


@tagged("post_install", "-at_install")
class TestAccessRights(ItemCase):
    def test_who_may_only_read(self):
        tag = self.tags[0]
        self.assertDone(self._get("/api/tags"))
        self.assertError(self._post({"name": "New"}, path="/api/tags"), 403)
        self.assertError(self._delete(f"/api/tags/{tag.id}"), 403)
        self.assertEqual(self.tags.search([]), self.tags)

    def test_who_may_not_read(self):
        self.env.ref("rest_token_test.access_rest_test_tag_user").perm_read = False
        self.assertError(self._get("/api/tags"), 403)
        self.assertError(self._get(f"/api/tags/{self.tags[0].id}"), 403)
        self.assertError(self._get("/api/tags?total=true&limit=1"), 403)
