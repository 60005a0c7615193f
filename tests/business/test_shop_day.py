"""The day of a shop, from a quotation to a credit note, over HTTP."""

import base64
import io
import struct

import pytest
from blackbox.clients import Backend

from .names import Names
from .shop import Api, issue, make_png, open_shop, stock

# Answers that are asked for in some series, or in all.
PAY = "action_create_payments"
CANCEL = {"dialog": {"choice": "action_cancel"}}


@pytest.fixture(scope="module")
def admin(server):
    admin = Backend(server, server.login, server.password)
    admin("ir.config_parameter", "set_param", "odoo_rest_token.max_active", "100000")
    return admin


@pytest.fixture(scope="module", autouse=True)
def shop(admin):
    resources = open_shop(admin)
    yield
    admin("rest.resource", "unlink", resources)


@pytest.fixture(scope="module")
def api(server, shop):
    return Api(server.url, issue(server))


@pytest.fixture(scope="module")
def names(admin):
    return Names(admin)


@pytest.fixture
def product(api, admin):
    """A storable product, of which there are ten."""
    product = api.post("products", {"name": "Lamp", "list_price": 50.0})
    stock(admin, product["id"])
    return product


@pytest.fixture
def customer(api, admin, pricelist):
    customer = api.post("contacts", {"name": "Ada", "email": "ada@example.com"})
    values = {"property_product_pricelist": pricelist}
    admin("res.partner", "write", [customer["id"]], values)
    return customer


@pytest.fixture
def order(api, product, customer):
    lines = [
        {"product_id": product["id"], "product_uom_qty": 5},
        {"product_id": product["id"], "product_uom_qty": 1, "price_unit": 20.0},
    ]
    return api.post("orders", {"partner_id": customer["id"], "order_line": lines})


@pytest.fixture
def delivery(api, order):
    confirmed = api.post(f"orders/{order['id']}/confirm")
    return f"transfers/{confirmed['picking_ids'][0]}"


@pytest.fixture
def invoice(api, admin, delivery, order):
    """A draft of all that was ordered."""
    api.post(f"{delivery}/reserve")
    api.post(f"{delivery}/validate", {"dialog": {"choice": "process"}})
    path = f"orders/{order['id']}"
    answered = api.post(
        f"{path}/invoice",
        {"dialog": {"values": {"advance_payment_method": "delivered"}}},
    )
    return f"invoices/{answered['invoice_ids'][0]}"


# ------------------------------------------------------------
# Orders
# ------------------------------------------------------------


def test_quotation_has_lines(order, product):
    first, second = order["order_line"]
    assert first["product_id"]["id"] == product["id"]
    assert (first["product_uom_qty"], first["price_unit"]) == (5.0, 50.0)
    assert second["price_unit"] == 20.0
    assert order["amount_untaxed"]["amount"] == 270.0
    assert order["state"] == "draft"


def test_line_is_changed_by_its_id(api, order):
    first, second = order["order_line"]
    lines = [{"id": first["id"], "product_uom_qty": 2}, {"id": second["id"]}]
    changed = api.patch(f"orders/{order['id']}", {"order_line": lines})
    assert changed["amount_untaxed"]["amount"] == 120.0
    assert [line["id"] for line in changed["order_line"]] == [first["id"], second["id"]]


def test_order_is_confirmed_and_cancelled(api, order):
    path = f"orders/{order['id']}"
    confirmed = api.post(f"{path}/confirm")
    assert confirmed["state"] == "sale"
    assert len(confirmed["picking_ids"]) == 1
    assert api.post(f"{path}/cancel", CANCEL)["state"] == "cancel"
    assert api.post(f"{path}/reset")["state"] == "draft"


