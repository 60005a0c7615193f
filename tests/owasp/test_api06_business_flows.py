"""API6:2023 Unrestricted access to sensitive business flows."""

from concurrent.futures import ThreadPoolExecutor

from blackbox.clients import Client, WebClient

from .attackers import assert_refused


def test_place_an_order_many_times_by_one_key(server, mallory, admin, orders, customer):
    before = admin("sale.order", "search_count", [("user_id", "=", mallory.id)])
    headers = {"Idempotency-Key": "once of OWASP", "access-token": mallory.token}

    def place(_number):
        with Client(server.url) as client:
            body = {"partner_id": customer}
            return client.post(orders, json=body, headers=headers)

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(place, range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    after = admin("sale.order", "search_count", [("user_id", "=", mallory.id)])
    assert after == before + 1


def test_use_a_key_for_another_order(mallory, orders, customer):
    headers = {"Idempotency-Key": "another of OWASP"}
    body = {"partner_id": customer}
    assert mallory.post(orders, body, headers=headers).status_code == 201
    other = {**body, "client_order_ref": "other"}
    assert_refused(mallory.post(orders, other, headers=headers), 422)


def test_replay_an_order_after_it_was_taken_away(
    mallory, alice, admin, orders, customer
):
    headers = {"Idempotency-Key": "taken away of OWASP"}
    body = {"partner_id": customer}
    order = mallory.post(orders, body, headers=headers).json()["id"]
    admin("sale.order", "write", [order], {"user_id": alice.id})
    assert_refused(mallory.post(orders, body, headers=headers), 404)


def test_replay_an_order_without_the_right_to_place_one(
    recruit, admin, orders, customer
):
    attacker = recruit("base.group_user", "sales_team.group_sale_salesman")
    headers = {"Idempotency-Key": "right of OWASP"}
    body = {"partner_id": customer}
    assert attacker.post(orders, body, headers=headers).status_code == 201
    group = admin.ref("sales_team.group_sale_salesman")
    admin.remove_from_group(attacker.id, group)
    assert_refused(attacker.post(orders, body, headers=headers), 403)


def test_change_what_has_changed_since(mallory, orders, own_order):
    path = f"{orders}/{own_order}"
    etag = mallory.get(path).headers["ETag"]
    headers = {"If-Match": etag}
    first = mallory.patch(path, {"client_order_ref": "first"}, headers=headers)
    assert first.status_code == 200
    second = mallory.patch(path, {"client_order_ref": "second"}, headers=headers)
    assert_refused(second, 412)
    mallory.patch(path, {"client_order_ref": "private"})


def test_all_of_a_batch_or_nothing(mallory, admin, orders, customer):
    before = admin("sale.order", "search_count", [("user_id", "=", mallory.id)])
    batch = [{"partner_id": customer}] * 3 + [{"partner_id": 2**31 - 1}]
    assert_refused(mallory.post(orders, batch), 400)
    after = admin("sale.order", "search_count", [("user_id", "=", mallory.id)])
    assert after == before


def test_end_the_tokens_of_the_dialog_by_asking_for_more(server, recruit, admin):
    owner = recruit("base.group_user")
    kept = WebClient(server, owner.login, owner.password).issue_in_dialog()
    name = "odoo_rest_token.max_active"
    before = admin("ir.config_parameter", "get_param", name)
    admin("ir.config_parameter", "set_param", name, "2")
    try:
        for _number in range(4):
            owner.issue()
        assert owner.client.me(kept).status_code == 200
    finally:
        admin("ir.config_parameter", "set_param", name, before)
