import json
import re
import subprocess

import pytest
import requests

from .clients import assert_refused

PATHS = ["/api/auth/token", "/rest/sky/token"]
OLD_TOKEN = "access_token_ebb1914bbdb5622cd782a1a0ff51f81a2cba042a"
KEYS = ["uid", "company_id", "partner_id", "access_token", "expires_at"]

pytestmark = pytest.mark.usefixtures("revoke_new_tokens")


@pytest.fixture(params=PATHS)
def url(request, server):
    return server.url + request.param


@pytest.fixture
def payload(server):
    return {"db": server.db, "login": server.login, "password": server.password}


@pytest.fixture
def token(url, payload):
    return requests.request("GET", url, data=payload).json()["access_token"]


def assert_issued(answer, admin):
    owner = admin("res.users", "read", [admin.uid], ["company_id", "partner_id"])[0]
    assert list(answer)[: len(KEYS)] == KEYS
    assert list(answer)[len(KEYS) :] == ["token_type", "expires_in"]
    assert answer["uid"] == admin.uid
    assert answer["company_id"] == owner["company_id"][0]
    assert answer["partner_id"] == owner["partner_id"][0]
    assert re.fullmatch(r"access_token_[0-9a-f]{40}", answer["access_token"])


def curl(*args):
    command = ["curl", "--silent", "--show-error", *args]
    return subprocess.run(command, check=True, capture_output=True).stdout


def test_get_with_form(url, payload, admin):
    response = requests.request("GET", url, data=payload)
    assert response.status_code == 200
    assert response.headers["Content-Type"].split(";")[0] == "application/json"
    assert_issued(response.json(), admin)


def test_get_with_multipart_without_boundary_and_old_token(url, payload, admin):
    headers = {"content-type": "multipart/form-data;", "access-token": OLD_TOKEN}
    response = requests.request("GET", url, data=payload, headers=headers)
    assert response.status_code == 200
    assert_issued(response.json(), admin)


@pytest.mark.parametrize("header", ["access-token", "access_token"])
def test_delete(url, payload, client, token, header):
    headers = {"content-type": "multipart/form-data;", header: token}
    response = requests.request("DELETE", url, data=payload, headers=headers)
    assert response.status_code == 200
    assert response.json() == {
        "count": 1,
        "data": [{"desc": "access token successfully deleted", "delete": True}],
    }
    assert_refused(client, token)


def test_curl_get_with_form(url, payload, admin):
    form = [word for item in payload.items() for word in ("--form", "=".join(item))]
    output = curl("--request", "GET", "--url", url, *form)
    assert_issued(json.loads(output), admin)


@pytest.mark.parametrize("header", ["access-token", "access_token"])
def test_curl_delete(url, client, token, header):
    curl(
        "--fail", "--request", "DELETE", "--url", url, "--header", f"{header}: {token}"
    )
    assert_refused(client, token)
