from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.odoo_rest_token import compat


@compat.add_constraints(
    code_unique=("UNIQUE (code)", "There is an item of that code already."),
    weight_positive=("CHECK (weight >= 0)", "No item is lighter than nothing."),
)
class RestTestItem(models.Model):
    """One field of each type, and one rule of each kind."""

    _name = "rest.test.item"
    _description = "REST Test Item"

    name = fields.Char(required=True)
    code = fields.Char(size=8, copy=False, help="No two items share one.")
    title = fields.Char(translate=True)
    note = fields.Text()
    body = fields.Html()
    quantity = fields.Integer()
    double_quantity = fields.Integer(compute="_compute_double_quantity")
    weight = fields.Float()
    ratio = fields.Float(digits=(16, 3))
    price = fields.Monetary()
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    active = fields.Boolean(default=True)
    urgent = fields.Boolean()
    day = fields.Date()
    moment = fields.Datetime()
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done")], required=True, default="draft"
    )
    color = fields.Selection([("red", "Red"), ("blue", "Blue")])
    attachment = fields.Binary()
    photo = fields.Image(max_width=64, max_height=64)
    partner_id = fields.Many2one("res.partner")
    parent_id = fields.Many2one("rest.test.item")
    main_tag_id = fields.Many2one("rest.test.tag", ondelete="restrict")
    tag_ids = fields.Many2many("rest.test.tag")
    line_ids = fields.One2many("rest.test.line", "item_id")
    document = fields.Reference(
        [("res.partner", "Partner"), ("rest.test.tag", "Tag")],
    )
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    company_code = fields.Char(company_dependent=True)
    internal_note = fields.Char(groups="base.group_system")

    @api.depends("quantity")
    def _compute_double_quantity(self):
        for item in self:
            item.double_quantity = 2 * item.quantity

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.partner_id:
            self.title = f"For {self.partner_id.name}"
            return {"value": {"urgent": True, "nothing": 1}}
        return {}

    @api.onchange("title")
    def _onchange_title(self):
        self.note = self.title

    @api.onchange("line_ids")
    def _onchange_line_ids(self):
        self.weight = sum(self.line_ids.mapped("amount"))

    @api.constrains("quantity")
    def _check_quantity(self):
        if any(item.quantity < 0 for item in self):
            raise ValidationError(_("There can't be fewer items than none."))
