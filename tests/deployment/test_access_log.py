"""What the access logs repeat of a request, on the port of workers and on gevent's."""

import re
import secrets

import pytest
from fuzz.wire import make_request, send
from servers import read_log, serving

NAME = "rest_access_log"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


@pytest.fixture(scope="module")
def urls():
    with serving(NAME, "--workers", "2") as url:
        host, _colon, port = url.rpartition(":")
        yield {"werkzeug": url, "longpolling": f"{host}:{int(port) + 100}"}


@pytest.fixture(params=["werkzeug", "longpolling"])
def log_of(request, urls):
    """Sends a request, and returns what was logged of it."""

    def log_of(target):
        start = len(read_log(NAME))
        answer = send(urls[request.param], make_request("GET", target))
        assert answer.status
        # Each of its lines is written before the answer to the next request.
        send(urls[request.param], make_request("GET", "/api/nothing"))
        log = read_log(NAME)[start:]
        assert f" {request.param}: " in log
        return log

    return log_of


@pytest.mark.parametrize("name", ["password", "new_password", "access_token"])
@pytest.mark.parametrize("value", ["{}", "'{}'", "'a'{}", '"a"{}', "'{}", "%27a%27{}"])
def test_log_has_no_secret_of_a_query_string(log_of, name, value):
    secret = secrets.token_hex(12)
    log = log_of(f"/api/auth/token?login=nobody&{name}={value.format(secret)}&a=b")
    assert "login=nobody" in log
    assert secret not in log


@pytest.mark.parametrize(
    "target",
    [b"/api/\x1b[31m\x1b]0;x\x07", b"/api/%C2%9B31m", "/api/%E2%80%AEx", b"/api/a\rb"],
)
def test_log_has_no_control_characters(log_of, target):
    log = log_of(target)
    assert "/api/" in log
    assert not CONTROLS.search(log)


def test_log_repeats_no_long_lines(log_of):
    log = log_of(f"/api/auth/token?a={'b' * 30000}")
    assert max(map(len, log.split("\n"))) < 5000
