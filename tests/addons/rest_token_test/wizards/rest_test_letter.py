from odoo import api, fields, models


class RestTestLetter(models.TransientModel):
    """A dialog that has much to compute before anybody answers it."""

    _name = "rest.test.letter"
    _description = "REST Test Letter"

    item_id = fields.Many2one("rest.test.item", required=True)
    # What one method computes together, as a mail of its template
    subject = fields.Char(compute="_compute_mail", store=True, readonly=False)
    tag_ids = fields.Many2many(
        "rest.test.tag", compute="_compute_mail", store=True, readonly=False
    )
    is_urgent = fields.Boolean()
    signature = fields.Char(default="None")
    count = fields.Integer(compute="_compute_count")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        values.setdefault("item_id", self.env.context.get("active_id"))
        return values

    @api.depends("item_id")
    def _compute_mail(self):
        for letter in self:
            letter.subject = f"About {letter.item_id.name}"
            letter.tag_ids = letter.item_id.tag_ids

    @api.depends("tag_ids")
    def _compute_count(self):
        for letter in self:
            letter.count = len(letter.tag_ids)

    @api.onchange("item_id")
    def _onchange_item_id(self):
        self.signature = "Nobody" if self.item_id.urgent else "Somebody"

    def send(self):
        names = ", ".join(self.tag_ids.mapped("name"))
        self.item_id.note = f"{self.subject} to {names}: {self.signature}"

    def send_fast(self):
        self.is_urgent = True
        self.send()
