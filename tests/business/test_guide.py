"""What the guide says of the day of a shop is so."""

import pytest
from blackbox.clients import Backend
from docs.reader import Reader
from docs.snippets import read_page
from docutils import nodes
from servers import REPO

from .names import Names
from .shop import Api, issue, make_png, open_shop, stock

PAGE = REPO / "docs" / "actions.rst"
CUSTOMER, PRODUCT = 42, 7  # of the page


def read_names(admin):
    """Read which names of the page the server's series has others for.

    :return: what the page says they are, by those of its commands
    :rtype: dict
    """
    names = Names(admin)
    of_series = {names.moves, names.done, names.reversals}
    replace = {}
    for row in read_page(PAGE).findall(nodes.row):
        first, then, *_others = [entry.astext() for entry in row.children]
        if then in of_series:
            replace[first] = then
            of_series.remove(then)
        elif first in of_series:
            of_series.remove(first)
    assert not of_series, f"the page has no name for {of_series}"
    return replace


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
    replace = {"https://odoo.example.com": server.url, **read_names(admin)}
    reader = Reader(tmp_path, replace, TOKEN=token, PYTHONPATH=str(tmp_path))
    reader.ids = {CUSTOMER: customer["id"], PRODUCT: product["id"]}
    yield reader
    admin("rest.resource", "unlink", resources)


def test_what_the_page_says_is_so(reader):
    assert reader.follow(PAGE) > 20
    assert (reader.folder / "invoice.pdf").read_bytes().startswith(b"%PDF")
    assert (reader.folder / "small.png").read_bytes().startswith(b"\x89PNG")
