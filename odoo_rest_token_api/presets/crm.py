from ..translating import _lt
from .declaration import CHANGE, CHATTER, Preset, PresetAction

PRESETS = (
    Preset(
        "opportunities",
        "crm.lead",
        _lt("Leads and opportunities"),
        {
            "name": "required",
            "type": "write",
            "partner_id": "write",
            "contact_name": "write",
            "email_from": "write",
            "phone": "write",
            "description": "write",
            "expected_revenue": "write",
            "probability": "write",
            "stage_id": "write",
            "user_id": "write",
            "team_id": "write",
            "lost_reason|lost_reason_id": "read",
            "active": "read",
            "write_date": "read",
        },
        operations=CHANGE,
        actions=(
            PresetAction("won", _lt("Mark as won"), method="action_set_won_rainbowman"),
            PresetAction(
                "lost", _lt("Mark as lost"), dialog="crm.crm_lead_lost_action"
            ),
            PresetAction(
                "restore", _lt("Restore"), method="toggle_active", at_once=True
            ),
            *CHATTER,
        ),
        attachments=True,
    ),
)
