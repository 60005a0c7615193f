from unittest.mock import patch

from odoo.tests.common import tagged

from .record_common import RecordCase


@tagged("post_install", "-at_install")
class TestRecordMany(RecordCase):
    """Many records are changed or deleted by one request, all of them or none."""

    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"]
        self.ada, self.bob = (self._new_partner(name) for name in ("Ada", "Bob"))
        self.found = f"{self.path}?ref={self.origin}"

    def _patch_many(self, json, path=None, **kwargs):
        return self.client.patch(path or self.path, json=json, **kwargs)

    def _cities(self):
        return [self.ada.city, self.bob.city]

    def test_list_says_what_becomes_of_each(self):
        body = [
            {"id": self.bob.id, "city": "Porto"},
            {"id": self.ada.id, "city": "Faro", "phone": "1"},
        ]
        response = self._patch_many(body)
        answer = self.assertDone(response)
        self.assertEqual(answer["count"], 2)
        self.assertEqual([each["name"] for each in answer["data"]], ["Bob", "Ada"])
        self.assertEqual(self._cities(), ["Faro", "Porto"])
        self.assertAsDocumented(response)

    def test_all_that_match_are_changed_alike(self):
        response = self._patch_many({"city": "Faro"}, f"{self.found}&expected_count=2")
        self.assertEqual(self.assertDone(response), {"count": 2})
        self.assertEqual(self._cities(), ["Faro", "Faro"])
        self.assertAsDocumented(response)

    def test_what_is_refused_for_all_that_match_has_no_number(self):
        path = f"{self.found}&expected_count=2"
        for body, reason in [
            ({"city": 5}, "^city: "),
            ({"nothing": 5}, "^nothing: "),
            ({"parent_id": 2**31 - 1}, "^parent_id: there is no record"),
            ({"country_id": {"code": "XX"}}, "^country_id: there is no record"),
        ]:
            with self.subTest(body=body):
                self.assertError(self._patch_many(body, path), 400, reason)

    def test_they_are_shown_where_the_client_prefers_it(self):
        for preferred, status in (("representation", 200), ("minimal", 204)):
            response = self._patch_many(
                {"city": preferred},
                f"{self.found}&expected_count=2",
                headers={"Prefer": f"return={preferred}"},
            )
            answer = self.assertDone(response, status)
            applied = response.headers["Preference-Applied"]
            self.assertEqual(applied, f"return={preferred}")
            self.assertAsDocumented(response)
        self.assertIsNone(answer)
        self.assertEqual(self._cities(), ["minimal", "minimal"])

    def test_nothing_is_done_where_others_match_than_is_expected(self):
        for count, reason in ((1, "there are more"), (3, "there are 2"), (0, "more")):
            path = f"{self.found}&expected_count={count}"
            self.assertError(self._patch_many({"city": "Faro"}, path), 412, reason)
            self.assertError(self._delete(path), 412, reason)
        self.assertEqual(self._cities(), [False, False])

    def test_how_many_match_has_to_be_said(self):
        for query in ("", "&expected_count=", "&expected_count=x"):
            path = f"{self.found}{query}"
            self.assertError(self._patch_many({"city": "X"}, path), 400, "expected_c")
            self.assertError(self._delete(path), 400, "expected_count")
        self.assertError(self._delete(self.path), 400, "expected_count")
        self.assertError(
            self._delete(f"{self.path}?expected_count=10001"), 400, "10000"
        )
        self.assertEqual(self._cities(), [False, False])

    def test_all_or_none(self):
        good = {"id": self.ada.id, "city": "Faro"}
        for bad, status, reason in [
            ({"id": self.bob.id, "city": 5}, 400, "^1: city: "),
            ({"id": self.bob.id, "create_date": "x"}, 400, "^1: create_date: "),
            ({"city": "Porto"}, 400, "^1: id: "),
            ({"id": True}, 400, "^1: id: "),
            (7, 400, "^1: id: "),
            ({"id": 2**31 - 1}, 404, None),
            (good, 400, "twice"),
            ({"id": self.bob.id, "parent_id": 2**31 - 1}, 400, "^1: parent_id: "),
        ]:
            with self.subTest(bad=bad):
                self.assertError(self._patch_many([good, bad]), status, reason)
                self.assertEqual(self._cities(), [False, False])

    def test_body_is_a_list_or_an_object(self):
        self.assertError(self._patch_many([]), 400, "empty")
        self.assertError(self._patch_many([{}] * 501), 400)
        path = f"{self.found}&expected_count=2"
        self.assertError(self._patch_many([{"id": self.ada.id}], path), 400, "a list")
        response = self.client.delete(path, json={"city": "X"})
        self.assertError(response, 400, "list")

    def test_what_is_hidden_is_not_there(self):
        self._hide(self.bob)
        ids = [self.ada.id, self.bob.id]
        self.assertError(self._patch_many([{"id": i} for i in ids]), 404)
        self.assertError(self.client.delete(self.path, json=ids), 404)
        path = f"{self.found}&expected_count=1"
        self.assertDone(self._patch_many({"city": "Faro"}, path))
        self.assertEqual(self._cities(), ["Faro", False])

    def test_list_of_ids_is_deleted(self):
        ids = [self.ada.id, {"id": self.bob.id}]
        response = self.client.delete(self.path, json=ids)
        self.assertDone(response, 204)
        self.assertFalse((self.ada | self.bob).exists())

    def test_all_that_match_are_deleted(self):
        self.assertDone(self._delete(f"{self.found}&expected_count=2"), 204)
        self.assertFalse((self.ada | self.bob).exists())

    def test_each_has_to_be_as_it_was_read(self):
        paths = [self._path_of(each) for each in (self.ada, self.bob)]
        tags = ", ".join(self._get(path).headers["ETag"] for path in paths)
        body = [{"id": self.ada.id, "city": "Faro"}, {"id": self.bob.id}]
        headers = {"If-Match": tags}
        self.assertDone(self._patch_many(body, headers=headers))
        body = [{"id": self.ada.id, "city": "Porto"}, {"id": self.bob.id}]
        self.assertError(self._patch_many(body, headers=headers), 412, "has changed")
        response = self.client.delete(
            self.path, json=[self.ada.id, self.bob.id], headers=headers
        )
        self.assertError(response, 412, "has changed")
        self.assertEqual(self.ada.city, "Faro")

    def test_limited_token_changes_many_with_the_scope_to_write(self):
        reader = self._new_client(scope="partners:read")
        path = f"{self.found}&expected_count=2"
        self.assertError(reader.patch(path, json={"city": "X"}), 403, "limited")
        self.assertError(reader.delete(path), 403, "limited")
        writer = self._new_client(scope="partners:write")
        self.assertDone(writer.patch(path, json={"city": "X"}))

    def test_service_that_does_not_change_does_not_change_many(self):
        operations = "odoo.addons.odoo_rest_token_api.components.record_service"
        with patch(
            f"{operations}.RecordService._get_operations",
            lambda service: ("update",),
        ):
            path = f"{self.found}&expected_count=2"
            self.assertError(self._delete(path), 405)
            response = self._patch_many({"city": "X"}, path)
            self.assertError(response, 400, "searched")

    def test_statements_do_not_grow_with_records(self):
        """Nobody tracks websites: what is tracked has a message for each record."""

        def count(request):
            self._flush()
            self._invalidate()
            return len(self._record_statements(lambda: self.assertDone(request())))

        def change(number):
            path = f"{self.found}&expected_count={number}"
            return self._patch_many({"website": f"https://{number}.org"}, path)

        def count_alike(partners):
            for _first_fills_caches in range(2):
                partners.website = "https://example.com"
                statements = count(lambda: change(len(partners)))
            return statements

        def count_each(partners):
            body = [
                {"id": each.id, "website": f"https://{each.id}"} for each in partners
            ]
            return count(lambda: self._patch_many(body))

        partners = self.ada | self.bob
        by_two, each_of_two = count_alike(partners), count_each(partners)
        for number in range(4):
            partners |= self._new_partner(f"More {number}")
        self.assertEqual(count_alike(partners), by_two)
        # those of the partner's own write(), for each value that differs
        self.assertLessEqual(count_each(partners), each_of_two + 4 * 5)
