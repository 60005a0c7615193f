from odoo import fields, models


class RestTestSecret(models.Model):
    """Records that show what they hold to who made them alone, as private events do."""

    _name = "rest.test.secret"
    _description = "REST Test Secret"

    name = fields.Char(required=True)
    number = fields.Integer()
    day = fields.Date()
    parent_id = fields.Many2one("rest.test.secret")
    tag_ids = fields.Many2many("rest.test.tag")

    def read(self, fields=None, load="_classic_read"):
        rows = super().read(fields, load)
        own = self.sudo().filtered(lambda each: each.create_uid == self.env.user)
        if self.env.su:
            return rows
        others = [row for row in rows if row["id"] not in own.ids]
        for row in others:
            for name in row.keys() - {"id"}:
                row[name] = [] if name == "tag_ids" else False
            if "name" in row:
                row["name"] = "Busy"
        return [row for row in rows if row not in others] + others
