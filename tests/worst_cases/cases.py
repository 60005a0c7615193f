"""The requests that cost a server most, for all that is known: none has a token."""

from fuzz.wire import make_request

KIB = 1024
SHORT_PATH = 2000  # what is read of a path
SHORT_QUERY = 32_000  # what is read of a query string
LINE = 60 * KIB  # Python's HTTP server reads lines of 64 KiB
SHORT_TYPE = 500  # what is read of the type of a body
SHORT_LINE = 8000  # what is read of a header
BODY = 63 * KIB  # what is read of a stranger's
LONG = 19 * KIB * KIB  # what is read of those who have a token
TOKEN = "/api/auth/token"
SKY = "/rest/sky/token"
PARTNERS = "/api/partners"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
CREDENTIALS = {"login": "admin", "password": "wrong"}
DISPOSITION = b"--x\r\nContent-Disposition: form-data; "


def get_cases():
    """Return all of them.

    :rtype: dict of fuzz.wire.Request, by name
    """
    return {
        **get_requests(),
        **get_bodies(),
        **get_long_bodies(),
        **get_chunks(),
        **get_lines(),
        **get_headers(),
    }


def get_login():
    """A login, which costs a hash: what the others are measured beside."""
    return {"login, of a wrong password": make_request("POST", TOKEN, body=CREDENTIALS)}


def get_requests():
    """What anybody may ask for, and what is refused."""
    wrong = ("access-token", f"access_token_{'0' * 40}")
    asked = {
        "description in OpenAPI": ("GET", "/api/openapi.json"),
        "Swagger UI": ("GET", "/api-docs"),
        "Swagger UI's description of a service": ("GET", "/api-docs/api/partners.json"),
        "no token": ("GET", PARTNERS),
        "a wrong token": ("GET", PARTNERS, [wrong]),
        "no such path": ("GET", "/api/nothing"),
        "no such path, deep": ("GET", f"/api{'/a' * 900}"),
        "no such method": ("PUT", TOKEN),
        "health": ("GET", "/api/health"),
        "OPTIONS": ("OPTIONS", PARTNERS),
        "HEAD": ("HEAD", PARTNERS),
        "no session to close": ("DELETE", "/api/auth/session"),
        "another database": ("POST", TOKEN, (), {**CREDENTIALS, "db": "nothing"}),
        "another database, by header": ("GET", TOKEN, [("X-Odoo-Database", "nothing")]),
    }
    return {name: make_request(*request) for name, request in asked.items()}


