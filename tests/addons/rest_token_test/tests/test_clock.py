import time

from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token_api.tests.record_common import RecordCase


@tagged("post_install", "-at_install")
class TestClock(RecordCase):
    """The tag of a record is of what is stored: the clock changes nothing."""

    path = "/api/test-nodes"

    def setUp(self):
        super().setUp()
        model = self.env["ir.model"]._get("rest.test.node")
        names = ("name", "shown_at", "size", "parent_name")
        self.env["rest.resource"].create(
            {
                "path": "test-nodes",
                "model_id": model.id,
                "allow_update": True,
                "field_ids": [
                    (0, 0, {"field_id": field.id, "access": "write"})
                    for field in model.field_id
                    if field.name in names
                ],
            }
        )
        nodes = self.env["rest.test.node"]
        self.top = nodes.create({"name": "Top"})
        self.node = nodes.create({"name": "Node", "parent_id": self.top.id})

    def _etag(self):
        return self._get(self._path_of(self.node)).headers["ETag"]

    def test_tag_stays_while_the_clock_runs(self):
        etag, shown = self._etag(), self._read(self.node)["shown_at"]
        time.sleep(1.1)
        self.assertNotEqual(self._read(self.node)["shown_at"], shown)
        self.assertEqual(self._etag(), etag)
        headers = {"If-Match": etag}
        self.assertDone(self._patch(self.node, {"name": "New"}, headers=headers))
        response = self._patch(self.node, {"name": "Newer"}, headers=headers)
        self.assertError(response, 412)

    def test_tag_changes_with_what_a_value_comes_from(self):
        etag = self._etag()
        self.top.name = "Another"
        self.assertNotEqual(self._etag(), etag)
