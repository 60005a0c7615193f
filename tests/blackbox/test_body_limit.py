"""Bodies over the limit: 64 KiB of those who have no token, and 20 MiB of all others.

The latter is so unless the server is told otherwise.
"""

import os
import struct
from base64 import b64encode
from zlib import compress, crc32

import pytest

from .clients import assert_error

MIB = 2**20
LIMIT = 20 * MIB
STRANGERS_LIMIT = 64 * 1024
TOKEN_PATHS = ["/api/auth/token", "/rest/sky/token"]
LIMITS = {
    **dict.fromkeys(TOKEN_PATHS, STRANGERS_LIMIT),
    **dict.fromkeys(["/api/partners", "/api/nothing"], LIMIT),
}
TYPES = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
]
JSON = {"Content-Type": TYPES[0]}


def in_chunks(size):
    """Send that many bytes in chunks, without a length."""
    yield from (bytes(MIB) for _chunk in range(size // MIB))
    yield bytes(size % MIB)


@pytest.mark.parametrize("path", LIMITS)
@pytest.mark.parametrize("content_type", TYPES)
def test_413_whoever_sends_it(client, path, content_type):
    headers = {"Content-Type": content_type}
    for size in (LIMITS[path] + 1, LIMIT + 1):
        response = client.post(path, data=bytes(size), headers=headers)
        assert_error(response, 413, str(LIMITS[path]))


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_413_with_every_method(client, method):
    for path, limit in LIMITS.items():
        assert_error(client.request(method, path, data=bytes(limit + 1)), 413)


@pytest.mark.parametrize("path", TOKEN_PATHS)
@pytest.mark.parametrize("content_type", TYPES[:3])
def test_413_in_chunks(client, path, content_type):
    headers = {"Content-Type": content_type}
    for size in (STRANGERS_LIMIT + 1, LIMIT + 1):
        response = client.post(path, data=in_chunks(size), headers=headers)
        assert_error(response, 413, str(STRANGERS_LIMIT))


@pytest.mark.parametrize("data", [bytes, in_chunks])
def test_413_where_a_token_is_not_needed(client, data):
    path = "/api/auth/session"
    response = client.delete(path, data=data(STRANGERS_LIMIT + 1), headers=JSON)
    assert_error(response, 413, str(STRANGERS_LIMIT))


def test_413_of_many_short_chunks(client):
    """They take time, not memory."""
    body = (b" " for _chunk in range(STRANGERS_LIMIT // 2))
    assert_error(client.post(TOKEN_PATHS[0], data=body, headers=JSON), 413)


def test_413_in_chunks_with_a_token(client, token):
    response = client.post(
        "/api/partners", token, data=in_chunks(LIMIT + 1), headers=JSON
    )
    assert_error(response, 413)


def test_endless_chunks_are_not_read_to_the_end(client):
    sent = []

    def endless():
        while True:
            assert len(sent) < 500, "the server goes on reading"
            sent.append(MIB)
            yield bytes(MIB)

    try:
        response = client.post(TOKEN_PATHS[0], data=endless(), headers=JSON)
    except OSError:  # it hung up, as it may
        return
    assert_error(response, 413)


@pytest.mark.parametrize("data", [bytes, in_chunks])
def test_body_at_the_limit_is_read(client, token, data):
    for path, limit in LIMITS.items():
        if path != "/api/nothing":
            response = client.post(path, token, data=data(limit), headers=JSON)
            assert_error(response, 400, "can't be read")


def photo(side):
    """A PNG that nothing makes smaller, of 3 bytes a pixel (RFC 2083)."""

    def chunk(name, data):
        content = name + data
        return (
            struct.pack(">I", len(data)) + content + struct.pack(">I", crc32(content))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + os.urandom(3 * side) for _row in range(side))
    parts = (
        chunk(b"IHDR", header),
        chunk(b"IDAT", compress(rows, 1)),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_batch_with_a_photo_passes(partners, origin):
    image = b64encode(photo(1700)).decode()
    assert len(image) > 10 * MIB
    records = [{"name": f"Batch {number}", "ref": origin} for number in range(100)]
    records[0]["image_1920"] = image
    assert partners.create(records)["count"] == 100
