"""Documents that are filled in as Odoo's forms do, from what a customer says alone."""

import pytest

PREFER = {"Prefer": "onchange"}


@pytest.fixture
def partner(admin):
    """A customer who pays later."""
    terms = admin("account.payment.term", "search", [], limit=1)
    [partner] = admin("res.partner", "search", [("is_company", "=", True)], limit=1)
    before = admin("res.partner", "read", [partner], ["property_payment_term_id"])
    values = {"property_payment_term_id": terms[0]}
    admin("res.partner", "write", [partner], values)
    yield {"id": partner, "term": terms[0]}
    term = before[0]["property_payment_term_id"]
    values = {"property_payment_term_id": term and term[0]}
    admin("res.partner", "write", [partner], values)


@pytest.fixture
def product(admin):
    domain = [("sale_ok", "=", True), ("taxes_id", "!=", False)]
    [product] = admin("product.product", "search", domain, limit=1)
    fields = ["display_name", "lst_price", "taxes_id", "uom_id"]
    return admin("product.product", "read", [product], fields)[0]


def test_order_has_the_terms_of_its_customer_and_its_lines_those_of_products(
    admin, service, partner, product
):
    lines = [
        {"product_id": product["id"], "product_uom_qty": 3},
        {"product_id": product["id"], "price_unit": 1},
    ]
    body = {"partner_id": partner["id"], "order_line": lines}
    order = service("test-orders").create(body, headers=PREFER)
    [filled] = admin("sale.order", "read", [order["id"]], ["payment_term_id"])
    assert filled["payment_term_id"][0] == partner["term"]
    fields = ["name", "price_unit", "tax_id", "product_uom"]
    first, second = admin("sale.order.line", "read", order["order_line"], fields)
    assert first["price_unit"] == pytest.approx(product["lst_price"])
    assert first["tax_id"] == product["taxes_id"]
    assert first["product_uom"][0] == product["uom_id"][0]
    assert first["name"].startswith(product["display_name"])
    assert second["price_unit"] == 1  # as the client says
    assert second["tax_id"] == product["taxes_id"]


def test_invoice_is_filled_in(admin, service, partner, product):
    body = {
        "move_type": "out_invoice",
        "partner_id": partner["id"],
        "invoice_line_ids": [{"product_id": product["id"], "quantity": 2}],
    }
    invoice = service("test-invoices").create(body, headers=PREFER)
    fields = ["invoice_payment_term_id", "amount_untaxed", "amount_total"]
    [filled] = admin("account.move", "read", [invoice["id"]], fields)
    assert filled["invoice_payment_term_id"][0] == partner["term"]
    assert filled["amount_untaxed"] == pytest.approx(2 * product["lst_price"])
    lines = admin(
        "account.move.line", "read", invoice["invoice_line_ids"], ["tax_ids", "name"]
    )
    assert lines[0]["tax_ids"] == product["taxes_id"]
    assert lines[0]["name"]
