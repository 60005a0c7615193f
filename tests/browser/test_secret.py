"""The secret of a token is in the dialog that shows it, and nowhere else."""

import json
from hashlib import sha256

import pytest
from playwright.sync_api import expect
from servers import odoo

STORED = """async () => {
    const stored = [{...sessionStorage}, history.state, document.referrer, name];
    for (const key of await caches.keys()) {
        const cache = await caches.open(key);
        for (const request of await cache.keys()) {
            stored.push(request.url, await (await cache.match(request)).text());
        }
    }
    return JSON.stringify(stored);
}"""
SHOWN = """() => document.documentElement.outerHTML
    + [...document.querySelectorAll("input, textarea")].map(e => e.value).join()"""


def stored(page):
    """Return what the browser keeps: its history, storages, databases, cookies."""
    session = page.context.new_cdp_session(page)
    history = session.send("Page.getNavigationHistory")
    session.detach()
    assert history["entries"]
    state = page.context.storage_state(indexed_db=True)
    assert state["cookies"]
    return json.dumps([history, state]) + page.evaluate(STORED)


CLOSINGS = ["close", "close_by_cross", "close_by_key"]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_secret_is_left_nowhere(backend, page, server, user, closing):
    addresses = []
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    backend.login(server, "base.action_res_users", user.id)
    backend.tab("REST Tokens")
    secret = backend.issue(server, "Nightly export")
    assert secret in page.evaluate(SHOWN)
    assert secret not in stored(page)

    getattr(backend, closing)()
    expect(backend.row("Nightly export")).to_be_visible()
    assert secret not in page.evaluate(SHOWN)
    assert secret not in stored(page)
    page.reload()
    expect(page.locator(".o_form_view")).to_be_visible()
    assert secret not in page.evaluate(SHOWN)
    assert secret not in stored(page)
    assert addresses
    assert not [address for address in addresses if secret in address]
    dump = odoo("run", "pg_dump", server.db)
    assert sha256(secret.encode()).hexdigest() in dump
    assert secret.removeprefix("access_token_")[8:] not in dump


def test_dialog_that_is_closed_issues_nothing(backend, page, server, user):
    backend.login(server, "base.action_res_users", user.id)
    backend.tab("REST Tokens")
    backend.button("action_new_rest_token").click()
    backend.field("name").fill("Nightly export")
    backend.button("action_issue").click()
    backend.field("password").fill(server.password)
    backend.close_by_cross()
    backend.reload()
    backend.tab("REST Tokens")
    expect(page.get_by_text("No token yet")).to_be_visible()
    expect(backend.rows).to_have_count(0)
