"""The web page of docs/apps.rst is opened in a browser, from an origin of its own."""

import chromium
import pytest
import requests
from blackbox.clients import Backend
from playwright.sync_api import expect
from servers import REPO, serving_pages

from .snippets import read_snippets

ORIGINS = "odoo_rest_token_api.cors_origins"


@pytest.fixture
def origin(server, tmp_path):
    """Serve the page: its origin."""
    snippets = read_snippets(REPO / "docs" / "apps.rst")
    (page,) = [each for each in snippets if each.file == "index.html"]
    text = page.text.replace("http://127.0.0.1:8016", server.url)
    (tmp_path / page.file).write_text(text)
    with serving_pages(tmp_path) as origin:
        yield origin


@pytest.fixture
def admin(server):
    admin = Backend(server, server.login, server.password)
    yield admin
    admin("ir.config_parameter", "set_param", ORIGINS, False)


@pytest.fixture
def page(origin):
    with chromium.running() as browser:
        page = browser.new_page()
        page.goto(origin)
        yield page


def test_page_finds_partners_where_its_origin_is_listed(page, origin, admin, server):
    admin("ir.config_parameter", "set_param", ORIGINS, origin)
    answer = requests.post(
        f"{server.url}/api/auth/token", json=server.credentials, timeout=60
    )
    page.get_by_label("Token").fill("nonsense")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("status")).to_contain_text("The access token is unknown")
    page.get_by_label("Token").fill(answer.json()["access_token"])
    page.get_by_label("Name").fill("mitchell")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("listitem")).to_contain_text(["Mitchell Admin"])
