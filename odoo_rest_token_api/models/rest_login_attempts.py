from hashlib import sha256

from odoo import _, api, models
from odoo.http import request

from odoo.addons.odoo_rest_token.exceptions import TooManyRequests
from odoo.addons.odoo_rest_token.parameters import get_number
from odoo.addons.odoo_rest_token.rates import Quota

SECONDS = 600  # in which failures are counted together, from the first on
DEFAULT_FAILURES = 10
REMOVED = 100  # counts that are over, with each failure
KNOWN_DAYS = 30  # that an address is known for, from which a login succeeded
FIND = """
    SELECT subject, calls,
           ceil(extract(epoch FROM ends_at - statement_timestamp()))::integer
    FROM rest_rate_count WHERE subject IN %s AND ends_at > statement_timestamp()
"""


class RestLoginAttempts(models.AbstractModel):
    """Passwords that were wrong for a login, wherever they came from.

    Odoo's own cooldown is an address's, and a worker's: it stops nobody who guesses at
    one login from many addresses. So that they don't keep its owner out either, the
    failures of an address from which the login has succeeded are counted apart. Only
    requests for a token are refused: not Odoo's own pages, nor the tokens there are.
    """

    _name = "rest.login.attempts"
    _description = "REST Login Attempts"

    @api.model
    def _check(self, login):
        """Check that there were not too many failures, whether there is such a user.

        :param str login: as it was sent
        :raise TooManyRequests: there were
        """
        limit = self._get_limit()
        if not limit:
            return
        known, failures = self._get_subjects(login)
        rows = self._find(known, *failures.values())
        count, seconds = rows.get(failures[known in rows], (0, 0))
        if count >= limit:
            raise TooManyRequests(
                seconds,
                description=_("Too many failed logins: wait for %s seconds.", seconds),
            )

    @api.model
    def _note_failure(self, login):
        """Count a password that was wrong."""
        if self._get_limit():
            known, failures = self._get_subjects(login)
            is_known = known in self._find(known)
            self._count(failures[is_known], SECONDS)
            # There is no end of what strangers can send for a login.
            self.env["rest.rate"]._gc_rates(limit=REMOVED)

    @api.model
    def _note_success(self, login):
        """Remember the address of a password that was right."""
        if self._get_limit():
            known, _failures = self._get_subjects(login)
            if known not in self._find(known):
                self._count(known, KNOWN_DAYS * 24 * 3600)

    @api.model
    def _get_limit(self):
        """Return how many failures of a login there may be; none where any number.

        :rtype: int
        """
        return get_number(
            self.env, "odoo_rest_token_api.login_failures", DEFAULT_FAILURES
        )

    @api.model
    def _get_subjects(self, login):
        """Return what is counted of a login, by the address of the request.

        What was sent for a login may be a password: a hash of it is kept.

        :return: that the address is known, and failures by whether it is
        :rtype: (str, dict)
        """

        def digest(*words):
            return sha256("\n".join(words).encode()).hexdigest()

        address = request.httprequest.remote_addr or ""
        own = digest(login, address)
        return f"known/{own}", {True: f"login/{own}", False: f"login/{digest(login)}"}

    @api.model
    def _find(self, *subjects):
        rows = self.env["rest.rate"]._fetch_committed(FIND, (subjects,))
        return {subject: row for subject, *row in rows}

    @api.model
    def _count(self, subject, seconds):
        self.env["rest.rate"]._count_in_database([Quota(subject)], seconds)
