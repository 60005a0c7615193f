"""Documents that are filled in as Odoo's forms do, from what a customer says alone."""

import pytest

from .names import Names

PREFER = {"Prefer": "onchange"}


@pytest.fixture
def partner(admin, pricelist):
    """A customer who pays later."""
    [term] = admin("account.payment.term", "search", [], limit=1)
    values = {
        "name": "Ada",
        "property_payment_term_id": term,
        "property_product_pricelist": pricelist,
    }
    partner = admin("res.partner", "create", values)
    yield {"id": partner, "term": term}
    admin("res.partner", "write", [partner], {"active": False})


@pytest.fixture
def product(admin):
    domain = [("sale_ok", "=", True), ("taxes_id", "!=", False)]
    [product] = admin("product.product", "search", domain, limit=1)
    fields = ["display_name", "lst_price", "taxes_id", "uom_id"]
    [product] = admin("product.product", "read", [product], fields)
    # It may have taxes of each company.
    domain = [("id", "in", product["taxes_id"]), ("company_id", "=", 1)]
    return {**product, "taxes_id": admin("account.tax", "search", domain)}


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
    names = Names(admin)
    fields = ["name", "price_unit", names.taxes, names.unit]
    first, second = admin("sale.order.line", "read", order["order_line"], fields)
    assert first["price_unit"] == pytest.approx(product["lst_price"])
    assert first[names.taxes] == product["taxes_id"]
    assert first[names.unit][0] == product["uom_id"][0]
    assert first["name"].startswith(product["display_name"])
    assert second["price_unit"] == 1  # as the client says
    assert second[names.taxes] == product["taxes_id"]


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
