from ..translating import _lt
from .declaration import CHANGE, CHATTER, Preset, PresetAction

PRESETS = (
    Preset(
        "orders",
        "sale.order",
        _lt("Quotations and sales orders, with their lines"),
        {
            "name": "read",
            "state": "read",
            "partner_id": "required",
            "client_order_ref": "write",
            "date_order": "write",
            "validity_date": "write",
            "commitment_date": "write",
            "pricelist_id": "write",
            "payment_term_id": "write",
            "user_id": "write",
            "note": "write",
            "order_line": [
                "product_id:required",
                "name",
                "product_uom_qty",
                "price_unit",
                "discount",
                "price_subtotal:read",
                "qty_delivered:read",
                "qty_invoiced:read",
            ],
            "amount_untaxed": "read",
            "amount_tax": "read",
            "amount_total": "read",
            "invoice_status": "read",
            "invoice_ids": "read",
            "picking_ids": "read",
            "write_date": "read",
        },
        operations=CHANGE,
        actions=(
            PresetAction(
                "confirm", _lt("Confirm"), method="action_confirm", at_once=True
            ),
            PresetAction("cancel", _lt("Cancel"), method="action_cancel"),
            PresetAction(
                "reset", _lt("Set to quotation"), method="action_draft", at_once=True
            ),
            PresetAction("send", _lt("Send by e-mail"), method="action_quotation_send"),
            PresetAction(
                "invoice",
                _lt("Create an invoice"),
                dialog="sale.action_view_sale_advance_payment_inv",
            ),
            *CHATTER,
        ),
        reports={"pdf": "sale.action_report_saleorder"},
        attachments=True,
    ),
    Preset(
        "products",
        "product.product",
        _lt("Products, variant by variant"),
        {
            "name": "required",
            "default_code": "write",
            "barcode": "write",
            "type": "write",
            "categ_id": "write",
            "list_price": "write",
            "standard_price": "write",
            "uom_id": "read",
            "description_sale": "write",
            "qty_available": "read",
            "virtual_available": "read",
            "active": "write",
            "image_1920": "write",
            "write_date": "read",
        },
        operations=CHANGE,
        files=True,
        attachments=True,
    ),
)
