import base64
from io import BytesIO

from PIL import Image

from odoo.addons.odoo_rest_token_api.tests.record_common import RecordCase


class ItemCase(RecordCase):
    """Test case for the services of the items, called by ``self.holder``."""

    path = "/api/items"

    def setUp(self):
        super().setUp()
        self.items = self.env["rest.test.item"]
        self.tags = self.env["rest.test.tag"].create(
            [{"name": "First"}, {"name": "Second"}, {"name": "Third"}]
        )

    def _new_item(self, name="Item", **values):
        return self.items.create({"name": name, **values})

    def _put(self, record, json):
        return self.client.put(self._path_of(record), json=json)


def make_image():
    """Return an image of one pixel, in base64."""
    stream = BytesIO()
    Image.new("RGB", (1, 1)).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()
