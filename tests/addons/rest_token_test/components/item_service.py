from odoo.addons.component.core import Component


class ItemService(Component):
    """Items: fields of all types."""

    _name = "rest.test.item.service"
    _inherit = "rest.record.service"
    _usage = "items"
    _description = __doc__
    _model = "rest.test.item"
    _fields = {
        "name": "required",
        "code": "write",
        "title": "write",
        "note": "write",
        "body": "write",
        "quantity": "write",
        "double_quantity": "read",
        "weight": "write",
        "ratio": "write",
        "price": "write",
        "currency_id": "write",
        "active": "write",
        "urgent": "write",
        "day": "write",
        "moment": "write",
        "state": "write",
        "color": "write",
        "attachment": "write",
        "photo": "write",
        "partner_id": "write",
        "parent_id": "write",
        "main_tag_id": "write",
        "tag_ids": "write",
        "line_ids": {"name": "required", "amount": "write"},
        "document": "write",
        "res_model": "write",
        "res_id": "write",
        "company_id": "write",
        "company_code": "write",
        "internal_note": "write",
        "create_date": "read",
        "write_date": "read",
    }
