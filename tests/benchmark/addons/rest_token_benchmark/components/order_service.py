from odoo.addons.odoo_rest_token_api.restapi import Component


class OrderService(Component):
    """Orders, with their partner and their lines for who expands them."""

    _name = "benchmark.order.service"
    _inherit = "rest.record.service"
    _usage = "bmk-orders"
    _description = __doc__
    _model = "bmk.order"
    _fields = {
        "name": "required",
        "partner_id": "required",
        "day": "write",
        "state": "write",
        "currency_id": "write",
        "amount": "write",
        "line_ids": {"name": "required", "quantity": "write", "price": "write"},
    }