def test_many_are_confirmed_or_none(api, product, customer, admin):
    def make():
        lines = [{"product_id": product["id"]}]
        body = {"partner_id": customer["id"], "order_line": lines}
        return api.post("orders", body)["id"]

    ids = [make(), make()]
    done = api.post("orders/confirm", {"ids": ids})
    assert [each["state"] for each in done["data"]] == ["sale", "sale"]
    draft = make()
    api.post(f"orders/{ids[0]}/cancel", CANCEL)
    response = api.call("POST", "orders/confirm", json={"ids": [draft, ids[0]]})
    assert response.status_code == 422, response.text
    assert api.get(f"orders/{draft}")["state"] == "draft"


def test_order_with_a_draft_of_an_invoice_is_cancelled_with_it(
    api, order, invoice, names
):
    path = f"orders/{order['id']}"
    if names.asks_whether_to_cancel:
        dialog = api.ask(f"{path}/cancel")
        assert dialog["model"] == "sale.order.cancel"
        assert "action_cancel" in [each["choice"] for each in dialog["choices"]]
        assert dialog["title"].startswith("Cancel ")
        assert "Draft invoices for this order will be cancelled." in dialog["text"]
        assert api.get(path)["state"] == "sale"
    answered = api.post(f"{path}/cancel", CANCEL)
    assert answered["state"] == "cancel"
    assert api.get(invoice)["state"] == "cancel"


def test_quotation_is_sent(api, order, admin):
    path = f"orders/{order['id']}/send"
    dialog = api.ask(path)
    assert dialog["model"] == "mail.compose.message"
    assert "Quotation" in dialog["values"]["subject"]
    assert order["name"] in dialog["values"]["subject"]
    choices = [each["choice"] for each in dialog["choices"]]
    assert "action_send_mail" in choices
    answer = {"choice": "action_send_mail", "values": {"subject": "Our offer"}}
    assert api.post(path, {"dialog": answer})["state"] == "sent"
    domain = [("model", "=", "sale.order"), ("res_id", "=", order["id"])]
    subjects = admin("mail.message", "search_read", domain, ["subject"])
    assert "Our offer" in [each["subject"] for each in subjects]


# ------------------------------------------------------------
# Deliveries
# ------------------------------------------------------------


def test_delivery_of_all_that_was_reserved(api, delivery, order, names):
    api.post(f"{delivery}/reserve")
    answer = {}
    if names.asks_whether_all_was_done:
        dialog = api.ask(f"{delivery}/validate")
        assert dialog["model"] == "stock.immediate.transfer"
        assert {"choice": "process", "title": "Apply"} in dialog["choices"]
        assert api.get(delivery)["state"] == "assigned"  # nothing was done
        answer = {"dialog": {"model": dialog["model"], "choice": "process"}}
    assert api.post(f"{delivery}/validate", answer)["state"] == "done"
    order = api.get(f"orders/{order['id']}")
    assert sum(line["qty_delivered"] for line in order["order_line"]) == 6.0


@pytest.fixture
def deliver(api, names):
    """Says of a transfer what was done of each of its moves."""

    def deliver(path, *quantities):
        moves = api.post(f"{path}/reserve")[names.moves]
        done = [
            {"id": move["id"], names.done: quantity}
            for move, quantity in zip(moves, quantities)
        ]
        api.patch(path, {names.moves: done})

    return deliver


@pytest.mark.parametrize(
    ("choice", "backorders"), [("process", 1), ("process_cancel_backorder", 0)]
)
def test_rest_is_delivered_later_or_never(api, delivery, deliver, choice, backorders):
    deliver(delivery, 2, 1)
    dialog = api.ask(f"{delivery}/validate")
    assert dialog["model"] == "stock.backorder.confirmation"
    assert dialog["text"]
    assert choice in [each["choice"] for each in dialog["choices"]]
    transfer = api.post(f"{delivery}/validate", {"dialog": {"choice": choice}})
    assert transfer["state"] == "done"
    assert len(transfer["backorder_ids"]) == backorders


