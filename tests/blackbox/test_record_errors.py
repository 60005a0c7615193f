"""Whatever a client sends, the answer is JSON that says what is wrong."""

import pytest

from .clients import assert_error
from .records import done

JSON = {"Content-Type": "application/json"}
BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9"}
IDS = ["0", "-1", "abc", "1.5", "999999999", "9" * 30, "%00", "%FF", "1/2", "<b>"]


@pytest.fixture
def ada(partners, origin):
    return partners.create({"name": "Ada", "ref": origin})


@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT", "DELETE"])
@pytest.mark.parametrize("record_id", IDS)
def test_404_for_what_is_no_id(partners, method, record_id):
    json = {"name": "Bob"} if method in ("PATCH", "PUT") else None
    response = partners.request(method, record_id, json=json, headers=BROWSER)
    assert_error(response, 404)


@pytest.mark.parametrize(
    ("method", "on_record", "allowed"),
    [
        ("PUT", False, {"GET", "POST", "PATCH", "DELETE"}),
        ("OPTIONS", False, {"GET", "POST", "PATCH", "DELETE"}),
        ("OPTIONS", True, {"GET", "PATCH", "PUT", "DELETE"}),
        ("POST", True, {"GET", "PATCH", "PUT", "DELETE"}),
    ],
)
def test_405_says_what_is_allowed(partners, ada, method, on_record, allowed):
    record_id = ada["id"] if on_record else None
    response = partners.request(method, record_id, headers=BROWSER)
    assert_error(response, 405)
    named = set(response.headers["Allow"].replace(" ", "").split(","))
    assert named - {"HEAD", "OPTIONS"} == allowed


BODIES = {
    "cut": b'{"name": "Bob',
    "null": b"null",
    "text": b'"Bob"',
    "number": b"1",
    "empty list": b"[]",
    "list of texts": b'["Bob"]',
    "list of lists": b'[[{"name": "Bob"}]]',
    "key twice": b'{"name": "Bob", "name": "Cid"}',
    "no UTF-8": b'{"name": "\xff"}',
    "half a character": b'{"name": "\\ud800"}',
    "NUL": b'{"name": "a\\u0000b"}',
    "NaN": b'{"name": "Bob", "active": NaN}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT"])
@pytest.mark.parametrize("body", BODIES)
def test_body_that_can_not_be_read(partners, committed, ada, method, body):
    record_id = None if method == "POST" else ada["id"]
    headers = {**JSON, **BROWSER}
    response = partners.request(method, record_id, data=BODIES[body], headers=headers)
    assert_error(response, 400)
    assert partners.read(ada["id"]) == ada
    assert committed() == ["Ada"]


def test_key_that_looks_like_markup_is_repeated_as_text(partners, committed):
    response = partners.request("POST", json={"name": "Bob", "a < b > c": "<b>"})
    assert_error(response, 400, "a < b > c: unknown field")
    assert committed() == []


def test_nothing_is_no_partner(partners):
    assert_error(partners.request("POST"), 400, "name")
    assert_error(partners.request("POST", json={}), 400, "name")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 1),
        ("name", ["Ada"]),
        ("name", {"en_US": "Ada"}),
        ("is_company", "yes"),
        ("is_company", 1),
        ("country_id", "Portugal"),
        ("country_id", 1.5),
        ("country_id", -1),
        ("country_id", 2**63),
        ("country_id", [1]),
        ("category_id", 1),
        ("category_id", [[6, 0, [1]]]),
        ("lang", "xx_XX"),
        ("image_1920", "no base64"),
        ("nothing", None),
        ("user_ids", []),
        ("__class__", "x"),
    ],
)
def test_value_of_another_type_is_named(partners, committed, origin, field, value):
    values = {"name": "Bob", "ref": origin, field: value}
    assert_error(partners.request("POST", json=values), 400, field)
    assert committed() == []


@pytest.mark.parametrize(
    "name", ["O'Brien; DROP TABLE res_partner", "<b>é☃\U0001f600", "%s %(x)s \\", "  "]
)
def test_any_text_is_kept_as_it_is(partners, origin, name):
    partner = partners.create({"name": name, "ref": origin})
    assert partners.read(partner["id"])["name"] == name
    assert partners.names(ref=origin, name=name) == [name]


def test_errors_are_json_for_a_browser_too(partners, client):
    for path, token, code in (
        ("/api/partners", None, 401),
        ("/api/partners?limit=x", partners.token, 400),
        ("/api/partners/999999999", partners.token, 404),
        ("/api/partners/1/nothing", partners.token, 404),
        ("/api/nothing", partners.token, 404),
    ):
        assert_error(client.get(path, token, headers=BROWSER), code)
    done(partners.request("GET", params={"limit": 1}, headers=BROWSER))
