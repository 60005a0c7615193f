"""API4:2023 Unrestricted resource consumption."""

import json
import time
from contextlib import contextmanager

import pytest

from .attackers import assert_refused

ENOUGH = 15  # seconds, on a machine that has other things to do


@contextmanager
def within(seconds=ENOUGH):
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds


@pytest.mark.parametrize("limit", ["501", "1000000", "0", "-1", "1e9", "all"])
def test_a_page_of_everything(mallory, orders, limit):
    assert_refused(mallory.get(orders, params={"limit": limit}), 400)


@pytest.mark.parametrize("offset", ["-1", "99999999999", "1e18", "x"])
def test_an_offset_beyond_all(mallory, orders, offset):
    assert_refused(mallory.get(orders, params={"offset": offset}), 400)


def test_a_batch_of_more_than_there_may_be(recruit, admin):
    manager = recruit("base.group_user", "base.group_partner_manager")
    domain = [("name", "=", "Batch of OWASP")]
    with within():
        items = [{"name": "Batch of OWASP"}] * 501
        assert_refused(manager.post("/api/partners", items), 400)
    assert admin("res.partner", "search_count", domain) == 0


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_that_is_very_deep(mallory, orders, opening):
    closing = "]" if opening == "[" else "}"
    text = opening * 20_000 + "1" + closing * 20_000
    headers = {"Content-Type": "application/json"}
    with within():
        assert_refused(mallory.call("POST", orders, data=text, headers=headers), 400)


def test_a_domain_that_is_very_deep(mallory, orders):
    domain = ["!"] * 300 + [["id", "=", 1]]
    with within():
        response = mallory.get(orders, params={"domain": json.dumps(domain)})
    assert response.status_code < 500


def test_a_number_of_very_many_digits(mallory, orders):
    for text in (f'{{"client_order_ref": {"9" * 100_000}}}', f"[{'1' * 5000}]"):
        headers = {"Content-Type": "application/json"}
        with within():
            response = mallory.call("POST", orders, data=text, headers=headers)
            assert_refused(response, 400)


def test_a_body_without_end(client, mallory, orders):
    with within():
        response = client.post("/api/auth/token", data=b"x" * 100_000)
        assert_refused(response, 413)
        body = b"[" + b"1," * 11 * 2**20 + b"1]"
        assert_refused(mallory.call("POST", orders, data=body), 413)


def test_a_query_without_end(mallory, orders):
    assert_refused(mallory.get(orders, params={"fields": "id," * 20_000}), 414)
    assert_refused(mallory.get(f"{orders}?{'a=1&' * 1500}"), 400)


def test_a_header_without_end(mallory, orders):
    assert_refused(mallory.get(orders, headers={"If-None-Match": "x" * 9000}), 431)


def test_a_pattern_that_takes_forever(mallory, orders):
    pattern = "%a" * 500 + "%"
    with within():
        response = mallory.get(orders, params={"client_order_ref__like": pattern})
    assert response.status_code in (200, 400)


def test_a_circle_of_parents(recruit, admin):
    manager = recruit("base.group_user", "base.group_partner_manager")
    first = manager.post("/api/partners", {"name": "First of OWASP"}).json()["id"]
    body = {"name": "Second of OWASP", "parent_id": first}
    second = manager.post("/api/partners", body).json()["id"]
    with within():
        assert_refused(manager.patch(f"/api/partners/{first}", {"parent_id": second}))
        params = {"parent_id__child_of": str(first)}
        assert manager.get("/api/partners", params=params).status_code < 500


def test_a_batch_of_links_without_end(mallory, orders, own_order):
    numbers = ",".join(map(str, range(1, 3000)))
    with within():
        response = mallory.get(orders, params={"id__in": numbers})
    assert response.status_code in (200, 400)


def test_tokens_without_end(recruit, admin):
    name = "odoo_rest_token.max_active"
    before = admin("ir.config_parameter", "get_param", name)
    admin("ir.config_parameter", "set_param", name, "3")
    try:
        hoarder = recruit("base.group_user")
        for _number in range(5):
            hoarder.issue()
        domain = [("user_id", "=", hoarder.id), ("state", "=", "active")]
        assert admin("rest.token", "search_count", domain) == 3
    finally:
        admin("ir.config_parameter", "set_param", name, before)


def test_calls_without_end(recruit, admin):
    looping = recruit("base.group_user")
    admin("res.users", "write", [looping.id], {"rest_calls_per_minute": 5})
    answers = [looping.get("/api/auth/me") for _number in range(8)]
    assert [each.status_code for each in answers] == 5 * [200] + 3 * [429]
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_the_server_goes_on(mallory):
    with within(5):
        assert mallory.get("/api/auth/me").status_code == 200
