from odoo import fields, models


class RestTestInitial(models.Model):
    """Records that no table has: the first letters of nodes, which are their ids."""

    _name = "rest.test.initial"
    _description = "REST Test Initial"
    _auto = False
    _table_query = "0"

    name = fields.Char(compute="_compute_name")

    def browse(self, ids=()):
        return super().browse((ids,) if isinstance(ids, str) else ids)

    def _compute_name(self):
        for initial in self:
            initial.name = f"Letter {initial.id}"