def test_dialogs_that_follow_one_another(api, order, product, deliver, names):
    """A draft and a part of a transfer at once ask both, where Odoo asks of drafts."""
    lines = [{"product_id": product["id"], "product_uom_qty": 2}]
    body = {"partner_id": order["partner_id"]["id"], "order_line": lines}
    ids = []
    for each in (order, api.post("orders", body)):
        confirmed = api.post(f"orders/{each['id']}/confirm")
        ids += confirmed["picking_ids"]
    paths = [f"transfers/{each}" for each in ids]
    api.post(f"{paths[0]}/reserve")
    deliver(paths[1], 1)
    answers = []
    if names.asks_whether_all_was_done:
        first = api.ask("transfers/validate", {"ids": ids})
        assert first["model"] == "stock.immediate.transfer"
        answers = [{"model": first["model"], "choice": "process"}]
    last = api.ask("transfers/validate", {"ids": ids, "dialog": answers})
    assert last["model"] == "stock.backorder.confirmation"
    assert [api.get(path)["state"] for path in paths] == ["assigned", "assigned"]
    answers.append({"model": last["model"], "choice": "process"})
    done = api.post("transfers/validate", {"ids": ids, "dialog": answers})
    assert [each["state"] for each in done["data"]] == ["done", "done"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"choice": "unlink"}, "choice"),
        ({"choice": "_compute_display_name"}, "choice"),
        ({"choice": "process", "values": {"nothing": 1}}, "values"),
        ({"choice": "process", "other": 1}, "dialog"),
        ("process", "dialog"),
    ],
)
def test_answer_has_to_be_one(api, delivery, deliver, answer, reason):
    deliver(delivery, 2, 1)
    response = api.call("POST", f"{delivery}/validate", json={"dialog": answer})
    assert response.status_code == 400, response.text
    assert reason in response.json()["description"]
    assert api.get(delivery)["state"] == "assigned"


# ------------------------------------------------------------
# Invoices
# ------------------------------------------------------------


def test_invoice_is_posted_paid_and_reversed(api, invoice, names):
    posted = api.post(f"{invoice}/post")
    assert posted["state"] == "posted"
    total = posted["amount_total"]["amount"]
    dialog = api.ask(f"{invoice}/pay")
    assert dialog["model"] == "account.payment.register"
    assert dialog["values"]["amount"]["amount"] == total
    assert PAY in [each["choice"] for each in dialog["choices"]]
    answer = {"choice": PAY, "values": {"amount": 20.0}}
    part = api.post(f"{invoice}/pay", {"dialog": answer})
    assert part["amount_residual"]["amount"] == pytest.approx(total - 20)
    assert part["payment_state"] == "partial"
    paid = api.post(f"{invoice}/pay", {"dialog": {"choice": PAY}})
    assert paid["amount_residual"]["amount"] == 0
    assert paid["payment_state"] in ("paid", "in_payment")
    reversed_ = api.post(f"{invoice}/reverse", {"dialog": names.refund})
    (note,) = reversed_[names.reversals]
    note = api.get(f"invoices/{note}")
    assert (note["move_type"], note["state"]) == ("out_refund", "draft")
    assert "Broken" in note["ref"]


def test_credit_note_settles_what_it_reverses(api, invoice, names):
    total = api.post(f"{invoice}/post")["amount_total"]["amount"]
    dialog = api.ask(f"{invoice}/reverse")
    assert dialog["model"] == "account.move.reversal"
    assert "reason" in dialog["fields"]["properties"]
    answered = api.post(f"{invoice}/reverse", {"dialog": names.settle})
    assert answered["payment_state"] == "reversed"
    assert answered["amount_residual"]["amount"] == 0
    (note,) = answered[names.reversals]
    note = api.get(f"invoices/{note}")
    assert (note["state"], note["amount_total"]["amount"]) == ("posted", total)


def test_invoice_is_cancelled(api, invoice):
    assert api.post(f"{invoice}/cancel")["state"] == "cancel"
    assert api.post(f"{invoice}/reset")["state"] == "draft"


