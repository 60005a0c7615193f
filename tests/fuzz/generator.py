"""Makes up requests: some right, most wrong in one way or several."""

import base64
import json
from urllib.parse import quote, quote_plus

from .verdict import is_judged
from .wire import Request

TEXTS = (
    "",
    " ",
    "a",
    "admin",
    "partners:read",
    "name desc",
    "true",
    "0",
    "-1",
    "2026-02-30",
    "2026-01-31T12:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "en_US",
    "null",
    "[]",
    "{}",
    '["name", "=", "a"]',
    '[["name", "=", "a"]]',
    '["|", ["id", "in", [1, 2]], ["name", "ilike", "%"]]',
    "[" * 3000,
    "WyJpZCBhc2MiLCBbIjEiXV0",
    "null byte \0",
    "\ud800",
    "\udfff\ud800",
    "\ufeff",
    "\u202e\u2066",
    "\U0001f600" * 40,
    "e\u0301",
    "ﬀ\u0130ıſ",
    "\x01\x1f\x7f\x85\u2028",
    "\r\n",
    "a\r\nSet-Cookie: session_id=fuzz",
    "' OR 1=1 --",
    "\\",
    "%",
    "%s %d %(x)s {0} {x}",
    "%00",
    "<script>alert(1)</script>",
    "../../../etc/passwd",
    "a" * 300,
    "a" * 9000,
    "9" * 19,
    "9" * 400,
    "1e999",
    "NaN",
    "self",
    "__class__",
    "_params",
    "collection",
)
NUMBERS = (
    *(0, 1, 2, -1, 7, 80, 501, 1.5, -0.0, 1e308, 1e-320, 0.1 + 0.2),
    *(2**31 - 1, 2**31, 2**32, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**100),
)
CONSTANTS = (None, True, False, [], {}, [[]], [None], {"": None}, {"id": 1})
RAW_JSON = (
    b"NaN",
    b"-Infinity",
    b"1e400",
    b"9" * 5000,
    b"[" * 100000,
    b'{"a":' * 3000,
    b"[" * 900 + b"]" * 900,
    b'{"name": "a", "name": "b"}',
    b'{"name": "\\ud800"}',
    b'{"name": "\\u0000"}',
    b'{"\\u0000": 1}',
    b'{"name": "\xff"}',
    b"\xef\xbb\xbf{}",
    '{"name": "ä"}'.encode("utf-16"),
    b"{'name': 1}",
    b'{"name": 1,}',
    b'"name"',
    b"null",
    b"",
    b" ",
    b"{",
    b"\0",
)
METHODS = (
    *("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"),
    *("get", "PROPFIND", "FOO", "M-SEARCH", "_", "A" * 300, "\u00fc", "G\0T"),
)
CONTENT_TYPES = (
    "application/json",
    "application/json",
    "application/json; charset=utf-16",
    "application/json; charset=nonsense",
    "application/json;",
    "application/merge-patch+json",
    "+json",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=latin-1",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    'multipart/form-data; boundary="x',
    "multipart/form-data; boundary=" + "x" * 200,
    "multipart/form-data; boundary=\u00e9",
    "multipart/mixed; boundary=x",
    "text/plain",
    "text/xml",
    "",
    ";",
    "a/b/c",
    "\u00e9",
    "application/json" * 100,
)
HEADERS = {
    "Accept": ("*/*", "application/json", "text/html;q=0", "", ",", "q=q=q"),
    "Accept-Encoding": ("gzip", "identity;q=0", "\u00e9"),
    "Accept-Language": (
        *("fr", "en-US,en;q=0.9", "*", "", ";q=", "en;q=x", "en;q=9e9", "x-" * 400),
        *("en_US", "\u00e9", "-", "a-b-c-d-e", ",,,", "en;q=nan"),
    ),
    "Access-Control-Request-Method": ("DELETE", "\u00e9"),
    "Access-Token": ("", " ", "x", "access_token_", "\u00e9", "a" * 8000),
    "Authorization": (
        *("", "Bearer", "Bearer ", "Bearer x", "bearer \u00e9", "Basic", "Basic x"),
        *("Basic YTpi", "Basic //86//8=", "Basic OjA=", "Basic YQBiOmM=", "Digest"),
        *(
            "Digest username=a",
            "Digest a=b,,=",
            "Negotiate x",
            "\u00e9",
            "=",
            "a" * 999,
        ),
    ),
    "Connection": ("keep-alive", "close", "upgrade", "x"),
    "Content-Encoding": ("gzip", "deflate", "x"),
    "Cookie": (
        *("session_id=x", "session_id=../../etc/passwd", "session_id=", "=", ";;;"),
        *("\u00e9=\u00e9", "a" * 4000, "session_id=" + "a" * 40, 'session_id="\\000"'),
        *("frontend_lang=\u00e9", "cids=x", "tz=x", "lang=x"),
    ),
    "Date": ("x",),
    "DNT": ("1",),
    "Expect": ("100-continue", "x"),
    "Forwarded": ("for=x",),
    "From": ("\u00e9",),
    "Host": ("", "x", "localhost:99999", "a:b:c", "[::1", "\u00e9", "a/b", "a" * 300),
    "Idempotency-Key": ("", "a", "\u00e9", "a" * 256, "a" * 9000, "\x01", "' OR 1=1"),
    "If-Match": ("*", '"x"', "x", 'W/"', "", ",", "\u00e9", '"' * 999),
    "If-Modified-Since": ("x", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 99),
    "If-None-Match": ("*", '"x"', "x", 'W/"', "", ",", "\u00e9", '"' * 999),
    "If-Range": ("x", '"x"'),
    "Origin": ("null", "http://x", "\u00e9"),
    "Range": ("bytes=0-0", "bytes=9-1", "x=1", "bytes=" + "0-0," * 500),
    "Referer": ("x", "\u00e9"),
    "TE": ("trailers",),
    "Upgrade": ("websocket", "h2c"),
    "User-Agent": ("", "\u00e9", "a" * 4000),
    "X-Company-Id": ("", "1", "0", "-1", "x", "9" * 30, "1,1", "\u0661", "1.0", " 1 "),
    "X-Forwarded-For": ("x", "::1", "a" * 3000, "127.0.0.1, \u00e9"),
    "X-Forwarded-Host": ("x", "\u00e9", "a:b:c"),
    "X-Forwarded-Proto": ("x", "https"),
    "X-HTTP-Method-Override": ("DELETE", "\u00e9"),
    "X-Odoo-Database": ("", "x", "postgres", "\u00e9", "a" * 300, "template1"),
    "X-Odoo-Dbfilter": ("x", "(", "\u00e9"),
    "X-Openerp-Session-Id": ("x", "../x", "\u00e9", ""),
    "X-Requested-With": ("XMLHttpRequest",),
    "X": ("", " ", "\t", "\x01", "\x7f", "\u00e9", "a\r\n b", "a" * 20000),
    "": ("", "x"),
    "a b": ("x",),
    "\u00e9": ("x",),
}
LENGTHS = (
    "0",
    "1",
    "5",
    "-1",
    "x",
    "",
    "1e3",
    "+5",
    "0x5",
    "99999",
    "9" * 30,
    "\u0665",
)
OPERATORS = (
    *("eq", "ne", "lt", "lte", "gt", "gte", "like", "ilike", "not_like", "not_ilike"),
    *("in", "not_in", "empty", "child_of", "", "x", "any", "eq__eq"),
)
QUERY_NAMES = (
    *("session_id", "debug", "db", "csrf_token", "access_token", "password", "", "a"),
    *("self", "params", "_params", "collection", "fields[]", "a[b][c]", "lang"),
)


