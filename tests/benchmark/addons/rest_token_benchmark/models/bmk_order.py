from odoo import fields, models


class BmkOrder(models.Model):
    """What most documents are: a partner, a day, an amount and lines."""

    _name = "bmk.order"
    _description = "Order of the Benchmark"

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", required=True, index=True)
    day = fields.Date()
    state = fields.Selection([("draft", "Draft"), ("done", "Done")])
    currency_id = fields.Many2one("res.currency")
    amount = fields.Monetary()
    line_ids = fields.One2many("bmk.order.line", "order_id")


class BmkOrderLine(models.Model):
    _name = "bmk.order.line"
    _description = "Line of an Order of the Benchmark"

    order_id = fields.Many2one("bmk.order", required=True, index=True)
    name = fields.Char(required=True)
    quantity = fields.Float()
    price = fields.Float()
