"""In Chromium: oauth4webapi on a page of another origin, and Swagger UI."""

import re

import pytest
from browser import pictures
from browser.conftest import screenshots
from browser.pages import Backend, SwaggerUI
from playwright.sync_api import expect
from servers import REPO, QuietHandler, serving_pages

__all__ = ["screenshots"]

LIBRARY = REPO / ".odoo" / "node" / "node_modules" / "oauth4webapi" / "build"
ORIGINS = "odoo_rest_token_api.cors_origins"
PAGE = """<!DOCTYPE html><title>App</title><script type="module">
import * as oauth from "/index.js";
window.oauth = oauth;
</script>"""
# As the library's own examples do it, for a client that keeps no secret
BEGIN = """async ([server, client_id]) => {
    const allow = {[oauth.allowInsecureRequests]: true};
    const issuer = new URL(server);
    const options = {algorithm: "oauth2", ...allow};
    const discovered = await oauth.discoveryRequest(issuer, options);
    const as = await oauth.processDiscoveryResponse(issuer, discovered);
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    sessionStorage.setItem("kept", JSON.stringify({as, verifier, state, client_id}));
    const url = new URL(as.authorization_endpoint);
    url.searchParams.set("client_id", client_id);
    url.searchParams.set("redirect_uri", location.origin + "/callback");
    url.searchParams.set("response_type", "code");
    url.searchParams.set("scope", "partners:read");
    url.searchParams.set("state", state);
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    url.searchParams.set("code_challenge", challenge);
    url.searchParams.set("code_challenge_method", "S256");
    return url.href;
}"""
END = """async () => {
    const allow = {[oauth.allowInsecureRequests]: true};
    const {as, verifier, state, client_id} = JSON.parse(sessionStorage.getItem("kept"));
    const client = {client_id}, auth = oauth.None();
    const url = new URL(location.href);
    const params = oauth.validateAuthResponse(as, client, url, state);
    const redirect = location.origin + "/callback";
    let answer = await oauth.authorizationCodeGrantRequest(
        as, client, auth, params, redirect, verifier, allow);
    const first = await oauth.processAuthorizationCodeResponse(as, client, answer);
    answer = await oauth.refreshTokenGrantRequest(
        as, client, auth, first.refresh_token, allow);
    const second = await oauth.processRefreshTokenResponse(as, client, answer);
    const partners = new URL("/api/partners?limit=1", as.issuer);
    answer = await oauth.protectedResourceRequest(
        second.access_token, "GET", partners, new Headers(), null, allow);
    const {count} = await answer.json();
    answer = await oauth.revocationRequest(
        as, client, auth, second.refresh_token, allow);
    await oauth.processRevocationResponse(answer);
    return {count, scope: second.scope, type: second.token_type};
}"""


class AppPages(QuietHandler):
    def do_GET(self):
        if self.path.startswith("/index.js"):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())


@pytest.fixture(scope="module")
def app_origin():
    """Origin of an application that is a page in the browser."""
    with serving_pages(LIBRARY, AppPages) as origin:
        yield origin


@pytest.fixture
def page(browser, site):
    context = browser.new_context(
        base_url=site.url, locale="en-US", viewport={"width": 1280, "height": 800}
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def screenshot(page, screenshots, site):
    """Saves what the page shows now, under a name."""
    return lambda name: pictures.take(page, screenshots / f"{name}.png", site.url)


@pytest.fixture
def list_origin(administrator, app_origin):
    def set_param(value):
        administrator.call("ir.config_parameter", "set_param", ORIGINS, value)

    set_param(app_origin)
    yield
    set_param(False)


def log_in(page, person):
    """Log in on Odoo's own page, to which the application's request has led."""
    page.locator("input[name=login]").fill(person.login)
    page.locator("input[name=password]").fill(person.password)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_oauth4webapi(
    page, site, app_origin, list_origin, administrator, alice, screenshot
):
    application = administrator.make_application(
        "auth:read",
        "partners:read",
        name="Time Sheets",
        uri="http://127.0.0.1/callback",
        is_confidential=False,
    )
    page.goto(app_origin)
    page.wait_for_function("window.oauth")
    page.goto(page.evaluate(BEGIN, [site.url, application.client_id]))
    log_in(page, alice)
    expect(page.get_by_role("heading")).to_have_text("Connect Time Sheets?")
    expect(page.get_by_role("listitem")).to_have_text(["Read: Contact"])
    screenshot("consent")
    page.get_by_role("button", name="Allow", exact=True).click()
    page.wait_for_url(re.compile(f"^{re.escape(app_origin)}/callback"))
    page.wait_for_function("window.oauth")
    assert page.evaluate(END) == {
        "count": 1,
        "scope": "partners:read",
        "type": "bearer",
    }


def test_swagger_ui_gets_its_token(page, site, alice):
    swagger = SwaggerUI(page, site.db)
    swagger.open("api: auth")
    page.locator(".auth-wrapper button.authorize").click()
    dialog = page.locator(".auth-container").filter(has_text="authorizationCode")
    dialog.locator("label", has_text="partners:read").first.click()
    with page.expect_popup() as popup:
        dialog.locator(".auth-btn-wrapper .authorize").click()
    log_in(popup.value, alice)
    expect(popup.value.get_by_role("heading")).to_have_text("Connect Swagger UI?")
    popup.value.get_by_role("button", name="Allow", exact=True).click()
    expect(dialog.get_by_text("Logout")).to_be_visible()
    swagger.close()
    answer = swagger.try_out("get", "/me")
    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text(alice.login)


def test_user_disconnects_an_application(page, site, flow, make_person, screenshot):
    robin = make_person("robin")
    token = flow.connect(robin)
    backend = Backend(page, site.db)
    backend.login(robin, "base.action_partner_form")
    backend.preferences()
    row = backend.row("Time Sheets")
    expect(row).to_contain_text("Connected")
    screenshot("connected_applications")
    row.get_by_role("button", name="Disconnect").click()
    backend.confirm()
    expect(backend.row("Time Sheets")).to_have_count(0)
    assert flow.call(token) == 401


def test_administrator_makes_an_application(page, site, screenshot):
    backend = Backend(page, site.db)
    action = "odoo_rest_token_oauth.rest_oauth_application_action"
    backend.login(site, action)
    page.get_by_role("button", name=re.compile("Create|New")).first.click()
    page.locator("[name=name] input, input[name=name]").fill("Warehouse Scanner")
    page.get_by_role("tab", name="Redirect URIs").click()
    uris = page.locator("[name=redirect_uris] textarea, textarea[name=redirect_uris]")
    uris.fill("com.example.scanner:/callback")
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    backend.button("action_new_secret").click()
    backend.identify(site)
    expect(page.get_by_text(re.compile("client_secret_[0-9a-f]{40}"))).to_be_visible()
    screenshot("new_secret")
