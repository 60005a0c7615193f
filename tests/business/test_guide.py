"""What the guide says of the day of a shop is so."""

import pytest
from blackbox.clients import Backend
from docs.reader import Reader
from servers import REPO

from .shop import Api, issue, make_png, open_shop, stock

PAGE = REPO / "docs" / "actions.rst"
CUSTOMER, PRODUCT = 42, 7  # of the page


@pytest.fixture
def reader(server, tmp_path):
    """Somebody who has a customer, lamps in stock, a photo and terms."""
    admin = Backend(server, server.login, server.password)
    admin.lift_limits()
    resources = open_shop(admin)
    token = issue(server)
    api = Api(server.url, token)
    product = api.post("products", {"name": "Lamp", "list_price": 50.0})
    stock(admin, product["id"])
    customer = api.post("contacts", {"name": "Ada", "email": "ada@example.com"})
    (tmp_path / "lamp.png").write_bytes(make_png(300, 100))
    (tmp_path / "terms.pdf").write_bytes(b"%PDF-1.4\n")
    replace = {"https://odoo.example.com": server.url}
    reader = Reader(tmp_path, replace, TOKEN=token, PYTHONPATH=str(tmp_path))
    reader.ids = {CUSTOMER: customer["id"], PRODUCT: product["id"]}
    yield reader
    admin("rest.resource", "unlink", resources)


def test_what_the_page_says_is_so(reader):
    assert reader.follow(PAGE) > 20
    assert (reader.folder / "invoice.pdf").read_bytes().startswith(b"%PDF")
    assert (reader.folder / "small.png").read_bytes().startswith(b"\x89PNG")
