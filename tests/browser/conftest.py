import os
import re
from pathlib import Path
from uuid import uuid4

import chromium
import pytest
import requests
from playwright.sync_api import expect

from . import pictures
from .pages import Backend, Keyboard, SwaggerUI
from .rpc import Rpc, User

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def browser():
    with chromium.running() as browser:
        yield browser


@pytest.fixture
def stray_requests():
    """What the page asked other hosts for, as it would have got there."""
    return []


@pytest.fixture
def page(browser, server, stray_requests):
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": 1280, "height": 800},
        locale="en-US",
        timezone_id="UTC",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(60_000)
    elsewhere = re.compile(f"^(?!{re.escape(server.url)}|data:|blob:)")

    def stop(route):
        stray_requests.append(route)
        route.abort()

    context.route(elsewhere, stop)
    yield context.new_page()
    context.close()


@pytest.fixture
def backend(page, server):
    return Backend(page, server.db)


@pytest.fixture
def keyboard(page):
    return Keyboard(page)


@pytest.fixture
def swagger(page, server):
    return SwaggerUI(page, server.db)


@pytest.fixture(scope="session")
def screenshots():
    folder = os.environ.get("REST_SCREENSHOT_DIR", REPOSITORY / ".odoo/screenshots")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def screenshot(page, screenshots, server):
    """Saves what the page shows now, under a name."""

    def save(name):
        expect(page.locator(".o_loading, .o_loading_indicator")).to_be_hidden()
        pictures.take(page, screenshots / f"{name}.png", server.url)

    return save


@pytest.fixture(scope="session")
def admin(server):
    return Rpc(server, server.login, server.password)


@pytest.fixture
def make_user(admin):
    """Makes internal users, and removes them after the test."""
    ids = []

    def make(name):
        login = f"{name.split()[0].lower()}-{uuid4().hex[:8]}"
        values = {"name": name, "login": login, "password": uuid4().hex}
        user = User(admin.create_user(**values, lang="en_US", tz="UTC"), **values)
        ids.append(user.id)
        return user

    yield make
    partners = admin("res.users", "read", ids, ["partner_id"])
    admin("res.users", "unlink", ids)
    admin("res.partner", "unlink", [row["partner_id"][0] for row in partners])


@pytest.fixture
def user(make_user):
    return make_user("Robin Field")


@pytest.fixture
def me(server):
    """Asks the API whose token a secret is."""

    def get(secret):
        return requests.get(
            f"{server.url}/api/auth/me", headers={"access-token": secret}, timeout=60
        )

    return get
