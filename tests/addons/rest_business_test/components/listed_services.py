"""Documents of which Odoo says who may write their fields."""

from odoo.addons.odoo_rest_token_api.restapi import Component


class ListedOrderService(Component):
    """Orders of customers."""

    _name = "rest.business.listed.order.service"
    _inherit = "rest.record.service"
    _usage = "test-listed-orders"
    _description = __doc__
    _model = "sale.order"
    _fields = ["name", "partner_id", "date_order", "client_order_ref", "state"]


class ListedInvoiceService(Component):
    """Invoices."""

    _name = "rest.business.listed.invoice.service"
    _inherit = "rest.record.service"
    _usage = "test-listed-invoices"
    _description = __doc__
    _model = "account.move"
    _fields = ["name", "move_type", "partner_id", "invoice_date", "ref", "state"]


class ListedLeaveService(Component):
    """Leaves."""

    _name = "rest.business.listed.leave.service"
    _inherit = "rest.record.service"
    _usage = "test-listed-leaves"
    _description = __doc__
    _model = "hr.leave"
    _fields = ["name", "holiday_status_id", "employee_id", "state"]
