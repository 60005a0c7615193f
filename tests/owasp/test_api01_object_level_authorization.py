"""API1:2023 Broken object level authorization."""

import pytest

from .attackers import assert_finds_nothing, assert_refused


def test_read_an_order_by_its_id(mallory, orders, her_order, own_order):
    assert mallory.get(f"{orders}/{own_order}").status_code == 200
    assert_refused(mallory.get(f"{orders}/{her_order}"), 404)


def test_tell_a_hidden_order_from_none(mallory, orders, her_order):
    hidden = mallory.get(f"{orders}/{her_order}")
    missing = mallory.get(f"{orders}/{2**31 - 1}")
    assert (hidden.status_code, hidden.text) == (missing.status_code, missing.text)


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_change_an_order(mallory, admin, orders, her_order, method):
    body = {"client_order_ref": "mine"}
    assert_refused(mallory.call(method, f"{orders}/{her_order}", json=body), 404)
    (row,) = admin("sale.order", "read", [her_order], ["client_order_ref"])
    assert row["client_order_ref"] == "private"


def test_delete_an_order(mallory, admin, orders, her_order):
    assert_refused(mallory.delete(f"{orders}/{her_order}"), 404)
    assert admin("sale.order", "search_count", [("id", "=", her_order)]) == 1


@pytest.mark.parametrize(
    "params",
    [
        {"id": "{id}"},
        {"id__in": "{id},{own}"},
        {"client_order_ref": "private", "id__lte": "{id}", "id__gte": "{id}"},
        {"domain": '[["id", "=", {id}]]', "total": "true"},
        {"domain": '["|", ["id", "=", {id}], ["id", "=", 0]]', "total": "true"},
        {"domain": '["!", ["id", "!=", {id}]]', "total": "true"},
        {"user_id": "{user}", "total": "true"},
        {"total": "true", "domain": '[["order_line", "in", [{line}]]]'},
    ],
    ids=lambda params: next(reversed(params)),
)
def test_find_an_order(mallory, alice, admin, orders, her_order, own_order, params):
    (row,) = admin("sale.order", "read", [her_order], ["order_line"])
    names = {
        "{id}": str(her_order),
        "{own}": str(own_order),
        "{user}": str(alice.id),
        "{line}": str(row["order_line"][0]),
    }
    for old, new in names.items():
        params = {name: text.replace(old, new) for name, text in params.items()}
    response = mallory.get(orders, params=params)
    if "id__in" in params and response.status_code == 200:
        assert [record["id"] for record in response.json()["data"]] == [own_order]
    else:
        assert_finds_nothing(response)


def test_learn_of_orders_by_the_order_of_a_page(mallory, orders, her_order):
    for order in ("id", "id desc", "client_order_ref", "name desc"):
        assert her_order not in mallory.found(orders, order=order, limit="500")


def test_read_lines_of_an_order(mallory, lines, her_order):
    for params in (
        {"order_id": str(her_order)},
        {"order_id__in": str(her_order)},
        {"order_id__child_of": str(her_order)},
        {"domain": f'[["order_id", "=", {her_order}]]'},
    ):
        assert_finds_nothing(mallory.get(lines, params=params))


def test_add_a_line_to_an_order(mallory, admin, lines, her_order, own_order):
    domain = [("order_id", "=", her_order)]
    (line,) = admin("sale.order.line", "search_read", domain, ["product_id"])
    body = {"order_id": her_order, "product_id": line["product_id"][0]}
    assert_refused(mallory.post(lines, body))
    assert_refused(mallory.post(lines, [{**body, "order_id": own_order}, body]))
    assert admin("sale.order.line", "search_count", domain) == 1


def test_move_a_line_to_another_order(mallory, admin, lines, her_order, own_order):
    domain = [("order_id", "=", own_order)]
    (line,) = admin("sale.order.line", "search", domain)
    assert_refused(mallory.patch(f"{lines}/{line}", {"order_id": her_order}))
    assert admin("sale.order.line", "search", domain) == [line]


def test_revoke_a_token_by_its_id(mallory, alice):
    token_id = alice.client.token_id(alice.token)
    assert_refused(mallory.delete(f"/api/auth/tokens/{token_id}"), 404)
    assert alice.get("/api/auth/me").status_code == 200


def test_see_tokens_of_others(mallory, alice):
    prefixes = {t["prefix"] for t in mallory.get("/api/auth/tokens").json()["data"]}
    assert alice.token[13:21] not in prefixes


def test_replay_what_somebody_else_created(mallory, alice, orders, customer):
    headers = {"Idempotency-Key": "a key that one can guess"}
    body = {"partner_id": customer}
    hers = alice.post(orders, body, headers=headers)
    mine = mallory.post(orders, body, headers=headers)
    assert hers.status_code == mine.status_code == 201
    assert hers.json()["id"] != mine.json()["id"]
    assert "Idempotency-Replayed" not in mine.headers


@pytest.mark.parametrize("number", ["0", "-1", "1.0", "1e3", "0x1", "%2031", "1;2"])
def test_name_an_order_in_other_words(mallory, orders, number):
    assert_refused(mallory.get(f"{orders}/{number}"))


def test_another_company(mallory, admin, orders, customer):
    companies = admin("res.company", "search", [])
    (row,) = admin("res.users", "read", [mallory.id], ["company_ids"])
    for number in {*companies, 2**31 - 1, 0} - {*row["company_ids"]}:
        headers = {"X-Company-Id": str(number)}
        assert_refused(mallory.get(orders, headers=headers), 403)
        body = {"partner_id": customer}
        assert_refused(mallory.post(orders, body, headers=headers), 403)
