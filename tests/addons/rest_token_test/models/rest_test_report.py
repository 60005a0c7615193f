from odoo import fields, models


class RestTestReport(models.Model):
    """A query in the place of a table."""

    _name = "rest.test.report"
    _description = "REST Test Report"
    _auto = False

    name = fields.Char(readonly=True)
    day = fields.Date(readonly=True)
    quantity = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        return "SELECT id, name, day, quantity FROM rest_test_item"
