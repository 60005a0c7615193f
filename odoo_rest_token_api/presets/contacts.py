from ..translating import _lt
from .declaration import CHANGE, CHATTER, Preset, PresetAction

PRESETS = (
    Preset(
        "contacts",
        "res.partner",
        _lt("People and companies, with their addresses"),
        {
            "name": "required",
            "ref": "write",
            "is_company": "write",
            "parent_id": "write",
            "type": "write",
            "street": "write",
            "street2": "write",
            "zip": "write",
            "city": "write",
            "state_id": "write",
            "country_id": "write",
            "email": "write",
            "phone": "write",
            "mobile": "write",
            "website": "write",
            "vat": "write",
            "lang": "write",
            "category_id": "write",
            "comment": "write",
            "active": "read",
            "image_1920": "write",
            "write_date": "read",
        },
        operations=CHANGE,
        actions=(
            PresetAction(
                "archive", _lt("Archive"), method="action_archive", at_once=True
            ),
            PresetAction(
                "unarchive", _lt("Unarchive"), method="action_unarchive", at_once=True
            ),
            *CHATTER,
        ),
        files=True,
        attachments=True,
    ),
)