def test_invoice_is_sent_to_the_customer(api, invoice, admin, names):
    # From 17.0 Odoo asks for one before the first invoice.
    layout = {"external_report_layout_id": admin.ref("web.external_layout_standard")}
    admin("res.company", "write", [1], layout)
    api.post(f"{invoice}/post")
    dialog = api.ask(f"{invoice}/send")
    model, answer = names.send
    assert dialog["model"] == model
    api.post(f"{invoice}/send", {"dialog": answer})
    _path, _slash, number = invoice.partition("/")
    domain = [("model", "=", "account.move"), ("res_id", "=", int(number))]
    names = ["subject", "partner_ids", "attachment_ids"]
    messages = admin("mail.message", "search_read", domain, names)
    (message,) = [each for each in messages if each["subject"] == "Your invoice"]
    assert message["partner_ids"] == [api.get(invoice)["partner_id"]["id"]]
    assert message["attachment_ids"]


def test_invoice_is_reset(api, invoice):
    api.post(f"{invoice}/post")
    assert api.post(f"{invoice}/reset")["state"] == "draft"
    response = api.call("POST", f"{invoice}/pay", json={})
    assert response.status_code == 422, response.text


def test_invoice_is_printed(api, invoice):
    posted = api.post(f"{invoice}/post")
    response = api.call("GET", f"{invoice}/pdf")
    if response.status_code == 503:
        pytest.skip(response.json()["description"])
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "inline" in response.headers["Content-Disposition"]
    response = api.call("GET", f"{invoice}/pdf", headers={"Accept": "text/html"})
    assert posted["name"] in response.text


# ------------------------------------------------------------
# Purchases
# ------------------------------------------------------------


@pytest.fixture
def purchase(api, product, customer):
    lines = [{"product_id": product["id"], "product_qty": 3, "price_unit": 20.0}]
    body = {"partner_id": customer["id"], "order_line": lines}
    return api.post("purchases", body)


def test_purchase_is_received_and_billed(api, purchase):
    path = f"purchases/{purchase['id']}"
    confirmed = api.post(f"{path}/confirm")
    assert confirmed["state"] == "purchase"
    (receipt,) = confirmed["picking_ids"]
    answer = {"dialog": {"choice": "process"}}
    assert api.post(f"transfers/{receipt}/validate", answer)["state"] == "done"
    (line,) = api.get(path)["order_line"]
    assert line["qty_received"] == 3.0
    (bill,) = api.post(f"{path}/bill")["invoice_ids"]
    assert api.patch(f"bills/{bill}", {"invoice_date": "2030-01-31"})
    posted = api.post(f"bills/{bill}/post")
    assert (posted["state"], posted["move_type"]) == ("posted", "in_invoice")
    assert api.call("GET", f"invoices/{bill}").status_code == 404


def test_purchase_is_sent(api, purchase):
    path = f"purchases/{purchase['id']}/send"
    assert api.ask(path)["model"] == "mail.compose.message"
    answer = {"choice": "action_send_mail"}
    assert api.post(path, {"dialog": answer})["state"] == "sent"


def test_purchase_is_cancelled(api, purchase):
    path = f"purchases/{purchase['id']}"
    assert api.post(f"{path}/cancel")["state"] == "cancel"


# ------------------------------------------------------------
# Products, messages, and what a token is limited to
# ------------------------------------------------------------


def test_product_has_a_photo(api, product):
    image = make_png(300, 100)
    path = f"products/{product['id']}/image_1920"
    files = {"file": ("lamp.png", io.BytesIO(image), "image/png")}
    response = api.call("PUT", path, files=files)
    assert response.status_code == 204, response.text
    response = api.call("GET", path)
    assert response.headers["Content-Type"] == "image/png"
    assert response.content == image
    small = api.call("GET", path, params={"size": 100})
    width, height = struct.unpack(">II", small.content[16:24])
    assert (width, height) == (100, 33)
    encoded = api.get(f"products/{product['id']}", params={"fields": "image_1920"})
    assert base64.b64decode(encoded["image_1920"]) == image


