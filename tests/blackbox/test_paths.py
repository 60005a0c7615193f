"""A path is the same path however many slashes it begins with."""

from urllib.parse import urlsplit

import pytest

from .clients import Raw, assert_error

LIMIT = 20 * 2**20
STARTS = ["", "/", "///", "http://HOST", "http://HOST/"]

pytestmark = pytest.mark.parametrize("start", STARTS, indirect=True)


@pytest.fixture
def start(request, server):
    """What comes before a path: slashes, or all of the address."""
    return request.param.replace("HOST", urlsplit(server.url).netloc)


def test_slashes_lead_to_the_same_service(server, user, token, start):
    headers = [("access-token", token)]
    answer = Raw(server, "GET", f"{start}/api/auth/me", headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["login"] == user.login


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/auth/me", 401),
        ("/api/nothing", 404),
        ("/api/auth/%00", 404),
        ("/rest/sky/token", 400),
        ("/%61pi/partners", 401),
        ("/%2fapi/partners", 401),
    ],
)
def test_slashes_lead_round_no_error(server, start, path, code):
    assert_error(Raw(server, "GET", start + path), code)


def test_slashes_lift_no_limit_of_bodies(server, start):
    answer = Raw(server, "POST", f"{start}/api/partners", body=bytes(LIMIT + 1))
    assert_error(answer, 413)
