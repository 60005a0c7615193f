from odoo.addons.odoo_rest_token_api.restapi import Component


class InvoiceService(Component):
    """Invoices with their lines."""

    _name = "rest.business.invoice.service"
    _inherit = "rest.record.service"
    _usage = "test-invoices"
    _description = __doc__
    _model = "account.move"
    _fields = {
        "name": "read",
        "move_type": "required",
        "partner_id": "required",
        "invoice_date": "write",
        "ref": "write",
        "state": "read",
        "invoice_line_ids": {
            "product_id": "write",
            "name": "write",
            "quantity": "write",
            "price_unit": "write",
            "tax_ids": "write",
            "price_subtotal": "read",
        },
        "amount_total": "read",
    }