def fill(pattern, size):
    return (pattern * (size // len(pattern) + 1))[:size]


def number_all(pattern, size):
    """Repeat a pattern with numbers, so that no two are the same."""
    return b"".join(
        pattern % number for number in range(size // (len(pattern % 10**4)) + 1)
    )


def get_json(size):
    """JSON that is as expensive as it can be, of about that size."""
    half = size // 2
    tags = b'"' + fill(b"<", half - 8) + b'":1'
    return {
        "key of <": b"{" + tags + b"," + tags + b"}",
        "number of digits": b'{"login":' + fill(b"9", size - 12) + b"}",
        "fraction of digits": b'{"login":0.' + fill(b"9", size - 14) + b"}",
        "keys": b"{" + number_all(b'"%d":1,', size)[:-1] + b"}",
        "keys, of nothing": b"{" + number_all(b'"%d":{},', size)[:-1] + b"}",
        "values": b'{"login":[' + fill(b"1,", size - 16) + b"1]}",
        "empty arrays": b"[" + fill(b"[],", size // 3 * 3 - 6) + b"[]]",
        "deep arrays": fill(b"[", half) + fill(b"]", half),
        "arrays, 50 deep": b"[" + fill(b"[" * 49 + b"]" * 49 + b",", size)[:-98] + b"1",
        "escaped text": b'{"login":"' + fill(rb"\u00e9", size // 6 * 6 - 12) + b'"}',
        "quotes": b'{"login":"' + fill(rb"\"", size // 2 * 2 - 16) + b'"}',
        "wrong login": b'{"password":"a","login":"' + fill(b"a\t", size - 32) + b'"}',
        "spaces": b"{" + fill(b" ", size - 2) + b"}",
        "nonsense": fill(b"a", size),
    }


def get_forms(size):
    return {
        "escapes": b"login=" + fill(b"%41", size - 8),
        "fields": number_all(b"%d&", size),
        "empty fields": fill(b"&", size),
        "lists": fill(b"a[]=1&", size),
        "name of <": fill(b"<", size // 2 - 1) + b"=&" + fill(b"<", size // 2 - 1),
    }


def get_multiparts(size):
    part = DISPOSITION + b'name="%d"\r\n\r\n1\r\n'
    name = DISPOSITION + b'name="'
    return {
        "parts": number_all(part, size) + b"--x--\r\n",
        "parts, 900": number_all(part, 900 * len(part)) + b"--x--\r\n",
        "files": number_all(part.replace(b"\r\n\r\n", b'; filename="a"\r\n\r\n'), size),
        "headers of a part": DISPOSITION
        + b"name=a\r\n"
        + number_all(b"h%d:\r\n", size)
        + b"\r\n1\r\n--x--",
        "header of a part": name + fill(b'\\"', size) + b'"\r\n\r\n1\r\n--x--',
        "options of a part": DISPOSITION
        + fill(b"a*0=a;", size)
        + b"\r\n\r\n1\r\n--x--",
        "options of all parts": fill(
            DISPOSITION + b"name=a;" + fill(b"a*0=a;", 900) + b"\r\n\r\n1\r\n", size
        ),
        "spaces of all parts": fill(
            DISPOSITION + b"name=a;" + b" " * 900 + b"\r\n\r\n1\r\n", size
        ),
        "some spaces of all parts": fill(
            DISPOSITION + b"name=a" + fill(b";" + b" " * 39, 900) + b"\r\n\r\n1\r\n",
            size,
        ),
        "spaces of a part": DISPOSITION + fill(b" ", size) + b"\r\n\r\n1\r\n--x--",
        "line ends": b"--x\r\n" + fill(b"\r\n", size),
        "carriage returns": b"--x\r\n\r\n" + fill(b"\r", size),
        "folded header of a part": DISPOSITION
        + fill(b"\r\n a", size)
        + b"\r\n\r\n1\r\n--x--",
    }


def post(path, body, content_type):
    return make_request("POST", path, [("Content-Type", content_type)], body)


def get_bodies():
    """What may be sent to get a token."""
    cases = {}
    for kind, content_type, bodies in [
        ("JSON", JSON, get_json(BODY)),
        ("form", FORM, get_forms(BODY)),
        ("multipart", MULTIPART, get_multiparts(BODY - KIB)),
    ]:
        for name, body in bodies.items():
            cases[f"{kind}: {name}"] = post(TOKEN, body, content_type)
    boundary = "-" * (8 * KIB - 100)
    cases["multipart: long boundary"] = post(
        TOKEN, fill(b"-", BODY), f"multipart/form-data; boundary={boundary}x"
    )
    cases["JSON: keys, at the older path"] = post(SKY, get_json(BODY)["keys"], JSON)
    cases["JSON: keys, where no body is needed"] = make_request(
        "DELETE",
        "/api/auth/session",
        [("Content-Type", JSON)],
        get_json(BODY)["keys"],
    )
    cases["form: description in OpenAPI"] = make_request(
        "GET",
        "/api/openapi.json",
        [("Content-Type", FORM)],
        get_forms(BODY)["escapes"],
    )
    return cases


def get_long_bodies():
    """What is too long for a stranger."""
    tags = b'"' + fill(b"<", 60_000) + b'":1'
    return {
        "long JSON: key of <": post(TOKEN, b"{" + tags + b"," + tags + b"}", JSON),
        "long JSON: number of a million digits": post(
            TOKEN, b'{"login":' + b"9" * 10**6 + b"}", JSON
        ),
        "long JSON: 1.5 million keys": post(TOKEN, get_json(LONG)["keys"], JSON),
        "long JSON: arrays": post(TOKEN, get_json(LONG)["empty arrays"], JSON),
        "long form: escapes": post(TOKEN, get_forms(LONG)["escapes"], FORM),
        "long multipart: parts": post(TOKEN, get_multiparts(LONG)["parts"], MULTIPART),
        "longer than any may be": post(TOKEN, bytes(45 * KIB * KIB), JSON),
        "long, where a token is needed": post(
            PARTNERS, get_json(LONG)["empty arrays"], JSON
        ),
        "long, where no body is needed": make_request(
            "DELETE",
            "/api/auth/session",
            [("Content-Type", JSON)],
            get_json(LONG)["keys"],
        ),
    }


def get_chunks():
    """What comes in chunks."""
    chunked = [("Content-Type", JSON), ("Transfer-Encoding", "chunked")]
    extension = b"1;" + b"a" * 1000 + b"\r\n1\r\n"
    bodies = {
        "of a byte": fill(b"1\r\n1\r\n", 6 * BODY),
        "of a byte, 20 MB": fill(b"1\r\n1\r\n", 6 * LONG // 6),
        "with extensions": fill(extension, len(extension) * 20_000),
        "of 1 MB": fill(b"100000\r\n" + b" " * KIB * KIB + b"\r\n", LONG),
        "of a length of zeros": fill(b"0" * 900 + b"1\r\n1\r\n", 905 * 10_000),
    }
    return {
        f"chunks: {name}": make_request("POST", TOKEN, chunked, body + b"0\r\n\r\n")
        for name, body in bodies.items()
    }


def get_lines():
    """What a path and a query string may say."""
    queries = {
        "fields": number_all(b"%d&", LINE),
        "empty fields": fill(b"&", LINE),
        "semicolons": fill(b";", LINE),
        "escapes": b"a=" + fill(b"%41", LINE),
        "name of <": fill(b"<", LINE // 2) + b"=&" + fill(b"<", LINE // 2),
        "quotes": b"password=" + fill(b"'\\", LINE),
        "passwords": fill(b"password='", LINE),
    }
    paths = {
        "letters": b"a" * LINE,
        "slashes": b"/" * LINE,
        "words": fill(b"a/", LINE),
        "escapes": fill(b"%41", LINE),
        "digits": fill(b"1/", LINE),
        "bytes": fill(b"%ff", LINE),
        "dots": fill(b"../", LINE),
    }
    cases = {}
    for place in (TOKEN, PARTNERS, "/api-docs"):
        for name, query in queries.items():
            for kind, size in ("long ", LINE), ("", SHORT_QUERY):
                target = place.encode() + b"?" + query[:size]
                cases[f"{kind}query of {place}: {name}"] = make_request("GET", target)
    for place in ("/api/", "/api/partners/", "/api-docs/", "/rest/sky/"):
        for name, path in paths.items():
            for kind, size in ("long ", LINE), ("", SHORT_PATH):
                target = place.encode() + path[:size]
                cases[f"{kind}path below {place}: {name}"] = make_request("GET", target)
    return cases


def get_headers():
    """What headers may say."""
    values = {
        "Accept-Language": [fill(b"a,", LINE), fill(b"fr;q=0.1,", LINE), b" " * LINE],
        "Accept": [fill(b"a/b;q=1,", LINE)],
        "Authorization": [
            b"Basic " + fill(b"YTph", LINE),
            b"Basic " + fill(b"!", LINE),
            b"Digest " + fill(b'a="b",', LINE),
            b"Bearer " + b"a" * LINE,
            b"Bearer" + b" " * LINE + b"a b",
        ],
        "Cookie": [fill(b"a=b;", LINE), number_all(b"a%d=;", LINE), fill(b'"', LINE)],
        "Content-Type": [
            b"multipart/form-data;" + fill(b"a*0=b;", LINE),
            b"multipart/form-data;" + fill(b' a="\\', LINE),
            b"multipart/form-data; boundary=" + b"-" * LINE,
            b"application/json;" + b" " * LINE + b"a",
        ],
        "If-Match": [fill(b'"a",', LINE), fill(b"a", LINE), b'"' * LINE],
        "Range": [b"bytes=" + fill(b"1-2,", LINE)],
        "X-Company-Id": [fill(b"1", LINE)],
        "X-Odoo-Database": [fill(b"a", LINE)],
        "Host": [fill(b"a.", LINE), b"[" + fill(b":", LINE)],
        "X-Forwarded-For": [fill(b"1,", LINE)],
        "User-Agent": [fill(b"Mozilla/5.0 (", LINE)],
        "If-Modified-Since": [fill(b"Mon, ", LINE)],
        "access-token": [b"access_token_" + b"0" * LINE],
    }
    cases = {}
    for name, all_values in values.items():
        for number, value in enumerate(all_values):
            same = f", {number + 1}" if number else ""
            body = b"a=b" if name == "Content-Type" else b""
            short = SHORT_TYPE if name == "Content-Type" else SHORT_LINE
            for kind, size in ("long ", LINE), ("", short):
                headers = [(name, value[:size])]
                cases[f"{kind}header {name}{same}"] = make_request(
                    "POST", TOKEN, headers, body
                )
    cases["90 long headers"] = make_request(
        "GET", PARTNERS, [(f"X-{number}", b"a" * LINE) for number in range(90)]
    )
    cases["a long header 90 times"] = make_request(
        "GET", PARTNERS, [("X", b"a" * LINE)] * 90
    )
    cases["90 long cookies"] = make_request(
        "GET", PARTNERS, [("Cookie", fill(b"a=b;", LINE))] * 90
    )
    cases["much of everything"] = make_request(
        "POST",
        TOKEN.encode() + b"?a=" + fill(b"%41", SHORT_QUERY),
        [
            (
                "Content-Type",
                b"multipart/form-data; boundary=x;" + fill(b"a*0=b;", SHORT_TYPE - 38),
            ),
            *(
                (name, values[name][number][:SHORT_LINE])
                for name, number in [
                    ("Cookie", 0),
                    ("Accept-Language", 0),
                    ("Authorization", 2),
                ]
            ),
        ],
        get_multiparts(BODY - KIB)["options of all parts"],
    )
    cases["a line that is too long"] = make_request(
        "GET", PARTNERS, [("X", b"a" * KIB * KIB)]
    )
    return cases
