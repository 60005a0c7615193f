import requests
from playwright.sync_api import expect


def test_token_is_limited_in_the_wizard(backend, server, user, screenshot):
    backend.login(server, "base.action_res_users", user.id)
    backend.tab("REST Tokens")
    backend.button("action_new_rest_token").click()
    backend.field("name").fill("Partners")
    scopes = backend.field("scope_ids")
    scopes.click()
    scopes.press_sequentially("partners:read")
    items = ".ui-autocomplete:visible li, .o-autocomplete--dropdown-item"
    backend.page.locator(items).get_by_text("partners:read", exact=True).click()
    screenshot("new_token_scopes")
    backend.button("action_issue").click()
    backend.identify(server)
    headers = {"access-token": backend.secret()}
    url = f"{server.url}/api/partners"
    assert requests.get(url, headers=headers, timeout=60).status_code == 200
    refused = requests.post(url, headers=headers, json={}, timeout=60)
    assert refused.status_code == 403
    assert 'scope="partners:write"' in refused.headers["WWW-Authenticate"]
    backend.close()
    expect(backend.row("Partners")).to_contain_text("partners:read")
