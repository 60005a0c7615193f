from lxml.builder import E

from odoo import api, fields, models, tools

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.lookup import fetch

from ..monitoring.trace import Watched

KEEP_DAYS = 30
WATCHED = """
    SELECT 'token', id::text, failures_until FROM rest_token
    WHERE failures_until > now() AT TIME ZONE 'UTC'
    UNION ALL
    SELECT 'service', '/api/' || path, failures_until FROM rest_resource
    WHERE failures_until > now() AT TIME ZONE 'UTC'
"""


class RestFailedCall(compat.ListViewMixin, models.Model):
    """Call that failed, of a token or a resource whose failed calls are kept.

    What its client sent is not among it, but the path.
    """

    _name = "rest.failed.call"
    _description = "Failed REST Call"
    _log_access = False
    _order = "at desc, id desc"
    _rec_name = "request_id"

    at = fields.Datetime(readonly=True, required=True, index=True)
    request_id = fields.Char(
        string="Request Id",
        readonly=True,
        required=True,
        index=True,
        help="X-Request-Id of the answer, which stands in the server's log, too.",
    )
    method = fields.Char(readonly=True, required=True)
    path = fields.Char(readonly=True, required=True)
    service = fields.Char(readonly=True)
    operation = fields.Char(readonly=True)
    status = fields.Integer(readonly=True, required=True)
    description = fields.Text(readonly=True, help="What the answer said of it.")
    token = fields.Char(readonly=True)
    token_id = fields.Many2one(
        "rest.token",
        string="Token That Is There",
        readonly=True,
        ondelete="set null",
    )
    user_id = fields.Many2one("res.users", readonly=True, ondelete="set null")

    @api.model
    @tools.ormcache()
    def _get_watched(self):
        """Return whose failed calls are kept, as it was last read.

        It is read anew where Odoo's caches are cleared, as they are, for all workers,
        when somebody changes it.

        :rtype: Watched
        """
        watched = {"token": {}, "service": {}}
        for kind, key, until in fetch(self.env.cr, WATCHED, ()):
            watched[kind][int(key) if kind == "token" else key] = until
        return Watched(watched["token"], watched["service"])

    @api.autovacuum
    def _gc_failed_calls(self):
        period = self.env["rest.token"]._get_days("failed_calls_days", KEEP_DAYS)
        self.env.cr.execute(
            "DELETE FROM rest_failed_call WHERE at < %s",
            (fields.Datetime.now() - period,),
        )

    @api.model
    def _build_list_view(self, root):
        return root(
            E.field(name="at"),
            E.field(name="operation"),
            E.field(name="method", optional="hide"),
            E.field(name="path"),
            E.field(name="status"),
            E.field(name="description"),
            E.field(name="token"),
            E.field(name="user_id", optional="show"),
            E.field(name="request_id"),
            string=self._description,
            create="0",
            edit="0",
            delete="0",
        )
