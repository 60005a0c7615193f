from odoo import fields, models

from .. import compat


@compat.add_constraints(
    token_unique=("UNIQUE (token_id)", "A token has one last use."),
)
class RestTokenUsage(models.Model):
    """When and from where a token was last used.

    It is kept apart from the token: a request that notes its use must not collide
    with one that revokes the token.
    """

    _name = "rest.token.usage"
    _description = "REST Token Usage"
    _log_access = False
    _rec_name = "used_at"

    token_id = fields.Many2one(
        "rest.token", required=True, readonly=True, ondelete="cascade"
    )
    used_at = fields.Datetime(required=True, readonly=True)
    address = fields.Char(readonly=True)
