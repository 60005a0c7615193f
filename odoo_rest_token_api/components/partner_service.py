from ..restapi import Component


class PartnerService(Component):
    """Partners: companies, their contacts and other people."""

    _name = "partner.rest.service"
    _inherit = "rest.record.service"
    _usage = "partners"
    _description = __doc__
    _model = "res.partner"
    _keys = ("ref",)
    _fields = {
        "name": "required",
        "is_company": "write",
        "parent_id": "write",
        "child_ids": "read",
        "email": "write",
        "phone": "write",
        "website": "write",
        "street": "write",
        "street2": "write",
        "zip": "write",
        "city": "write",
        "state_id": "write",
        "country_id": "write",
        "vat": "write",
        "ref": "write",
        "lang": "write",
        "category_id": "write",
        "company_id": "write",
        "comment": "write",
        "active": "write",
        "image_1920": "write",
        "create_date": "read",
        "write_date": "read",
    }
