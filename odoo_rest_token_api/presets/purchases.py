from ..translating import _lt
from .declaration import CHANGE, CHATTER, Preset, PresetAction

PRESETS = (
    Preset(
        "purchases",
        "purchase.order",
        _lt("Requests for quotation and purchase orders, with their lines"),
        {
            "name": "read",
            "state": "read",
            "partner_id": "required",
            "partner_ref": "write",
            "date_order": "write",
            "order_line": [
                "product_id:required",
                "name",
                "product_qty",
                "price_unit",
                "date_planned",
                "price_subtotal:read",
                "qty_received:read",
                "qty_invoiced:read",
            ],
            "amount_total": "read",
            "invoice_status": "read",
            "invoice_ids": "read",
            "picking_ids": "read",
            "write_date": "read",
        },
        operations=CHANGE,
        actions=(
            PresetAction(
                "confirm", _lt("Confirm"), method="button_confirm", at_once=True
            ),
            PresetAction("cancel", _lt("Cancel"), method="button_cancel", at_once=True),
            PresetAction("send", _lt("Send by e-mail"), method="action_rfq_send"),
            PresetAction("bill", _lt("Create a bill"), method="action_create_invoice"),
            *CHATTER,
        ),
        reports={"pdf": "purchase.action_report_purchase_order"},
        attachments=True,
    ),
)
