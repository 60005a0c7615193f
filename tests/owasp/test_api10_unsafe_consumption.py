"""API10:2023 Unsafe consumption of APIs.

The API calls no other one. What others have sent, proxies and authors of records, is
passed on, and trusted with nothing.
"""

import pytest

from .attackers import assert_refused

NASTY = [
    "<script>alert(1)</script>",
    "'; DROP TABLE res_partner; --",
    "{{7*7}} ${7*7} %(name)s {0.__class__}",
    "\u202egnp.exe",
    '=HYPERLINK("http://evil.example.com")',
    "\r\nSet-Cookie: x=1",
    '"}, {"injected": true',
]


@pytest.fixture(scope="module")
def manager(recruit):
    return recruit("base.group_user", "base.group_partner_manager")


@pytest.mark.parametrize("text", NASTY)
def test_text_that_others_stored(manager, text):
    body = {"name": f"OWASP {text}", "ref": text}
    created = manager.post("/api/partners", body)
    assert created.status_code == 201, created.text
    response = manager.get(f"/api/partners/{created.json()['id']}")
    assert response.json()["ref"] == text
    assert response.headers["Content-Type"].startswith("application/json")
    assert "x" not in response.cookies
    assert "injected" not in response.json()
    found = manager.get("/api/partners", params={"ref": text})
    assert created.json()["id"] in [record["id"] for record in found.json()["data"]]


def test_markup_that_others_stored(recruit, expose):
    author = recruit("base.group_user", "project.group_project_manager")
    written = [("name", "required"), ("description", "write")]
    tasks = expose("project.task", *written, allow_create=True)
    markup = "<p onclick='alert(1)'>x</p><script>alert(1)</script>"
    response = author.post(tasks, {"name": "OWASP", "description": markup})
    assert response.status_code == 201, response.text
    assert "<p" in response.json()["description"]
    assert "alert" not in response.json()["description"]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_an_address_that_is_no_proxys(clerk, header):
    for value in ("192.0.2.66", "x' OR 1=1", "<b>"):
        clerk.get("/api/auth/tokens", headers={header: value})
    me = clerk.get("/api/auth/me").json()
    assert me["token"]["last_used_address"] == "127.0.0.1"


def test_a_user_that_a_proxy_would_name(client):
    for header in ("X-Remote-User", "Remote-User", "X-Forwarded-User", "X-Odoo-Uid"):
        assert_refused(client.get("/api/auth/me", headers={header: "admin"}), 401)


def test_lines_of_the_log_that_a_login_would_forge(client):
    login = "x\n2030-01-01 00:00:00,000 1 INFO db odoo: Login successful"
    body = {"login": login, "password": "x"}
    assert_refused(client.post("/api/auth/token", json=body), 400)


def test_records_that_a_cursor_of_another_search_would_show(
    mallory, alice, orders, her_order
):
    page = alice.get(orders, params={"limit": "1"}).json()
    if page["next_cursor"]:
        params = {"limit": "500", "cursor": page["next_cursor"]}
        response = mallory.get(orders, params=params)
        assert response.status_code in (200, 400)
        if response.status_code == 200:
            ids = [record["id"] for record in response.json()["data"]]
            assert her_order not in ids
