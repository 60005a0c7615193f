"""Web pages of another origin call the API, where an administrator lists it."""

import pytest
from servers import serving_pages

from .rpc import issue

CALL = """async ([url, token]) => {
    const answer = await fetch(`${url}/api/partners?limit=1`, {
        headers: {"access-token": token, "Idempotency-Key": "a"},
    });
    return {status: answer.status, count: (await answer.json()).count};
}"""
READ_HEADER = """async ([url, token]) => {
    const headers = {"access-token": token};
    const page = await fetch(`${url}/api/partners?limit=1`, {headers});
    const [record] = (await page.json()).data;
    const answer = await fetch(`${url}/api/partners/${record.id}`, {headers});
    return answer.headers.get("ETag");
}"""
READ_ERROR = """async ([url]) => {
    const answer = await fetch(`${url}/api/auth/me`, {method: "GET"});
    return (await answer.json()).code;
}"""


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """Origin of a web page that is not Odoo's."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "index.html").write_text("<!DOCTYPE html><title>App</title>")
    with serving_pages(folder) as origin:
        yield origin


@pytest.fixture
def app(browser, origin):
    """The web page, in the browser."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(origin)
    yield page
    context.close()


@pytest.fixture
def list_origins(admin):
    def set_param(value):
        key = "odoo_rest_token_api.cors_origins"
        admin("ir.config_parameter", "set_param", key, value)

    yield set_param
    set_param(False)


@pytest.fixture
def call(app, server, user):
    secret = issue(server, user, "App")
    return lambda script: app.evaluate(script, [server.url, secret])


def test_page_of_a_listed_origin_calls_and_reads(call, origin, list_origins):
    list_origins(f"https://app.example.com {origin}")
    assert call(CALL) == {"status": 200, "count": 1}
    assert call(READ_HEADER)
    assert call(READ_ERROR) == 401


def test_browser_stops_pages_of_other_origins(call, list_origins):
    list_origins("https://app.example.com")
    for script in (CALL, READ_ERROR):
        with pytest.raises(Exception, match="Failed to fetch"):
            call(script)
