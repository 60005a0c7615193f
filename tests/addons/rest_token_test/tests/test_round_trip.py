from odoo.tests.common import tagged

from .common import ItemCase, make_image


@tagged("post_install", "-at_install")
class TestRoundTrip(ItemCase):
    def setUp(self):
        super().setUp()
        self.item = self._new_item(
            code="A1",
            title="Title",
            note="Note\nof two lines",
            body="<p>Body</p>",
            quantity=3,
            weight=0.1,
            ratio=1.125,
            price=9.99,
            urgent=True,
            day="2026-01-31",
            moment="2026-01-31 12:00:00",
            state="done",
            color="red",
            attachment="/wA=",
            photo=make_image(),
            partner_id=self.holder.partner_id.id,
            parent_id=self._new_item("Parent").id,
            main_tag_id=self.tags[0].id,
            tag_ids=[(6, 0, self.tags.ids)],
            line_ids=[(0, 0, {"name": "Line", "amount": 0.5})],
            document=f"rest.test.tag,{self.tags[0].id}",
            res_model="rest.test.tag",
            res_id=self.tags[0].id,
            company_code="Code",
        )

    def assertUnchanged(self, before, after):
        for record in (before, after):
            record.pop("write_date")
        self.assertEqual(after, before)

    def test_what_was_read_can_be_sent_back(self):
        before = self._read(self.item)
        self.assertNotIn(None, before.values())
        self.assertUnchanged(before, self.assertDone(self._put(self.item, before)))

    def test_what_is_empty_can_be_sent_back(self):
        item = self._new_item("Empty")
        before = self._read(item)
        self.assertUnchanged(before, self.assertDone(self._put(item, before)))

    def test_each_field_alone_can_be_sent_back(self):
        for name in [*self._read(self.item), "attachment", "photo"]:
            with self.subTest(name=name):
                before = self._read(self.item, fields=name)
                self.assertDone(self._patch(self.item, before))
                after = self._read(self.item, fields=name)
                for record in (before, after):
                    record.pop("write_date", None)
                self.assertEqual(after, before)

    def test_what_was_read_can_be_created_anew(self):
        before = self._read(self.item)
        body = {**before, "code": "B2", "line_ids": [{"name": "Line", "amount": 0.5}]}
        for name in ("id", "create_date", "write_date"):
            body.pop(name)
        after = self.assertDone(self._post(body), 201)
        self.assertNotEqual(after["id"], before["id"])
        self.assertNotEqual(after["line_ids"], before["line_ids"])
        for name in ("id", "code", "line_ids", "create_date"):
            before.pop(name)
            after.pop(name)
        self.assertUnchanged(before, after)

    def test_what_a_search_found_can_be_sent_back(self):
        self.tags[1].active = False
        found = self._search(code="A1")["data"][0]
        self.assertDone(self._put(self.item, found))
        linked = self.item.with_context(active_test=False).tag_ids
        self.assertEqual(linked, self.tags, "a link to an archived record is lost")

    def test_links_to_archived_records_can_be_sent_back(self):
        self.tags[1].active = False
        self.assertDone(self._put(self.item, self._read(self.item)))
        linked = self.item.with_context(active_test=False).tag_ids
        self.assertEqual(linked, self.tags)

    def test_search_and_reading_say_the_same(self):
        self.tags[1].active = False
        self.assertEqual(self._search(code="A1")["data"], [self._read(self.item)])
