import pytest

from .clients import assert_error

TOKEN_URLS = ["/api/auth/token", "/rest/sky/token"]
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
CREDENTIALS = {"login": "nobody", "password": "wrong"}


def multipart(part, value):
    """Body of a part that is wrong beside a password that is well formed."""
    parts = {b'name="password"': b"wrong", part: value}
    disposition = b"--x\r\nContent-Disposition: form-data; "
    lines = [disposition + key + b"\r\n\r\n" + parts[key] for key in parts]
    return b"\r\n".join([*lines, b"--x--\r\n"])


@pytest.mark.parametrize("url", TOKEN_URLS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_400_names_each_field(client, url, method):
    assert_error(client.request(method, url), 400, "login", "password")


@pytest.mark.parametrize("field", ["login", "password"])
@pytest.mark.parametrize("value", [None, "", 1, True, ["a"], {"a": "b"}])
def test_400_names_wrong_field(client, field, value):
    values = {**CREDENTIALS, field: value}
    response = client.post(TOKEN_URLS[0], json=values)
    assert_error(response, 400, field)
    (right,) = {"login", "password"} - {field}
    assert f"{right}:" not in response.json()["description"]


def test_400_names_missing_field_alone(client):
    response = client.post(TOKEN_URLS[0], data={"login": "nobody"})
    assert_error(response, 400, "password")
    assert "login" not in response.json()["description"]


BODIES = {
    "invalid JSON": (JSON, b"{"),
    "JSON with NaN": (JSON, b'{"login": "a", "password": "b", "x": NaN}'),
    "deep JSON": (JSON, b"[" * 60000),
    "empty JSON array": (JSON, b"[]"),
    "JSON array": (JSON, b'[{"login": "a", "password": "b"}]'),
    "JSON null": (JSON, b"null"),
    "JSON string": (JSON, b'"login"'),
    "JSON key twice": (JSON, b'{"login": "a", "login": "a", "password": "b"}'),
    "JSON null byte": (JSON, b'{"login": "a\\u0000", "password": "b"}'),
    "JSON surrogate": (JSON, b'{"login": "\\ud800", "password": "b"}'),
    "JSON not UTF-8": (JSON, b'{"login": "\xff", "password": "b"}'),
    "form key twice": (FORM, b"login=a&login=b&password=c"),
    "form null byte": (FORM, b"login=%00&password=a"),
    "form not UTF-8": (FORM, b"login=%ff&password=a"),
    "form of bytes not UTF-8": (FORM, b"login=\xff&password=a"),
    "form list": (FORM, b"login[]=a&password=b"),
    "empty multipart": (MULTIPART, b""),
    "multipart without parts": (MULTIPART, b"nonsense"),
    "cut multipart": (MULTIPART, b"--x\r\nContent-Disp"),
    "multipart without boundary": ("multipart/form-data; boundary=", b"a"),
    "part not UTF-8": (MULTIPART, multipart(b'name="login"', b"\xff")),
    "part null byte": (MULTIPART, multipart(b'name="login"', b"a\0")),
    "part twice": (MULTIPART, multipart(b"name=password", b"b")),
    "part without name": (MULTIPART, multipart(b"a=b", b"c")),
    "part is a file": (MULTIPART, multipart(b'name="login"; filename="f"', b"a")),
    "plain text": ("text/plain", b"login=a&password=b"),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_400_for_body(client, method, body):
    content_type, data = BODIES[body]
    headers = {"Content-Type": content_type}
    response = client.request(method, TOKEN_URLS[0], data=data, headers=headers)
    assert_error(response, 400)


@pytest.mark.parametrize(
    "body",
    [(JSON, b'{"a < b > c": 1, "a < b > c": 2}'), (FORM, b"a < b > c=1&a < b > c=")],
)
def test_400_repeats_text_as_it_is(client, body):
    content_type, data = body
    headers = {"Content-Type": content_type}
    response = client.post(TOKEN_URLS[0], data=data, headers=headers)
    assert_error(response, 400, "'a < b > c' is given twice")


@pytest.mark.parametrize(
    "body",
    [
        (JSON, b'{"%b": 1, "%b": 2}' % (b"<" * 30000, b"<" * 30000)),
        (JSON, b'{"login": %b}' % (b"9" * 60000)),
        (JSON, b"{%b}" % b",".join(b'"%d": 1' % number for number in range(900))),
        (FORM, b"%b=1&%b=2" % (b"a" * 30000, b"a" * 30000)),
    ],
)
def test_400_is_short(client, body):
    content_type, data = body
    headers = {"Content-Type": content_type}
    response = client.post(TOKEN_URLS[0], data=data, headers=headers)
    assert_error(response, 400)
    assert len(response.content) < 3000


@pytest.mark.parametrize(
    "query",
    ["login=a&login=b&password=c", "login=%00&password=a", "login=%ff&password=a"],
)
def test_400_for_query(client, query):
    assert_error(client.get(f"{TOKEN_URLS[0]}?{query}"), 400)


def test_400_for_query_beside_token(client, token):
    assert_error(client.get("/api/auth/me?a=%ff", token), 400)
    assert_error(client.get("/api/auth/me?a=1&a=2", token), 400)


@pytest.mark.parametrize("value", ["Basic", "Basic !", "Basic YQ==", "Basic /zr/", "x"])
def test_400_for_malformed_basic(client, value):
    response = client.get(TOKEN_URLS[0], headers={"Authorization": value})
    assert_error(response, 400)
