from ..translating import _lt
from .declaration import CHATTER, Preset, PresetAction

PRESETS = (
    Preset(
        "transfers",
        "stock.picking",
        _lt("Deliveries, receipts and internal transfers, with what was done of them"),
        {
            "name": "read",
            "state": "read",
            "picking_type_id": "read",
            "partner_id": "write",
            "origin": "write",
            "scheduled_date": "write",
            "date_done": "read",
            "location_id": "read",
            "location_dest_id": "read",
            "move_lines|move_ids": [
                "product_id:read",
                "product_uom_qty:read",
                "quantity_done|quantity",
                "state:read",
            ],
            "backorder_id": "read",
            "backorder_ids": "read",
            "write_date": "read",
        },
        operations=("update",),
        actions=(
            PresetAction(
                "reserve",
                _lt("Check availability, and reserve"),
                method="action_assign",
                at_once=True,
            ),
            PresetAction(
                "validate",
                _lt("Validate, with the quantities that were done"),
                method="button_validate",
                at_once=True,
            ),
            PresetAction("cancel", _lt("Cancel"), method="action_cancel", at_once=True),
            *CHATTER,
        ),
        reports={"pdf": "stock.action_report_delivery"},
        attachments=True,
    ),
)
