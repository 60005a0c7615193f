from ..translating import _lt
from .declaration import CHANGE, CHATTER, Preset, PresetAction

FIELDS = {
    "name": "read",
    "state": "read",
    "move_type": "required",
    "partner_id": "required",
    "invoice_date": "write",
    "invoice_date_due": "write",
    "ref": "write",
    "invoice_origin": "read",
    "journal_id": "write",
    "currency_id": "write",
    "invoice_line_ids": [
        "product_id",
        "name",
        "quantity",
        "price_unit",
        "discount",
        "tax_ids",
        "price_subtotal:read",
    ],
    "amount_untaxed": "read",
    "amount_tax": "read",
    "amount_total": "read",
    "amount_residual": "read",
    "payment_state": "read",
    "reversed_entry_id": "read",
    "reversal_move_id|reversal_move_ids": "read",
    "write_date": "read",
}
ACTIONS = (
    PresetAction("post", _lt("Post"), method="action_post", at_once=True),
    PresetAction("pay", _lt("Register a payment"), method="action_register_payment"),
    PresetAction("reset", _lt("Reset to draft"), method="button_draft", at_once=True),
    PresetAction("cancel", _lt("Cancel"), method="button_cancel", at_once=True),
    PresetAction("reverse", _lt("Reverse, by a credit note"), method="action_reverse"),
)
SEND = PresetAction(
    "send", _lt("Send by e-mail"), method="action_invoice_sent|action_send_and_print"
)
REPORTS = {"pdf": "account.account_invoices"}

PRESETS = (
    Preset(
        "invoices",
        "account.move",
        _lt("Invoices to customers, and their credit notes"),
        FIELDS,
        operations=CHANGE,
        domain="[('move_type', 'in', ['out_invoice', 'out_refund'])]",
        actions=(*ACTIONS, SEND, *CHATTER),
        reports=REPORTS,
        attachments=True,
    ),
    Preset(
        "bills",
        "account.move",
        _lt("Bills of vendors, and their refunds"),
        FIELDS,
        operations=CHANGE,
        domain="[('move_type', 'in', ['in_invoice', 'in_refund'])]",
        actions=(*ACTIONS, *CHATTER),
        attachments=True,
    ),
)