def test_message_has_a_file(api, order, admin):
    path = f"orders/{order['id']}"
    files = {"file": ("terms.txt", b"Pay soon", "text/plain")}
    response = api.call("POST", f"{path}/attachments", files=files)
    assert response.status_code == 201, response.text
    attachment = response.json()
    body = {"body": "<p>Our <b>terms</b></p>", "attachment_ids": [attachment["id"]]}
    api.post(f"{path}/message", body)
    domain = [("model", "=", "sale.order"), ("res_id", "=", order["id"])]
    names = ["body", "attachment_ids", "message_type"]
    message = admin("mail.message", "search_read", domain, names)[0]
    assert "<b>terms</b>" in message["body"]
    assert message["attachment_ids"] == [attachment["id"]]
    assert message["message_type"] == "comment"
    response = api.call("GET", f"{path}/attachments/{attachment['id']}")
    assert response.content == b"Pay soon"


def test_activity_is_scheduled(api, order, admin):
    body = {"summary": "Call", "date_deadline": "2030-01-31"}
    api.post(f"orders/{order['id']}/activity", body)
    domain = [("res_model", "=", "sale.order"), ("res_id", "=", order["id"])]
    (activity,) = admin("mail.activity", "search_read", domain, ["summary"])
    assert activity["summary"] == "Call"


def test_opportunity_is_won_or_lost(api):
    won = api.post("opportunities", {"name": "Office"})
    won = api.post(f"opportunities/{won['id']}/won")
    assert won["probability"] == 100.0
    lost = api.post("opportunities", {"name": "Office"})
    path = f"opportunities/{lost['id']}/lost"
    dialog = api.ask(path)
    assert dialog["model"] == "crm.lead.lost"
    assert api.post(path, {"dialog": {}})["active"] is False
    assert api.post(f"opportunities/{lost['id']}/restore")["active"] is True


def test_token_of_the_shop_does_nothing_else(server, api, order, invoice, product):
    scope = "orders:confirm invoices:read products:write"
    limited = Api(server.url, issue(server, scope=scope))
    other = {"partner_id": order["partner_id"]["id"]}
    assert limited.call("GET", f"{invoice}").status_code == 200
    assert limited.call("GET", f"{invoice}/pdf").status_code in (200, 503)
    path = f"products/{product['id']}/image_1920"
    assert limited.call("PUT", path, data=make_png(8, 8)).status_code == 204
    new = api.post("orders", {"partner_id": order["partner_id"]["id"]})
    assert limited.post(f"orders/{new['id']}/confirm")["state"] == "sale"
    number = order["id"]
    before = api.get(f"orders/{number}")
    (delivery,) = before["picking_ids"]
    for verb, path in [
        ("GET", "orders"),
        ("GET", f"orders/{number}"),
        ("POST", "orders"),
        ("POST", "orders/batch"),
        ("PATCH", f"orders/{number}"),
        ("POST", f"orders/{number}/cancel"),
        ("POST", "orders/cancel"),
        ("POST", f"orders/{number}/invoice"),
        ("POST", f"orders/{number}/message"),
        ("GET", f"orders/{number}/pdf"),
        ("GET", f"orders/{number}/attachments"),
        ("POST", f"orders/{number}/attachments"),
        ("POST", "invoices"),
        ("PATCH", invoice),
        ("POST", f"{invoice}/post"),
        ("POST", f"{invoice}/pay"),
        ("POST", f"{invoice}/attachments"),
        ("GET", "products"),
        ("GET", f"products/{product['id']}/image_1920"),
        ("GET", "contacts"),
        ("GET", "transfers"),
        ("POST", f"transfers/{delivery}/validate"),
        ("POST", "opportunities"),
        ("GET", "auth/tokens"),
    ]:
        response = limited.call(verb, path, json={} if verb == "GET" else other)
        assert response.status_code == 403, (verb, path, response.text)
    assert api.get(f"orders/{number}") == before
    assert api.get(invoice)["state"] == "draft"
