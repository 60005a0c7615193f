"""What holds of each request, whatever is in one part of it."""

import json
from urllib.parse import quote, urlencode

from hypothesis import given
from hypothesis import strategies as st

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)  # surrogates too
TEXT = st.text(st.characters(exclude_characters="\0"), max_size=40)
HEADER = st.binary(max_size=40).filter(lambda value: not set(value) & set(b"\r\n"))
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
ANY_JSON = st.recursive(
    SCALAR,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4)
    ),
    max_leaves=12,
)
ITEM_KEYS = (
    *("name", "code", "title", "note", "body", "quantity", "weight", "ratio", "price"),
    *("currency_id", "active", "urgent", "day", "moment", "state", "color", "photo"),
    *("attachment", "partner_id", "parent_id", "main_tag_id", "tag_ids", "line_ids"),
    *("document", "res_model", "res_id", "company_id", "company_code", "internal_note"),
)
ITEM = st.dictionaries(st.sampled_from(ITEM_KEYS), ANY_JSON, max_size=4)
OPERATORS = ("", "__eq", "__ne", "__lt", "__ilike", "__in", "__empty", "__child_of")
REFUSED = range(400, 500)


def path_of(text):
    return quote(text, safe="", errors="surrogatepass")


def query_of(**params):
    return urlencode(params, errors="surrogatepass")


@given(ANY_JSON)
def test_credentials_are_json_of_any_kind(ask, body):
    assert ask.without_token("POST", "/api/auth/token", body=body).status in REFUSED


@given(st.binary(max_size=200), st.sampled_from(["json", "x-www-form-urlencoded"]))
def test_body_is_of_any_bytes(ask, body, kind):
    headers = [("Content-Type", f"application/{kind}")]
    answer = ask.without_token("POST", "/rest/sky/token", headers, body)
    assert answer.status in REFUSED


@given(st.binary(max_size=200))
def test_multipart_is_of_any_bytes(ask, body):
    headers = [("Content-Type", "multipart/form-data; boundary=x")]
    body = b'--x\r\nContent-Disposition: form-data; name="login"' + body
    answer = ask.without_token("POST", "/api/auth/token", headers, body)
    assert answer.status in REFUSED


@given(HEADER)
def test_token_is_of_any_bytes(ask, value):
    for header in (("access-token", value), ("Authorization", b"Bearer " + value)):
        assert ask.without_token("GET", "/api/auth/me", [header]).status in REFUSED


@given(HEADER, st.sampled_from(["Content-Type", "Cookie", "User-Agent", "Range"]))
def test_header_that_changes_nothing_is_of_any_bytes(ask, value, name):
    assert ask("GET", "/api/auth/me", [(name, value)]).status == 200


@given(HEADER, st.sampled_from(["If-Match", "X-Company-Id", "Accept-Language"]))
def test_header_that_counts_is_of_any_bytes(ask, value, name):
    assert ask("PATCH", "/api/items/1", [(name, value)], {}).status < 500


@given(ANY_TEXT)
def test_path_is_of_any_text(ask, text):
    assert ask("GET", f"/api/auth/x{path_of(text)}").status == 404
    assert ask("GET", f"/api/partners/x{path_of(text)}").status == 404


@given(st.integers())
def test_id_is_any_integer(ask, number):
    assert ask("GET", f"/api/items/{number}").status in (200, 404)


@given(ANY_TEXT, ANY_TEXT)
def test_parameter_is_any_text(ask, name, value):
    assert ask("GET", f"/api/items?{query_of(**{name: value})}").status in REFUSED


@given(st.sampled_from(ITEM_KEYS), st.sampled_from(OPERATORS), ANY_TEXT)
def test_filter_is_by_any_text(ask, name, operator, value):
    query = query_of(**{name + operator: value})
    # Odoo lets administrators alone search by fields that depend on the company.
    refusal = 403 if name == "company_code" else 400
    assert ask("GET", f"/api/items?{query}").status in (200, 400, refusal)


@given(st.sampled_from(["domain", "order", "fields", "cursor", "limit"]), ANY_TEXT)
def test_option_is_any_text(ask, name, value):
    assert ask("GET", f"/api/items?{query_of(**{name: value})}").status in (200, 400)


@given(st.sampled_from(ITEM_KEYS), st.sampled_from(["=", "in", "ilike", "<"]), ANY_JSON)
def test_domain_is_of_any_value(ask, name, operator, value):
    domain = json.dumps([[name, operator, value]])
    assert ask("GET", f"/api/items?{query_of(domain=domain)}").status in (200, 400)


@given(ITEM)
def test_record_is_of_any_values(ask, values):
    answer = ask("POST", "/api/items", body={"name": "Item", **values})
    assert answer.status == 201 or answer.status in REFUSED


@given(TEXT.filter(str.strip), TEXT)
def test_text_is_read_as_it_was_written(ask, name, note):
    answer = ask("POST", "/api/items", body={"name": name, "note": note})
    assert answer.status == 201
    read = ask("GET", f"/api/items/{answer.json()['id']}").json()
    assert (read["name"], read["note"]) == (name, note or None)
