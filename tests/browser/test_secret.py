from playwright.sync_api import expect

STORED = """() => JSON.stringify([
    {...localStorage}, {...sessionStorage}, history.state, document.cookie,
])"""
SHOWN = """() => document.documentElement.outerHTML
    + [...document.querySelectorAll("input, textarea")].map(e => e.value).join()"""


def test_secret_is_left_nowhere_in_the_browser(backend, page, server, user):
    addresses = []
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    backend.login(server, "base.action_res_users", user.id)
    backend.tab("REST Tokens")
    secret = backend.issue(server, "Nightly export")
    assert secret in page.evaluate(SHOWN)
    assert secret not in page.evaluate(STORED)

    backend.close()
    expect(backend.row("Nightly export")).to_be_visible()
    assert secret not in page.evaluate(SHOWN)
    assert secret not in page.evaluate(STORED)
    page.reload()
    expect(page.locator(".o_form_view")).to_be_visible()
    assert secret not in page.evaluate(SHOWN)
    assert secret not in page.evaluate(STORED)
    assert addresses
    assert not [address for address in addresses if secret in address]
