from lxml.builder import E

from odoo import _, api, fields, models

from odoo.addons.odoo_rest_token import compat

from ..monitoring.gathered import gathered
from ..monitoring.tables import (
    CREATE,
    REMOVE,
    REMOVE_TOTALS,
    write_counts,
    write_failed_calls,
)

STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
KEEP_DAYS = 400


class RestUsage(compat.ListViewMixin, models.Model):
    """Calls of a day: what was called, by whom, how often, and how long it took.

    A token that was removed is still called by its name; of users that were, nothing
    is kept but the numbers.
    """

    _name = "rest.usage"
    _description = "REST Usage"
    _auto = False
    _order = "day desc, calls desc, id"
    _rec_name = "operation"

    day = fields.Date(readonly=True, help="In UTC.")
    service = fields.Char(
        readonly=True,
        help="Its path. Empty for a plain route, and for nothing.",
    )
    operation = fields.Char(
        readonly=True,
        help="As the document calls it, or the path of a plain route; unknown where "
        "there is no such path.",
    )
    status = fields.Selection([(each, each) for each in STATUSES], readonly=True)
    token = fields.Char(readonly=True)
    token_id = fields.Many2one(
        "rest.token", string="Token That Is There", readonly=True
    )
    user_id = fields.Many2one("res.users", readonly=True)
    calls = fields.Integer(readonly=True)
    failures = fields.Integer(
        readonly=True, help="Calls that were answered by an error: 4xx or 5xx."
    )
    seconds = fields.Float(
        string="Time (s)", readonly=True, help="That all these calls took the server."
    )
    deprecated = fields.Boolean(
        compute="_compute_deprecated",
        search="_search_deprecated",
        help="Whether it is deprecated now.",
    )

    def _auto_init(self):
        # Not in init(), which is open to RPC.
        result = super()._auto_init()
        self.env.cr.execute(CREATE)
        return result

    @property
    def _table_query(self):
        return """
            SELECT of_day.id, day, service, operation, status, token,
                   rest_token.id AS token_id, res_users.id AS user_id, calls,
                   CASE WHEN status IN ('4xx', '5xx') THEN calls ELSE 0 END AS failures,
                   seconds
            FROM rest_usage_count AS of_day
            LEFT JOIN rest_token ON rest_token.id = of_day.token_id
            LEFT JOIN res_users ON res_users.id = of_day.user_id
        """

    # ------------------------------------------------------------
    # Deprecated operations, and who calls them
    # ------------------------------------------------------------

    def _compute_deprecated(self):
        deprecated = self.search(
            [("id", "in", self.ids), *self._get_deprecated_domain()]
        )
        for usage in self:
            usage.deprecated = usage in deprecated

    def _search_deprecated(self, operator, value):
        values = value if compat.is_collection(value) else [value]
        wanted = any(values) == (operator in ("=", "in"))
        domain = self._get_deprecated_domain()
        return domain if wanted else ["!", *domain]

    @api.model
    def _get_deprecated_domain(self):
        """Return the domain of the calls of what is deprecated now.

        :rtype: list
        """
        domains = [[("id", "=", False)]]
        for operation in self.pool.rest_operations.operations:
            if operation.usage and operation.routing.get("deprecated"):
                service = f"{operation.root}{operation.usage}"
                name = operation.get_id(operation.usage)
                domains.append([("service", "=", service), ("operation", "=", name)])
        declared = [("deprecated_on", "!=", False)]
        for model in ("rest.resource", "rest.resource.action"):
            for record in self.env[model].sudo().search(declared):
                domains.append(record._get_usage_domain())
        return compat.join_or(domains)

    @api.model
    def _describe_callers(self, domain):
        """Say who made calls: a line each, those of most calls first.

        :param list domain: of the calls
        :rtype: list of str
        """
        callers = {}
        for usage in self.search(domain, order="day desc"):
            key = (usage.token, usage.user_id)
            calls, last = callers.get(key, (0, usage.day))
            callers[key] = (calls + usage.calls, last)
        ranked = sorted(callers.items(), key=lambda item: -item[1][0])
        return [
            _(
                "%(caller)s: %(calls)s calls, the last on %(day)s",
                caller=self._name_caller(token, user),
                calls=calls,
                day=last,
            )
            for (token, user), (calls, last) in ranked
        ]

    @api.model
    def _name_caller(self, token, user):
        names = [token or "", user.sudo().display_name if user else ""]
        return ", ".join(filter(None, names)) or _("Without a token")

    # ------------------------------------------------------------
    # Write and remove
    # ------------------------------------------------------------

    @api.model
    def _write_gathered(self):
        """Write what this process has gathered, in the present transaction."""
        counts, failed_calls = gathered.take(self.env.cr.dbname)
        write_counts(self.env.cr, counts)
        write_failed_calls(self.env.cr, failed_calls)

    @api.model
    def _get_totals(self):
        """Return what was counted in all, by all processes, since it is counted.

        :return: service, operation, class of the status, calls and seconds
        :rtype: list of tuple
        """
        self.env.cr.execute(
            """
            SELECT service, operation, status, calls, seconds FROM rest_usage_total
            ORDER BY service, operation, status
            """
        )
        return self.env.cr.fetchall()

    @api.autovacuum
    def _gc_usage(self):
        period = self.env["rest.token"]._get_days("usage_days", KEEP_DAYS)
        self.env.cr.execute(REMOVE, (fields.Date.today() - period,))
        self.env.cr.execute(REMOVE_TOTALS)

    # ------------------------------------------------------------
    # Views
    # ------------------------------------------------------------

    @api.model
    def _build_list_view(self, root):
        return root(
            E.field(name="day"),
            E.field(name="operation"),
            E.field(name="service", optional="hide"),
            E.field(name="status"),
            E.field(name="token"),
            E.field(name="user_id"),
            E.field(name="calls", sum=_("Calls")),
            E.field(name="failures", sum=_("Failures")),
            E.field(name="seconds", sum=_("Time (s)")),
            string=self._description,
            create="0",
            edit="0",
            delete="0",
        )
