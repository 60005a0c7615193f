import re
from datetime import date, timedelta

import pytest
import requests
from playwright.sync_api import expect

from .rpc import issue, wait_until

NAME = "Web shop"


@pytest.fixture
def call(server):
    """Calls a path of the API with a token, and returns the answer."""

    def call(secret, path):
        headers = {"access-token": secret}
        return requests.get(f"{server.url}{path}", headers=headers, timeout=60)

    return call


@pytest.fixture
def secret(server, user, admin):
    """A token whose failed calls are kept."""
    secret = issue(server, user, NAME)
    prefix = secret[len("access_token_") :][:8]
    token_id = admin("rest.token", "search", [("prefix", "=", prefix)])
    admin("rest.token", "action_keep_failed_calls", token_id)
    return secret


@pytest.fixture
def token_id(secret, call):
    return call(secret, "/api/auth/me").json()["token"]["id"]


@pytest.fixture
def failed(secret, token_id, call, admin):
    """The last of some calls, which fails. They are written by then."""
    for path in ("/api/auth/me", "/api/auth/tokens", "/api/partners?fields=name"):
        for _number in range(len(path)):
            call(secret, path)
    call(secret, "/api/partners?limit=many")
    failed = call(secret, "/api/partners/0")
    domain = [("token_id", "=", token_id), ("status", "=", failed.status_code)]
    wait_until(lambda: admin("rest.failed.call", "search_count", domain))
    return failed


def switch(page, view):
    button = page.locator(f".o_switch_view.o_{view}")
    button.click()
    expect(button).to_have_class(re.compile(r"\bactive\b"))


def test_calls_of_all_tokens_are_seen(backend, server, failed, screenshot):
    page = backend.page
    backend.login(server, "base.action_res_users")
    backend.app_menu("Settings", "REST API", "Usage")
    expect(page.locator(".o_graph_renderer canvas").first).to_be_visible()
    page.wait_for_timeout(1000)  # the bars grow
    screenshot("usage_graph")


def test_page_of_a_token_leads_to_its_usage(
    backend, server, user, token_id, failed, screenshot
):
    page = backend.page
    backend.login(server, "odoo_rest_token.rest_token_action", token_id)
    expect(backend.button("action_open_usage")).to_contain_text(re.compile(r"\d\d"))
    expect(backend.button("action_open_failed_calls")).to_contain_text("2")
    screenshot("token_form_usage")
    backend.button("action_open_usage").click()
    expect(page.locator(".o_graph_renderer canvas").first).to_be_visible()
    switch(page, "pivot")
    expect(page.locator(".o_content")).to_contain_text(NAME)
    screenshot("usage_pivot")
    switch(page, "list")
    expect(backend.rows.filter(has_not_text=NAME)).to_have_count(0)
    expect(backend.rows.filter(has_not_text=user.name)).to_have_count(0)
    searched = backend.row("partners_search")
    expect(searched.filter(has_text="2xx").first).to_be_visible()
    expect(searched.filter(has_text="4xx").first).to_be_visible()
    screenshot("usage_list")
    backend.search("filter", "Failed")
    expect(backend.row("4xx").first).to_be_visible()
    expect(backend.row("2xx")).to_have_count(0)


def test_failed_call_is_found_by_the_id_that_its_client_quotes(
    backend, server, failed, screenshot
):
    page = backend.page
    backend.login(server, "odoo_rest_token_api.rest_failed_call_action")
    row = backend.row(failed.headers["X-Request-Id"])
    expect(row).to_contain_text("/api/partners/0")
    expect(row).to_contain_text(failed.json()["description"])
    screenshot("failed_calls")
    row.locator("td").nth(1).click()
    form = page.locator(".o_form_view")
    expect(form).to_contain_text(failed.headers["X-Request-Id"])
    screenshot("failed_call")


def test_who_calls_what_is_deprecated_is_listed(
    backend, server, swagger, admin, secret, token_id, failed, call, screenshot
):
    model = admin("ir.model", "search", [("model", "=", "res.currency")])
    field = [("model", "=", "res.currency"), ("name", "=", "name")]
    values = {
        "path": "old-currencies",
        "model_id": model[0],
        "field_ids": [
            (0, 0, {"field_id": admin("ir.model.fields", "search", field)[0]})
        ],
        "deprecated_on": str(date.today() - timedelta(days=30)),
        "sunset_on": str(date.today() + timedelta(days=60)),
        "deprecation_link": "https://example.com/currencies",
    }
    resource_id = admin("rest.resource", "create", values)
    try:
        answer = call(secret, "/api/old-currencies")
        assert answer.headers["Deprecation"].startswith("@")
        call(secret, "/api/old-currencies/0")
        domain = [("service", "=", "/api/old-currencies")]
        wait_until(lambda: admin("rest.usage", "search_count", domain))
        backend.login(server, "odoo_rest_token_api.rest_resource_action", resource_id)
        backend.tab("Deprecation")
        expect(backend.page.locator(".o_form_view")).to_contain_text(NAME)
        screenshot("resource_deprecation")
        swagger.open("api: old-currencies")
        struck = backend.page.locator(".opblock-deprecated")
        expect(struck).to_have_count(4)  # a search, groups, an export, and one
        screenshot("swagger_deprecated")
    finally:
        admin("rest.resource", "unlink", [resource_id])
