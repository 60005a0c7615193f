"""A shop that an administrator has set up from the presets."""

import struct
import zlib

import requests

from .names import Names, has_field

PATHS = (
    "orders",
    "products",
    "invoices",
    "bills",
    "transfers",
    "purchases",
    "contacts",
    "opportunities",
)


class Api:
    """The API, with a token.

    :param str url: of the server
    :param str token: its secret
    """

    def __init__(self, url, token):
        self.url = f"{url}/api"
        self.session = requests.Session()
        self.session.headers["access-token"] = token

    def call(self, verb, path, **options):
        return self.session.request(verb, f"{self.url}/{path}", timeout=120, **options)

    def get(self, path, **options):
        return self._read(self.call("GET", path, **options))

    def post(self, path, json=None, **options):
        return self._read(self.call("POST", path, json=json or {}, **options))

    def patch(self, path, json):
        return self._read(self.call("PATCH", path, json=json))

    def ask(self, path, json=None):
        """Run an action that asks something first, and return what it asks."""
        response = self.call("POST", path, json=json or {})
        assert response.status_code == 409, response.text
        error = response.json()
        assert error["code"] == 409
        return error["dialog"]

    def _read(self, response):
        assert response.status_code in (200, 201), response.text
        return response.json()


def issue(server, **values):
    body = {**server.credentials, "name": "Shop", **values}
    response = requests.post(f"{server.url}/api/auth/token", json=body, timeout=60)
    assert response.status_code in (200, 201), response.text
    return response.json()["access_token"]


def open_shop(admin):
    """Expose what the presets have, as the button of the wizard does.

    :param admin: Odoo's RPC, as the administrator
    :return: ids of the resources
    :rtype: list of int
    """
    wizard = "rest.resource.expose"
    before = _find(admin)
    admin("rest.resource", "unlink", before)
    values = admin(wizard, "default_get", ["line_ids"])
    for _create, _zero, line in values["line_ids"]:
        line["is_chosen"] = line["path"] in PATHS
    wizard_id = admin(wizard, "create", values)
    admin(wizard, "action_expose", [wizard_id])
    return _find(admin)


def _find(admin):
    domain = [("path", "in", PATHS), ("active", "in", [True, False])]
    return admin("rest.resource", "search", domain)


def stock(admin, product_id):
    """Put ten of a product in stock."""
    admin("product.product", "write", [product_id], Names(admin).storable)
    quant = {
        "product_id": product_id,
        "location_id": admin.ref("stock.stock_location_stock"),
        "inventory_quantity": 10.0,
    }
    quant_id = admin("stock.quant", "create", quant, context={"inventory_mode": True})
    if has_field(admin, "stock.quant", "inventory_quantity_set"):  # from 15.0
        admin("stock.quant", "action_apply_inventory", [quant_id])


def make_png(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + b"\xc8\x1e\x3c" * width for _row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)
