"""Linked records are named as Odoo names them, whatever else is read beside."""


def test_products_of_lines_have_their_codes(admin, expose):
    fields = admin("sale.order.line", "fields_get", [], ["type", "store"])
    names = [
        name
        for name, field in fields.items()
        if field["type"] in ("char", "text", "float")
    ]
    lines = expose("sale.order.line", "product_id", *names)
    [line] = admin("sale.order.line", "search", [("product_id", "!=", False)], limit=1)
    [row] = admin("sale.order.line", "read", [line], ["product_id"])
    page = lines.search(id=line)["data"]
    assert [row["product_id"]] == [list(page[0]["product_id"].values())]
