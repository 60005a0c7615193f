from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordEtag(RecordCase):
    def setUp(self):
        super().setUp()
        self.partner = self._new_partner("Ada")
        self.path_of_partner = self._path_of(self.partner)
        self.etag = self._get(self.path_of_partner).headers["ETag"]

    def _get_if_none_match(self, tags, **params):
        return self._get(
            self.path_of_partner, headers={"If-None-Match": tags}, params=params
        )

    def _patch_if_match(self, tags, city="Porto"):
        return self._patch(self.partner, {"city": city}, headers={"If-Match": tags})

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def test_tag_is_strong_and_stays_while_nothing_changes(self):
        self.assertRegex(self.etag, r'^"[^"]+"$')
        self.assertEqual(self._get(self.path_of_partner).headers["ETag"], self.etag)

    def test_tag_is_the_same_whatever_fields_are_chosen(self):
        response = self._get(self.path_of_partner, params={"fields": "name"})
        self.assertEqual(response.headers["ETag"], self.etag)

    def test_tag_of_a_record_that_is_created(self):
        response = self._post({"name": "Grace", "city": "Porto"})
        path = f"{self.path}/{response.json()['id']}"
        self.assertEqual(response.headers["ETag"], self._get(path).headers["ETag"])

    def test_tag_changes_with_the_record(self):
        self.partner.city = "Porto"
        self.assertNotEqual(self._get(self.path_of_partner).headers["ETag"], self.etag)

    def test_what_the_client_has_is_not_sent_again(self):
        for tags in (
            self.etag,
            f"W/{self.etag}",
            f'"other", {self.etag}',
            f'W/"other",W/{self.etag}',
            "*",
        ):
            with self.subTest(tags=tags):
                response = self._get_if_none_match(tags)
                self.assertEqual((response.status_code, response.text), (304, ""))
                self.assertEqual(response.headers["ETag"], self.etag)

    def test_what_the_client_has_not_is_sent(self):
        for tags in ('"other"', 'W/"other", "another"', "", "nonsense"):
            with self.subTest(tags=tags):
                self.assertDone(self._get_if_none_match(tags))
        self.partner.city = "Porto"
        answer = self.assertDone(self._get_if_none_match(self.etag))
        self.assertEqual(answer["city"], "Porto")

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    def test_change_of_what_was_read(self):
        for number, template in enumerate(["%s", '"other", %s', "*"]):
            etag = self._get(self.path_of_partner).headers["ETag"]
            response = self._patch_if_match(template.replace("%s", etag), str(number))
            self.assertEqual(self.assertDone(response)["city"], str(number))

    def test_change_of_what_has_changed_is_refused(self):
        self.partner.city = "Lisboa"
        self.assertError(self._patch_if_match(self.etag), 412)
        self.assertEqual(self.partner.city, "Lisboa")

    def test_only_the_first_of_two_changes_is_made(self):
        self.assertDone(self._patch_if_match(self.etag, "First"))
        self.assertError(self._patch_if_match(self.etag, "Second"), 412)
        self.assertEqual(self.partner.city, "First")

    def test_change_of_what_is_not_served_counts_too(self):
        self._flush()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = '2001-01-01' WHERE id = %s",
            (self.partner.id,),
        )
        self._invalidate()
        self.assertError(self._patch_if_match(self.etag), 412)

    def test_weak_tags_do_not_match_for_a_change(self):
        self.assertError(self._patch_if_match(f"W/{self.etag}"), 412)

    def test_what_the_schema_refuses_is_refused_whatever_the_version(self):
        response = self._patch_if_match('"other"', city=1)
        self.assertError(response, 400, "city: ")

    def test_tag_of_a_change_is_good_for_the_next_one(self):
        etag = self._patch_if_match(self.etag, "First").headers["ETag"]
        self.assertNotEqual(etag, self.etag)
        self.assertEqual(self._get(self.path_of_partner).headers["ETag"], etag)
        self.assertDone(self._patch_if_match(etag, "Second"))

    def test_put_is_refused_like_patch(self):
        response = self.client.put(
            self.path_of_partner,
            json={"city": "Porto"},
            headers={"If-Match": '"other"'},
        )
        self.assertError(response, 412)
        self.assertFalse(self.partner.city)

    def test_deletion_of_what_has_changed_is_refused(self):
        self.partner.city = "Lisboa"
        headers = {"If-Match": self.etag}
        self.assertError(self._delete(self.path_of_partner, headers=headers), 412)
        self.assertTrue(self.partner.exists())
        headers = {"If-Match": self._get(self.path_of_partner).headers["ETag"]}
        response = self._delete(self.path_of_partner, headers=headers)
        self.assertEqual(response.status_code, 204)
        self.assertFalse(self.partner.exists())

    def test_there_is_nothing_to_match_where_there_is_no_record(self):
        self.partner.unlink()
        self.assertError(self._patch_if_match("*"), 404)
        self.assertError(self._get_if_none_match("*"), 404)
