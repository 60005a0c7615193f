"""Lines of documents, written through the documents, as Odoo's forms do."""

import pytest
from blackbox.clients import RpcError, assert_error

from .names import Names


@pytest.fixture
def partner(admin):
    return admin("res.partner", "search", [("is_company", "=", True)], limit=1)[0]


@pytest.fixture
def products(admin):
    return admin("product.product", "search", [("sale_ok", "=", True)], limit=2)


@pytest.fixture
def tax(admin):
    return admin("account.tax", "search", [("type_tax_use", "=", "sale")], limit=1)[0]


@pytest.fixture
def invoices(service):
    return service("test-invoices")


@pytest.fixture
def invoice(invoices, partner, products, tax):
    """A draft with two lines."""
    lines = [
        {"product_id": products[0], "name": "A", "quantity": 3, "price_unit": 33.33},
        {"name": "B", "quantity": 1, "price_unit": 0.01},
    ]
    lines[0]["tax_ids"], lines[1]["tax_ids"] = [tax], []
    return invoices.create(
        {
            "move_type": "out_invoice",
            "partner_id": partner,
            "invoice_date": "2026-11-25",
            "invoice_line_ids": lines,
        }
    )


@pytest.mark.parametrize(
    "changes", [{"quantity": 4}, {"tax_ids": []}, {"name": "text"}, {"price_unit": 1}]
)
def test_line_of_a_draft_invoice_is_changed(admin, invoices, invoice, changes):
    first, second = invoice["invoice_line_ids"]
    lines = [{"id": first, **changes}, second]
    answer = invoices.update(invoice["id"], invoice_line_ids=lines)
    assert answer["invoice_line_ids"] == [first, second]
    line = admin("account.move.line", "read", [first], list(changes))[0]
    assert {name: line[name] for name in changes} == changes


def test_lines_of_an_invoice_are_changed_created_and_removed(admin, invoices, invoice):
    first, second = invoice["invoice_line_ids"]
    lines = [{"id": first, "quantity": 1}, {"name": "C", "price_unit": 5}]
    lines[1]["tax_ids"] = []
    answer = invoices.update(invoice["id"], invoice_line_ids=lines)
    assert first in answer["invoice_line_ids"]
    assert second not in answer["invoice_line_ids"]
    assert len(answer["invoice_line_ids"]) == 2
    assert not admin("account.move.line", "search", [("id", "=", second)])


def test_line_of_another_invoice_is_not_taken(invoices, invoice, partner):
    other = invoices.create({"move_type": "out_invoice", "partner_id": partner})
    line = invoice["invoice_line_ids"][0]
    for sent in (line, {"id": line, "quantity": 9}):
        response = invoices.request(
            "PATCH", other["id"], json={"invoice_line_ids": [sent]}
        )
        assert_error(response, 422, "invoice_line_ids", str(line))
    assert invoices.read(invoice["id"]) == invoice


def test_key_of_a_line_that_can_not_be_written_is_named(admin, invoices, invoice):
    first, second = invoice["invoice_line_ids"]
    rows = admin("account.move.line", "read", [first], ["price_subtotal"])
    subtotal = rows[0]["price_subtotal"]
    lines = [{"id": first, "price_subtotal": subtotal + 1}, second]
    response = invoices.request(
        "PATCH", invoice["id"], json={"invoice_line_ids": lines}
    )
    assert_error(response, 400, "price_subtotal can't be written")
    lines[0]["price_subtotal"] = subtotal
    assert invoices.update(invoice["id"], invoice_line_ids=lines) == invoice


@pytest.fixture
def posted(admin, invoices, invoice):
    admin("account.move", "action_post", [invoice["id"]])
    posted = invoices.read(invoice["id"])
    assert posted["state"] == "posted"
    return posted


def test_posted_invoice_is_sent_back(admin, invoices, posted):
    rows = admin(
        "account.move.line", "read", posted["invoice_line_ids"], ["name", "quantity"]
    )
    body = {**posted, "invoice_line_ids": rows}
    response = invoices.request("PUT", posted["id"], json=body)
    assert response.json() == posted


def test_posted_invoice_is_changed_where_rpc_may(admin, invoices, posted):
    first, second = posted["invoice_line_ids"]
    lines = [{"id": first, "quantity": 4}, second]
    body = {"invoice_line_ids": lines}
    response = invoices.request("PATCH", posted["id"], json=body)
    (line,) = admin("account.move.line", "read", [first], ["quantity"])
    try:
        changes = {"invoice_line_ids": [(1, first, {"quantity": 5})]}
        admin("account.move", "write", [posted["id"]], changes)
    except RpcError as error:
        assert error.name == "UserError", error.text
        assert_error(response, 422)
        assert line["quantity"] == 3
    else:  # in 15.0
        assert response.status_code == 200, response.text
        assert line["quantity"] == 4


def test_line_of_an_order_is_changed(admin, service, partner, products):
    orders = service("test-orders")
    lines = [{"product_id": product} for product in products]
    order = orders.create({"partner_id": partner, "order_line": lines})
    first, second = order["order_line"]
    lines = [{"id": first, "product_uom_qty": 5}, second]
    assert orders.update(order["id"], order_line=lines)["order_line"] == [first, second]
    rows = admin("sale.order.line", "read", [first, second], ["product_uom_qty"])
    assert [row["product_uom_qty"] for row in rows] == [5, 1]
    answer = orders.update(order["id"], order_line=[second])
    assert answer["order_line"] == [second]


def test_move_of_a_transfer_is_changed_and_removed(admin, service, products):
    pickings = service("test-pickings")
    types = [("code", "=", "incoming")]
    fields = ["default_location_src_id", "default_location_dest_id", "id"]
    kind = admin("stock.picking.type", "search_read", types, fields, limit=1)[0]
    supplier = admin("stock.location", "search", [("usage", "=", "supplier")])[0]
    places = {
        "location_id": supplier,
        "location_dest_id": kind["default_location_dest_id"][0],
    }
    unit = admin("product.product", "read", products[:1], ["uom_id"])[0]["uom_id"][0]
    names = Names(admin)
    moves = [
        {
            names.move_text: name,
            "product_id": products[0],
            "product_uom": unit,
            "product_uom_qty": 2,
            **places,
        }
        for name in ("A", "B")
    ]
    name = names.moves
    picking = pickings.create({"picking_type_id": kind["id"], name: moves, **places})
    first, second = picking[name]
    changes = {name: [{"id": first, "product_uom_qty": 5}]}
    assert pickings.update(picking["id"], **changes)[name] == [first]
    rows = admin("stock.move", "read", [first], ["product_uom_qty"])
    assert rows[0]["product_uom_qty"] == 5
    assert not admin("stock.move", "search", [("id", "=", second)])
