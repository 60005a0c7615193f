from uuid import uuid4

import pytest
import requests
from playwright.sync_api import expect

from .pages import SwaggerUI
from .resource_form import ResourceForm
from .rpc import issue, wait_until

ACTION = "odoo_rest_token_api.rest_resource_action"


@pytest.fixture
def path(admin):
    """Path of a resource that the test makes, and that is removed in the end."""
    path = f"countries-{uuid4().hex[:8]}"
    yield path
    domain = [("path", "=", path), ("active", "in", [True, False])]
    admin("rest.resource", "unlink", admin("rest.resource", "search", domain))


@pytest.fixture
def form(backend):
    return ResourceForm(backend)


@pytest.fixture
def ask(server, user, path):
    """Asks for the resource."""
    secret = issue(server, user, "Countries")

    def ask():
        headers = {"access-token": secret}
        url = f"{server.url}/api/{path}?limit=500"
        return requests.get(url, headers=headers, timeout=60)

    ask.secret = secret
    return ask


def test_model_is_exposed_tried_out_and_withdrawn(
    backend, server, form, path, ask, screenshot
):
    backend.login(server, ACTION)
    screenshot("resources")
    form.new()
    form.fill("path", path)
    form.choose("model_id", "Country")
    form.fill("description", "Countries and their codes")
    form.tick("Create")
    form.add_field("Country Name", "name", "Read and write, required")
    form.add_field("Country Code", "code", "Read")
    screenshot("resource_new")
    form.save()
    expect(form.form).to_contain_text("res.country")
    expect(form.address).to_contain_text(f"/api/{path}")
    screenshot("resource_form")
    assert "Portugal" in [record["name"] for record in ask().json()["data"]]

    docs = form.open_docs()
    swagger = SwaggerUI(docs, server.db)
    expect(docs.locator("select#select option:checked")).to_have_text(f"api: {path}")
    expect(docs.locator(".info")).to_contain_text("Countries and their codes")
    expect(docs.locator(".opblock-post")).to_have_count(3)  # one, many, and an import
    expect(docs.locator(".opblock-patch, .opblock-put, .opblock-delete")).to_have_count(
        0
    )
    swagger.authorize(ask.secret)
    swagger.close()
    answer = swagger.try_out("get", "/")
    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text("Afghanistan")

    form.edit()
    form.tick("Active")
    form.save()
    wait_until(lambda: ask().status_code == 404)
    docs.goto("/api-docs")
    options = docs.locator("select#select option")
    expect(options.filter(has_text="api: partners")).to_have_count(1)
    expect(options.filter(has_text=path)).to_have_count(0)


def test_filter_leaves_records_out(backend, server, form, path, ask, screenshot):
    backend.login(server, ACTION)
    form.new()
    form.fill("path", path)
    form.choose("model_id", "Country")
    form.save()
    assert ask().json()["count"] > 1

    form.edit()
    form.add_rule()
    screenshot("resource_filter")
    form.save()
    assert [record["id"] for record in ask().json()["data"]] == [1]
