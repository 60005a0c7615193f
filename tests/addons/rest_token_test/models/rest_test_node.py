from odoo import _, api, fields, models
from odoo.exceptions import UserError


class RestTestNode(models.Model):
    """Trees, and values that are not in a column of the model."""

    _name = "rest.test.node"
    _description = "REST Test Node"

    name = fields.Char(required=True)
    parent_id = fields.Many2one("rest.test.node")
    child_ids = fields.One2many("rest.test.node", "parent_id")
    top_id = fields.Many2one("rest.test.node", help="Leads to itself at the top.")
    parent_name = fields.Char(related="parent_id.name", string="Name of the Parent")
    company_number = fields.Float(company_dependent=True)
    company_tag_id = fields.Many2one("rest.test.tag", company_dependent=True)
    size = fields.Integer(compute="_compute_size", search="_search_size")
    initial_id = fields.Many2one(
        "rest.test.initial", compute="_compute_initial_id", search="_search_initial_id"
    )
    copy_ids = fields.One2many("rest.test.copy", "node_id")
    shown_at = fields.Datetime(compute="_compute_shown_at", help="The time.")

    @api.depends("name")
    def _compute_size(self):
        for node in self:
            node.size = len(node.name or "")

    @api.model
    def _search_size(self, operator, value):
        if operator not in ("=", "in"):
            raise UserError(_("No other operator is known."))
        lengths = [value] if operator == "=" else list(value)
        nodes = self.search([], limit=1000)
        nodes = nodes.filtered(lambda node: len(node.name) in lengths)
        return [("id", "in", nodes.ids)]

    @api.depends("name")
    def _compute_initial_id(self):
        initials = self.env["rest.test.initial"]
        for node in self:
            node.initial_id = initials.browse(node.name and node.name[:1])

    @api.model
    def _search_initial_id(self, operator, value):
        raise NotImplementedError

    @api.depends("name")
    def _compute_shown_at(self):
        self.env.cr.execute("SELECT clock_timestamp() AT TIME ZONE 'UTC'")
        (now,) = self.env.cr.fetchone()
        for node in self:
            node.shown_at = now
