"""In Chromium: an administrator sets the shop up, and an order is confirmed."""

import re

import chromium
import pytest
from blackbox.clients import Backend as Rpc
from browser.pages import Backend, SwaggerUI
from playwright.sync_api import expect

from .shop import PATHS, Api, issue

EXPOSE = "odoo_rest_token_api.rest_resource_expose_action"


@pytest.fixture(scope="module")
def admin(server):
    return Rpc(server, server.login, server.password)


@pytest.fixture
def no_shop(admin):
    """Nothing is exposed before the test, nor after it."""

    def close():
        domain = [("path", "in", PATHS)]
        domain.append(("active", "in", [True, False]))
        admin("rest.resource", "unlink", admin("rest.resource", "search", domain))

    close()
    yield
    close()


@pytest.fixture
def page(server):
    with chromium.running() as browser:
        context = browser.new_context(
            base_url=server.url, viewport={"width": 1280, "height": 800}
        )
        context.set_default_timeout(120_000)
        elsewhere = re.compile(f"^(?!{re.escape(server.url)})")
        context.route(elsewhere, lambda route: route.abort())
        yield context.new_page()


def test_shop_is_set_up_and_an_order_confirmed(server, admin, no_shop, page):
    backend = Backend(page, server.db)
    query = f"/web/login?db={server.db}&redirect=/web%23action%3D{EXPOSE}"
    page.goto(query, wait_until="networkidle")
    page.locator("input[name=login]").fill(server.login)
    page.locator("input[name=password]").fill(server.password)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(backend.dialog).to_contain_text("Quotations and sales orders")
    expect(backend.row("orders").first).to_be_visible()
    backend.button("action_expose").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(backend.row("orders").first).to_be_visible()

    secret = issue(server, name="Swagger UI")
    api = Api(server.url, secret)
    partner = api.post("contacts", {"name": "Ada"})
    lines = [{"product_id": api.post("products", {"name": "Lamp"})["id"]}]
    order = api.post("orders", {"partner_id": partner["id"], "order_line": lines})

    swagger = SwaggerUI(page, server.db)
    swagger.open("api: orders")
    swagger.authorize(secret)
    swagger.close()
    operation = page.locator(".opblock-post").filter(
        has=page.locator("[data-path='/{record_id}/confirm']")
    )
    expect(operation).to_contain_text("Confirm")
    operation.locator("button.opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    parameter = operation.locator("tr[data-param-name=record_id] input")
    parameter.fill(str(order["id"]))
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table tbody")
    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text(order["name"])
    assert api.get(f"orders/{order['id']}")["state"] == "sale"
