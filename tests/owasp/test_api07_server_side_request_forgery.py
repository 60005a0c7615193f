"""API7:2023 Server side request forgery."""

import base64
import socket
import threading

import pytest

from .attackers import assert_refused


@pytest.fixture
def trap():
    """An address of this machine, and who has called there."""
    callers = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        ended = threading.Event()

        def listen():
            while not ended.is_set():
                try:
                    connection, address = listener.accept()
                except OSError:
                    continue
                callers.append(address)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        host, port = listener.getsockname()
        yield f"http://{host}:{port}/x", callers
        ended.set()
        thread.join()


@pytest.fixture(scope="module")
def manager(recruit):
    return recruit("base.group_user", "base.group_partner_manager")


def test_have_an_image_fetched(manager, trap):
    url, callers = trap
    for value in (url, f"data:image/svg+xml,<image href='{url}'/>", f"file://{url}"):
        body = {"name": "SSRF of OWASP", "image_1920": value}
        assert_refused(manager.post("/api/partners", body), 400, 422)
    assert not callers


def test_have_an_image_fetched_by_what_is_in_it(manager, trap):
    url, callers = trap
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>'
    xxe = f'<!DOCTYPE x [<!ENTITY y SYSTEM "{url}">]><svg>&y;</svg>'
    for text in (svg, xxe):
        image = base64.b64encode(text.encode()).decode()
        body = {"name": "SSRF of OWASP", "image_1920": image}
        assert manager.post("/api/partners", body).status_code < 500
    assert not callers


def test_have_a_link_followed(manager, trap):
    url, callers = trap
    body = {"name": "SSRF of OWASP", "website": url, "comment": f'<img src="{url}">'}
    partner = manager.post("/api/partners", body)
    assert partner.status_code == 201, partner.text
    manager.get(f"/api/partners/{partner.json()['id']}")
    assert not callers


@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"]
)
def test_have_a_host_of_a_header_called(manager, trap, header):
    url, callers = trap
    host = url.split("/")[2]
    response = manager.get("/api/partners?limit=1", headers={header: host})
    assert host not in response.text
    body = {"name": "SSRF of OWASP"}
    created = manager.post("/api/partners", body, headers={header: host})
    assert host not in created.headers.get("Location", "")
    assert not callers


def test_have_a_database_elsewhere_called(client, trap):
    url, callers = trap
    host, port = url.split("/")[2].split(":")
    for db in (f"host={host} port={port}", url, f"postgresql://{host}:{port}/x"):
        body = {"login": "admin", "password": "x", "db": db}
        assert_refused(client.post("/api/auth/token", json=body), 400)
        response = client.get("/api/auth/me", headers={"X-Odoo-Database": db})
        assert_refused(response, 400, 401)
    assert not callers
