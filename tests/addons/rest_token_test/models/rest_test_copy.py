from odoo import api, fields, models

COPIES = 2  # of each node
FACTOR = 10  # between the ids of nodes and those of their copies


class RestTestCopy(models.Model):
    """Records that no table has: they are made up as a node is asked for its own."""

    _name = "rest.test.copy"
    _description = "REST Test Copy"
    _auto = False
    _table_query = "0"

    node_id = fields.Many2one(
        "rest.test.node", compute="_compute_node_id", search="_search_node_id"
    )

    @api.model
    def _search(self, domain, *args, **options):
        if len(domain) != 1 or domain[0][:2] != ("node_id", "in"):
            raise NotImplementedError
        ids = [
            node_id * FACTOR + number
            for node_id in sorted(domain[0][2])
            for number in range(COPIES if node_id % 2 else 0)
        ]
        copies = self.browse(ids)
        return copies._as_query() if hasattr(copies, "_as_query") else ids

    def _compute_node_id(self):
        for copy in self:
            copy.node_id = copy.id // FACTOR

    @api.model
    def _search_node_id(self, operator, value):
        raise NotImplementedError
