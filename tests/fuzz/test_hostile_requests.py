"""What others have tried before, each answered as an error of the client, in JSON."""

import json
import time

import pytest

from .verdict import get_fault
from .wire import make_request, send

JSON = ("Content-Type", "application/json")
CHUNKED = ("Transfer-Encoding", "chunked")
ISSUE = "/api/auth/token"
CREDENTIALS = b'{"login": "nobody", "password": "wrong"}'
LONG = "x" * 70000  # the server reads lines of 65536 bytes


def chunks(*parts, end=b"0\r\n\r\n"):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


# ------------------------------------------------------------
# Bodies
# ------------------------------------------------------------

BODIES = {
    "a null byte": b'{"name": "a\\u0000"}',
    "a null byte as it is": b'{"name": "a\0"}',
    "a null byte in a key": b'{"a\\u0000": 1}',
    "a lone surrogate": b'{"name": "\\ud800"}',
    "a lone surrogate in a key": b'{"\\udfff": 1}',
    "a surrogate in UTF-8": b'{"name": "\xed\xa0\x80"}',
    "no UTF-8": b'{"name": "\xff"}',
    "UTF-16": '{"name": "a"}'.encode("utf-16"),
    "a key twice": b'{"name": "a", "name": "b"}',
    "a key twice, deep": b'{"name": "a", "line_ids": [{"name": "a", "name": "b"}]}',
    "a number beyond floats": b'{"name": "a", "weight": 1e400}',
    "a number of 5000 digits": b'{"name": "a", "quantity": ' + b"9" * 5000 + b"}",
    "an integer beyond 32 bits": b'{"name": "a", "quantity": 2147483648}',
    "an id beyond 64 bits": b'{"name": "a", "partner_id": 18446744073709551616}',
    "not a number": b'{"name": "a", "weight": NaN}',
    "deep arrays": b'{"name": ' + b"[" * 100000 + b"]" * 100000 + b"}",
    "deep objects": b'{"a":' * 100000 + b"1" + b"}" * 100000,
    "arrays that JSON's reader takes": b'{"name": ' + b"[" * 500 + b"]" * 500 + b"}",
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_body(ask, method, body):
    path = {"POST": "/api/items", "PATCH": "/api/items/1"}[method]
    created = ask("POST", "/api/items", body={"name": "Item"})
    if method == "PATCH":
        path = f"/api/items/{created.json()['id']}"
    assert ask(method, path, [JSON], BODIES[body]).status == 400


@pytest.mark.parametrize(
    "body", [b"[]", b"[1]", b"[[]]", b"null", b'"a"', b"1", b"true"]
)
@pytest.mark.parametrize("path", ["/api/items", "/api/items/1"])
def test_body_that_is_no_object_of_a_get(ask, path, body):
    assert ask("GET", path, [JSON], body).status in (400, 404)


# ------------------------------------------------------------
# Length of the body
# ------------------------------------------------------------


@pytest.mark.parametrize(
    "length", ["-1", "x", "1e3", "+5", "0x5", "5,5", "\u0665", "9" * 30]
)
def test_length_that_is_none(ask, length):
    headers = [JSON, ("Content-Length", length)]
    assert ask("POST", ISSUE, headers, CREDENTIALS).status in (400, 413)


def test_two_lengths(ask):
    headers = [("Content-Length", "5"), ("Content-Length", str(len(CREDENTIALS)))]
    assert ask("POST", ISSUE, [JSON, *headers], CREDENTIALS).status == 400


def test_length_beside_chunks(ask):
    headers = [JSON, ("Content-Length", "5"), CHUNKED]
    assert ask("POST", ISSUE, headers, chunks(CREDENTIALS)).status == 400


def test_body_that_is_shorter_than_its_length(ask):
    headers = [JSON, ("Content-Length", "500")]
    assert ask("POST", ISSUE, headers, CREDENTIALS).status == 400


def test_client_that_sends_nothing_more(fuzzed):
    """It holds a worker no longer than Odoo lets it, and the others go on."""
    request = make_request("POST", ISSUE, [JSON, ("Content-Length", "500")])
    start = time.monotonic()
    answer = send(fuzzed.url, request, closes=False)
    assert time.monotonic() - start < 10
    assert answer.status in (0, 400)


# ------------------------------------------------------------
# Chunks
# ------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 7, 6000, 20000])
def test_body_in_chunks_is_read(ask, size):
    name = "x" * 30000
    body = json.dumps({"name": "Item", "note": name}).encode()
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    if size == 1:
        parts = [*parts[:20], body[20:]]
    answer = ask("POST", "/api/items", [JSON, CHUNKED], chunks(*parts))
    assert answer.status == 201
    assert answer.json()["note"] == name


CHUNKS = {
    "cut": b"ffffffff\r\n" + CREDENTIALS,
    "without the last": chunks(CREDENTIALS, end=b""),
    "longer than they say": b"5\r\n" + CREDENTIALS + b"\r\n0\r\n\r\n",
    "of no length": b"\r\n\r\n",
    "of a length that is none": b"zz\r\n" + CREDENTIALS,
    "of a negative length": b"-5\r\n" + CREDENTIALS,
    "of a length in Python's manner": b"0x28\r\n" + CREDENTIALS + b"\r\n0\r\n\r\n",
    "of a length with an underscore": b"2_8\r\n" + CREDENTIALS + b"\r\n0\r\n\r\n",
    "of an endless length": b"f" * 5000,
    "of nothing": b"",
}


@pytest.mark.parametrize("body", CHUNKS)
def test_chunks(ask, body):
    assert ask("POST", ISSUE, [JSON, CHUNKED], CHUNKS[body]).status == 400


@pytest.mark.parametrize(
    "codings",
    [
        ["gzip"],
        ["xchunked"],
        ["chunked, gzip"],
        ["chunked", "chunked"],
        ["chunked", ""],
    ],
)
def test_transfer_codings(ask, codings):
    headers = [JSON, *(("Transfer-Encoding", coding) for coding in codings)]
    assert ask("POST", ISSUE, headers, chunks(CREDENTIALS)).status == 400


# ------------------------------------------------------------
# Headers
# ------------------------------------------------------------

HEADERS = {
    "a line that is too long": ([("X", LONG)], 431),
    "a name that is too long": ([(LONG, "x")], 431),
    "too many": ([(f"X-{number}", "x") for number in range(200)], 431),
    "a token that is too long": ([("access-token", LONG)], 431),
    "long together": ([(f"X-{number}", "x" * 7000) for number in range(5)], 431),
    "as long as they may be": ([("X", "x" * 60000)] * 90, 431),
    "an endless cookie": ([("Cookie", "a=b;" * 3000)], 431),
    "many languages": ([("Accept-Language", "fr," * 3000)], 431),
    "two hosts": ([("Host", "127.0.0.1")], 400),
    "a host that is none": ([("Host", "[::1")], 400),
    "two tokens": ([("access-token", "a"), ("access-token", "b")], 401),
    "two spellings of a token": ([("access-token", "a"), ("access_token", "b")], 401),
    "a null byte": ([("access-token", b"a\0")], 401),
    "two companies": ([("X-Company-Id", "1"), ("X-Company-Id", "1")], 401),
}


@pytest.mark.parametrize("case", HEADERS)
def test_headers(ask, case):
    headers, status = HEADERS[case]
    assert ask.without_token("GET", "/api/auth/me", headers).status == status


@pytest.mark.parametrize("name", ["X-Company-Id", "access-token"])
def test_header_twice_beside_a_token(ask, name):
    assert ask("GET", "/api/auth/me", [(name, "1"), (name, "1")]).status in (400, 401)


def test_no_host(fuzzed, token):
    data = f"GET /api/auth/me HTTP/1.0\r\naccess-token: {token}\r\n\r\n"
    assert send(fuzzed.url, data.encode()).status == 200


@pytest.mark.parametrize("end", ["", "#fragment", "?query", "?query#fragment"])
def test_page_is_not_sent_for_what_can_not_be_read(ask, end):
    answer = ask("GET", f"/api{end}", [("X", LONG)])
    assert answer.status == 431
    assert answer.is_json


def test_header_without_a_colon(fuzzed):
    data = b"GET /api/auth/me HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n"
    assert 400 <= send(fuzzed.url, data).status < 500


# ------------------------------------------------------------
# Request line
# ------------------------------------------------------------

LINES = {
    "no version": b"POST /api/auth/me",
    "an unknown version": b"GET /api/auth/me HTTP/9.9",
    "a version that is none": b"GET /api/auth/me x",
    "a space too many": b"GET /api/auth /me HTTP/1.1",
    "a method alone": b"GET",
    "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "bytes beyond ASCII": b"GET /api/\xff\xff x y",
}


@pytest.mark.parametrize("line", LINES)
def test_line(fuzzed, line):
    data = LINES[line] + b"\r\nHost: 127.0.0.1\r\n\r\n"
    answer = send(fuzzed.url, data)
    assert answer.status in (400, 505)
    assert not get_fault(data, answer)


def test_path_that_is_too_long(ask):
    # Up to Odoo 14.0 the server has no limit of its own.
    assert ask("GET", f"/api/{LONG}").status in (404, 414)


@pytest.mark.parametrize(
    "path",
    [
        "/api/auth/%00",
        "/api/partners/%00",
        "/api/%00",
        "/rest/sky/%00",
        "/api/%ED%A0%80",
        "/api/partners/" + "9" * 1900,
        "/api/partners/\u0661",
        "/api/../api/nothing",
        "/api/partners/1/..",
        "/api-docs/nothing/nothing.json",
        "/api-docs/api/nothing.json",
        "/api-docs/%00/x.json",
    ],
)
@pytest.mark.parametrize("headers", [[], [JSON]])
def test_path(ask, path, headers):
    assert ask("GET", path, headers).status == 404


@pytest.mark.parametrize("method", ["FOO", "PROPFIND", "TRACE", "CONNECT", "x" * 300])
@pytest.mark.parametrize("path", ["/api/auth/me", "/api/partners/1", "/api/fuzz/1"])
def test_method(ask, method, path):
    assert ask(method, path).status in (404, 405)


# ------------------------------------------------------------
# Swagger UI
# ------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["self=1", "a=1&a=2", "%ff=%ff", "urls.primaryName=%00"]
)
def test_swagger_ui_ignores_parameters(ask, query):
    answer = ask.without_token("GET", f"/api-docs?{query}")
    assert answer.status == 200
    assert b"swagger" in answer.body


@pytest.mark.parametrize("body", CHUNKS)
@pytest.mark.parametrize("path", ["/api-docs", "/api-docs/api/auth.json"])
def test_swagger_ui_and_chunks(ask, path, body):
    """Those are refused that it finds wrong as far as it reads them."""
    answer = ask.without_token("GET", path, [JSON, CHUNKED], CHUNKS[body])
    assert answer.status in (200, 400)


@pytest.mark.parametrize("body", [b"[]", b"{", b"\xff"])
def test_swagger_ui_ignores_a_body(ask, body):
    assert ask.without_token("GET", "/api-docs", [JSON], body).status == 200
