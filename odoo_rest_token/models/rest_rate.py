import logging

from psycopg2.extensions import STATUS_READY

from odoo import api, models

from .. import compat
from ..exceptions import TooManyRequests
from ..lookup import fetch
from ..rates import SECONDS, Quota, Rate, describe_rates, find_storage

_logger = logging.getLogger(__name__)

SECONDS_LEFT = "ceil(extract(epoch FROM ends_at - statement_timestamp()))::integer"
# Each quota is counted only where those before it are kept: a token that is over its
# own takes nothing of its user's. Rows are locked in that order, so that no two calls
# wait for each other.
COUNT = """
    INSERT INTO rest_rate_count AS rate (subject, ends_at, calls)
    SELECT %s, statement_timestamp() + interval '1 second' * %s, 1 {condition}
    ON CONFLICT (subject) DO UPDATE SET
        calls = CASE WHEN rate.ends_at > statement_timestamp()
                     THEN rate.calls + 1 ELSE 1 END,
        ends_at = CASE WHEN rate.ends_at > statement_timestamp()
                       THEN rate.ends_at ELSE excluded.ends_at END
    RETURNING {number}, calls, {seconds_left} AS seconds
"""
FIND = f"""
    SELECT subject, calls, {SECONDS_LEFT}
    FROM rest_rate_count WHERE subject IN %s AND ends_at > statement_timestamp()
"""  # nosec B608 # of constants
REMOVE = """
    WITH ended AS (
        SELECT subject FROM rest_rate_count WHERE ends_at < statement_timestamp()
        LIMIT %s FOR UPDATE SKIP LOCKED
    ), removed AS (
        DELETE FROM rest_rate_count USING ended
        WHERE rest_rate_count.subject = ended.subject RETURNING 1
    )
    SELECT count(*) FROM removed
"""


class RestRate(models.AbstractModel):
    """How many calls there were in the present minute of somebody's.

    They are counted in transactions of their own, which are not rolled back where a
    call fails, and see what others have counted. Its table is no model's, as a record
    would take an id of each call; and is not logged, as it is worth nothing after a
    crash.
    """

    _name = "rest.rate"
    _description = "Rate of REST Calls"

    def _auto_init(self):
        result = super()._auto_init()
        self.env.cr.execute(
            """
            CREATE UNLOGGED TABLE IF NOT EXISTS rest_rate_count (
                subject text PRIMARY KEY,
                ends_at timestamptz NOT NULL,
                calls integer NOT NULL
            ) WITH (fillfactor = 50);
            CREATE INDEX IF NOT EXISTS rest_rate_count_ends_at_index
                ON rest_rate_count (ends_at);
            """
        )
        return result

    @api.model
    def _check(self, principal):
        """Count a call, and check that there were not too many.

        :param Principal principal: who calls
        :return: the headers that tell how many are left; none where none are counted
        :rtype: list of (str, str)
        :raise TooManyRequests: there were too many
        """
        quotas = self._get_quotas(principal)
        if not quotas or not compat.may_write_beside(self.env):
            return []
        rates = self._count(quotas)
        headers = describe_rates(quotas, rates)
        last = rates[-1]
        if not last.is_exceeded:
            return headers
        if last.calls == last.quota.calls + 1:  # and not each that follows
            _logger.warning(
                "%s made more than %s calls in a minute, token #%s of user #%s",
                last.quota.subject,
                last.quota.calls,
                principal.token_id,
                principal.user_id,
            )
        raise TooManyRequests(last.seconds, headers)

    @api.model
    def _get_quotas(self, principal):
        """Return whose calls are counted, and how many they may make.

        :param Principal principal: who calls
        :rtype: list of Quota, each of a number of calls
        """
        default = self.env["rest.token"]._get_default_calls
        quotas = principal.quotas or [Quota(f"user/{principal.user_id}")]
        known = [
            quota if quota.calls else quota._replace(calls=default(quota.policy))
            for quota in quotas
        ]
        return [quota for quota in known if quota.calls]

    @api.model
    def _count(self, quotas):
        """Count a call, by one statement at most.

        :param quotas: list of Quota, each of a number of calls
        :return: of each, up to the first that is exceeded
        :rtype: list of Rate
        """
        storage = find_storage()
        rates = storage and storage.count(self.env.cr.dbname, quotas)
        return self._count_in_database(quotas) if rates is None else rates

    @api.model
    def _count_in_database(self, quotas, seconds=SECONDS):
        """Count something, by one statement.

        :param list quotas: of Quota, each of a number of calls
        :param int seconds: that are counted together
        :return: of each, up to the first that is exceeded
        :rtype: list of Rate
        """
        counts, params = [], []
        for number, quota in enumerate(quotas):
            condition = f"FROM count_{number - 1} WHERE calls <= %s" if number else ""
            count = COUNT.format(
                condition=condition, number=number, seconds_left=SECONDS_LEFT
            )
            counts.append(f"count_{number} AS ({count})")
            params += [quota.subject, seconds]
            if number:
                params.append(quotas[number - 1].calls)
        parts = [f"TABLE count_{number}" for number in range(len(quotas))]
        statement = f"WITH {', '.join(counts)} {' UNION ALL '.join(parts)}"
        rows = self._fetch_committed(f"{statement} ORDER BY 1", params)
        return [Rate(quotas[number], *row) for number, *row in rows]

    @api.model
    def _find_in_database(self, subjects):
        """Find what was counted, by one statement, and count nothing.

        :param list subjects: of str, as quotas have them
        :return: by subject, where something was
        :rtype: dict of Rate, each of a quota without a number of calls
        """
        rows = self._fetch_committed(FIND, (tuple(subjects),))
        return {subject: Rate(Quota(subject), *row) for subject, *row in rows}

    @api.model
    def _fetch_committed(self, statement, params):
        """Execute a statement that is committed at once.

        :return: its rows
        :rtype: list of tuple
        """
        cr = self.env.cr
        if cr.connection.status == STATUS_READY and not compat.reads_only(cr):
            return fetch(cr, statement, params)
        with self.pool.cursor() as own_cr:
            return fetch(own_cr, statement, params)

    @api.autovacuum
    def _gc_rates(self, limit=None):
        """Remove counts of minutes that are over, but those that others change now.

        :param int limit: how many at most; all, if not given
        """
        self._fetch_committed(REMOVE, (limit,))