class Generator:
    """Makes requests, the same ones from the same random numbers.

    :param random.Random random: where all chance comes from
    :param list routes: of :class:`Route`
    """

    def __init__(self, random, routes):
        self.random = random
        self.routes = routes

    def make(self, token):
        """Make one request that is for our services, or for nobody knows what.

        :param str token: that is good, for some of the requests
        :return: the bytes to send, and the route that they are for
        :rtype: (bytes, Route)
        """
        while True:
            data, route = self._make(token)
            if is_judged(data):
                return data, route

    def _make(self, token):
        route = self.random.choice(self.routes)
        method = route.method if self.chance(0.8) else self.random.choice(METHODS)
        body, headers = self.make_body(route)
        headers += self.make_token(token)
        headers += self.make_headers()
        self.random.shuffle(headers)
        version = b"HTTP/1.1" if self.chance(0.97) else self.make_version()
        pairs = tuple((encode(name), encode(value)) for name, value in headers)
        target = self.make_target(route).encode("utf-8", "surrogatepass")
        request = Request(encode(method), target, pairs, body, version)
        data = request.to_bytes()
        return (self.mutate(data) if self.chance(0.1) else data), route

    def chance(self, share):
        return self.random.random() < share

    # ------------------------------------------------------------
    # Target
    # ------------------------------------------------------------

    def make_target(self, route):
        path = route.path
        while "{" in path:
            start, _brace, rest = path.partition("{")
            name, _brace, rest = rest.partition("}")
            path = start + self.make_part(name) + rest
        if self.chance(0.12):
            path = self.break_path(path)
        has_query = self.chance(0.6 if route.params else 0.1)
        query = self.make_query(route) if has_query else None
        return path if query is None else f"{path}?{query}"

    def make_part(self, name):
        if name == "usage" and self.chance(0.6):
            return self.random.choice(("partners", "auth", "fuzz", "token", "api"))
        if self.chance(0.6):
            return str(self.random.randint(1, 60))
        return self.escape(str(self.make_scalar()))

    def break_path(self, path):
        where = self.random.randint(0, len(path))
        wrong = self.random.choice(
            ("/", "//", "/.", "/../", "%2F", "%00", "%FF", "%", "%zz", ";", "\\", "é")
            + (
                "*",
                "#",
                "@",
                ":",
                " ",
                "\t",
                "\x01",
                "..;/",
                "a" * 5000,
                "/x",
                "[",
                "?",
            )
        )
        return path[:where] + wrong + path[where + self.random.randint(0, 3) :]

    def make_query(self, route):
        pairs = []
        for _number in range(self.random.choice((1, 1, 2, 3, 6))):
            name = self.make_name(route.params)
            pairs.append(f"{self.escape(name)}={self.escape(self.make_text())}")
        separator = self.random.choice("&&&&&;?")
        return separator.join(pairs)

    def make_name(self, known):
        if not known or self.chance(0.2):
            return self.random.choice((*QUERY_NAMES, *TEXTS))
        name = self.random.choice(known)
        if self.chance(0.3):
            name += f"__{self.random.choice(OPERATORS)}"
        return name

    def escape(self, text):
        if self.chance(0.03):
            return text.replace(" ", "+").replace("\r", "").replace("\n", "")
        escape = quote if self.chance(0.5) else quote_plus
        return escape(text, safe="", errors="surrogatepass")

    # ------------------------------------------------------------
    # Headers
    # ------------------------------------------------------------

    def make_token(self, token):
        chance = self.random.random()
        if chance < 0.6:
            return [("access-token", token)]
        if chance < 0.7:
            return [("Authorization", f"Bearer {token}")]
        if chance < 0.73:
            return [("access-token", token), ("Access_Token", token)]
        if chance < 0.76:
            return [("access-token", token[: self.random.randint(0, len(token))])]
        return []

    def make_headers(self):
        headers = [("Host", "127.0.0.1")] if self.chance(0.97) else []
        for _number in range(self.random.choice((0, 0, 0, 1, 1, 2, 4))):
            name = self.random.choice(tuple(HEADERS))
            value = self.random.choice(HEADERS[name])
            if self.chance(0.05):
                value = self.make_text()
            headers.append((name, value))
        if self.chance(0.01):
            headers += [(f"X-{number}", "x") for number in range(120)]
        return headers

    def make_version(self):
        versions = (
            "HTTP/1.0",
            "HTTP/0.9",
            "HTTP/2.0",
            "HTTP/1.1.1",
            "http/1.1",
            "x",
            "",
        )
        return self.random.choice(versions).encode()

    # ------------------------------------------------------------
    # Body
    # ------------------------------------------------------------

    def make_body(self, route):
        """Return a body, and the headers that speak of it."""
        if not route.keys and self.chance(0.8):
            return b"", []
        kind = self.random.choice(("json",) * 5 + ("raw", "form", "multipart", "bytes"))
        content_type, body = getattr(self, f"make_{kind}")(route)
        if self.chance(0.07):
            content_type = self.random.choice(CONTENT_TYPES)
        headers = [("Content-Type", content_type)]
        if self.chance(0.03):
            return self.make_chunks(body), [*headers, ("Transfer-Encoding", "chunked")]
        length = str(len(body)) if self.chance(0.96) else self.random.choice(LENGTHS)
        return body, [*headers, ("Content-Length", length)]

    def make_json(self, route):
        value = self.make_object(route)
        if self.chance(0.15):
            value = [value] * self.random.choice((0, 1, 2, 3))
        return "application/json", json.dumps(value).encode()

    def make_raw(self, route):
        return "application/json", self.random.choice(RAW_JSON)

    def make_form(self, route):
        pairs = self.make_object(route).items()
        body = "&".join(f"{self.escape(k)}={self.escape(str(v))}" for k, v in pairs)
        return "application/x-www-form-urlencoded", encode(body)

    def make_multipart(self, route):
        lines = []
        for name, value in self.make_object(route).items():
            disposition = f'Content-Disposition: form-data; name="{name}"'
            if self.chance(0.1):
                disposition += '; filename="f"'
            if self.chance(0.1):
                disposition = self.random.choice(
                    ("", "x", "Content-Disposition: x", ":")
                )
            lines += ["--x", disposition, "", str(value)]
        body = encode("\r\n".join([*lines, "--x--", ""]))
        return "multipart/form-data; boundary=x", self.mutate(body)

    def make_bytes(self, route):
        body = self.random.randbytes(self.random.choice((0, 1, 7, 300)))
        return self.random.choice(CONTENT_TYPES), body

    def make_object(self, route):
        if self.chance(0.3):
            values = {"name": self.random.choice(TEXTS)}
            if self.chance(0.5):
                values["quantity"] = self.random.randint(-9, 9)
            return values
        keys = [key for key in route.keys if self.chance(0.3)]
        keys += ["name"] if self.chance(0.7) else []
        keys += [self.make_text()] if self.chance(0.05) else []
        return {key: self.make_value() for key in keys}

    def make_chunks(self, body):
        chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
        wrong = (
            b"",
            b"0\r\n\r\n",
            b"zz\r\n",
            b"-5\r\n",
            b"ffffffffff\r\na",
            b"5;x\r\n",
        )
        return chunk if self.chance(0.6) else self.random.choice(wrong)

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------

    def make_text(self):
        if self.chance(0.1):
            return str(self.make_scalar())
        text = self.random.choice(TEXTS)
        if self.chance(0.05):
            text += self.random.choice(TEXTS)
        return text

    def make_scalar(self):
        return self.random.choice(NUMBERS if self.chance(0.5) else TEXTS)

    def make_value(self, depth=0):
        chance = self.random.random()
        if chance < 0.45:
            return self.random.choice(TEXTS)
        if chance < 0.65:
            return self.random.choice(NUMBERS)
        if chance < 0.8:
            return self.random.choice(CONSTANTS)
        if chance < 0.85:
            return base64.b64encode(self.random.randbytes(20)).decode()
        if depth > 3:
            return None
        values = [self.make_value(depth + 1) for _number in range(3)]
        if chance < 0.93:
            return values
        return dict(zip(("id", "name", self.random.choice(TEXTS)), values))

    def mutate(self, data):
        data = bytearray(data)
        for _number in range(self.random.choice((1, 1, 2, 5))):
            start = self.random.randint(0, len(data))
            end = start + self.random.choice((0, 0, 1, 1, 2, 20))
            wrong = (
                b"",
                b"\0",
                b"\xff",
                b"\r\n",
                b"\n",
                b":",
                b" ",
                b"%",
                data[:start],
            )
            data[start:end] = self.random.choice(wrong)[:5000]
        return bytes(data)


def encode(text):
    return text.encode("utf-8", "surrogatepass")
