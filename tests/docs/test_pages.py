"""What the pages say is done, and their links lead somewhere."""

from urllib.parse import urlsplit

import pytest
import requests
from docutils import nodes
from servers import REPO

from .reader import Reader
from .snippets import read_page

CALLING = ["guide.en", "guide.fr", "records", "clients", "apps"]
PAGES = [
    str(path.relative_to(REPO))
    for pattern in ("README.rst", "docs/*.rst", "odoo_*/README.rst")
    for path in sorted(REPO.glob(pattern))
]
CALLS = ["README.rst", *(f"docs/{name}.rst" for name in CALLING)]


CONTENTS = "Table of contents"  # of OCA's READMEs
PARTS = (nodes.document, nodes.section)
LISTS = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list)


@pytest.fixture
def api(server):
    """The API, as the administrator: removes in the end what the pages have made."""
    with requests.Session() as api:
        api.url = f"{server.url}/api"
        api.headers["access-token"] = issue(server, "Tests of the documentation")
        tokens, newest = list_tokens(api), find_partners(api)[:1]
        yield api
        for partner_id in find_partners(api, id__gt=newest):
            api.delete(f"{api.url}/partners/{partner_id}")
        for token_id in list_tokens(api) - tokens:
            api.delete(f"{api.url}/auth/tokens/{token_id}")
        api.delete(f"{api.url}/auth/token")


def issue(server, name):
    body = {**server.credentials, "name": name}
    response = requests.post(f"{server.url}/api/auth/token", json=body, timeout=60)
    return response.json()["access_token"]


def list_tokens(api):
    tokens = api.get(f"{api.url}/auth/tokens").json()["data"]
    return {token["id"] for token in tokens if token["state"] == "active"}


def find_partners(api, **filters):
    params = {"order": "id desc", "fields": "id", **filters}
    page = api.get(f"{api.url}/partners", params=params).json()
    return [partner["id"] for partner in page["data"]]


@pytest.fixture
def reader(server, api, tmp_path):
    host, _colon, port = urlsplit(server.url).netloc.partition(":")
    replace = {
        "http://127.0.0.1:8016": server.url,
        '"127.0.0.1", port=8016': f'"{host}", port={port or 80}',
        "REST_TEST": server.db,
    }
    return Reader(tmp_path, replace, TOKEN=issue(server, "Stock export"))


@pytest.mark.parametrize("page", CALLS)
def test_what_the_page_says_is_so(reader, page):
    assert reader.follow(REPO / page)


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_are_there(page):
    document = read_page(REPO / page)
    links = [node.get("refuri", "") for node in document.findall(nodes.reference)]
    links += [node["uri"] for node in document.findall(nodes.image)]
    for link in links:
        parts = urlsplit(link)
        if not parts.scheme:
            assert (REPO / page).parent.joinpath(parts.path).exists(), link


@pytest.mark.parametrize("page", PAGES)
def test_every_title_is_underlined(page):
    """A short line by itself that ends with no full stop is one that lost its line."""
    for paragraph in read_page(REPO / page).findall(nodes.paragraph):
        is_badges = isinstance(paragraph[0], nodes.image | nodes.reference)
        if isinstance(paragraph.parent, PARTS) and not is_badges:
            text = paragraph.astext()
            goes_on = isinstance(
                paragraph.next_node(descend=False, siblings=True), LISTS
            )
            assert goes_on or text[-1] in ".:?!)" or "\n" in text or text == CONTENTS


def test_every_picture_is_shown():
    shown = {
        (REPO / page).parent.joinpath(node["uri"]).resolve()
        for page in PAGES
        for node in read_page(REPO / page).findall(nodes.image)
    }
    pictures = set(REPO.glob("odoo_*/static/description/*.png"))
    icons = set(REPO.glob("odoo_*/static/description/icon.png"))
    assert pictures - icons <= shown
