from odoo import fields, models


class RestTokenProgram(models.TransientModel):
    """The wizard that issues a token, to a user that is made for it."""

    _name = "rest.token.program"
    _inherit = "rest.token.issue"
    _description = "New Program"

    user_id = fields.Many2one(required=False, default=None)
    name = fields.Char(string="Program", help="What the program is called.")
    group_ids = fields.Many2many(
        "res.groups",
        string="May Do What These May",
        required=True,
        default=lambda self: self.env.ref("base.group_user"),
    )
    email = fields.Char(
        default=lambda self: self.env.company.email,
        help="Sender of the messages that the program posts: without one, Odoo refuses "
        "whatever posts a message.",
    )

    def _issue_and_show(self):
        users = self.env["res.users"]
        self.user_id = users._create_rest_program(self.name, self.group_ids, self.email)
        return super()._issue_and_show()
