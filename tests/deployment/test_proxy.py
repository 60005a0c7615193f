"""Behind nginx, with ``proxy_mode``."""

import subprocess
import time
from contextlib import contextmanager
from string import Template
from tempfile import TemporaryFile

import pytest
import requests
from blackbox.clients import Client
from requests.adapters import HTTPAdapter
from servers import ODOO, free_port, serving

CLIENT_ADDRESS = "127.0.0.2"  # as seen by nginx; it is 127.0.0.1 for Odoo

CONFIGURATION = Template("""
    daemon off;
    pid /tmp/rest_nginx.pid;
    error_log stderr;
    events {}
    http {
        access_log off;
        server {
            listen 127.0.0.1:$port;
            $more
            location / {
                proxy_pass $odoo;
                proxy_set_header Host $$http_host;
                proxy_set_header X-Forwarded-Host $$http_host;
                proxy_set_header X-Forwarded-For $$proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $$scheme;
            }
        }
    }
""")


@contextmanager
def nginx(odoo, more=""):
    """Run nginx before an Odoo, and return its address."""
    port = free_port()
    with TemporaryFile("w+") as file:
        file.write(CONFIGURATION.substitute(port=port, odoo=odoo, more=more))
        file.seek(0)
        command = [ODOO, *"run -u root nginx -p /tmp -c /dev/stdin".split()]
        process = subprocess.Popen(command, stdin=file)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def wait_for(url):
    deadline = time.monotonic() + 30
    while True:
        try:
            return requests.get(url + "/web/login", timeout=60)
        except requests.ConnectionError:
            assert time.monotonic() < deadline, "nginx does not answer"
            time.sleep(0.1)


class Address(HTTPAdapter):
    """Requests from another address of this machine."""

    def init_poolmanager(self, *args, **options):
        options["source_address"] = (CLIENT_ADDRESS, 0)
        super().init_poolmanager(*args, **options)


@pytest.fixture(scope="module")
def odoo(server):
    database = ["-d", server.db, "--db-filter", f"^{server.db}$"]
    with serving("rest_proxied", *database, "--proxy-mode") as url:
        yield url


@pytest.fixture(scope="module")
def client(odoo):
    with nginx(odoo) as url, Client(url) as client:
        client.mount("http://", Address())
        yield client


@pytest.fixture
def token(client, server):
    token = client.issue(server)
    yield token
    client.delete("/api/auth/token", token)


def address_of_use(client, token, headers=None):
    """Use a token, and ask from where it was used."""
    client.get("/api/auth/me", token, headers=headers)
    return client.me(token).json()["token"]["last_used_address"]


def test_address_is_the_clients(client, token):
    assert address_of_use(client, token) == CLIENT_ADDRESS


def test_client_can_not_make_up_its_address(client, token):
    headers = {"X-Forwarded-For": "192.0.2.1"}
    assert address_of_use(client, token, headers) == CLIENT_ADDRESS


def test_headers_with_hyphens_pass(client, token):
    assert client.get("/api/auth/me", headers={"access-token": token}).ok
    assert client.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"}).ok


def test_header_with_an_underscore_is_dropped_by_default(client, token):
    answer = client.get("/api/auth/me", headers={"access_token": token})
    assert answer.status_code == 401
    assert "error=" not in answer.headers["WWW-Authenticate"], "no token arrived"


def test_header_with_an_underscore_passes_where_nginx_is_told_so(odoo, token):
    with nginx(odoo, more="underscores_in_headers on;") as url, Client(url) as client:
        answer = client.get("/api/auth/me", headers={"access_token": token})
    assert answer.status_code == 200


def test_credentials_in_the_body_of_a_get_pass(client, server):
    answer = client.get("/api/auth/token", data={**server.credentials, "db": server.db})
    assert answer.status_code == 200
    assert client.delete("/api/auth/token", answer.json()["access_token"]).ok
