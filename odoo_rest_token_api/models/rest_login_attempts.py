from contextlib import contextmanager
from hashlib import sha256

from odoo import _, api, models
from odoo.exceptions import AccessDenied
from odoo.http import request

from odoo.addons.odoo_rest_token.exceptions import TooManyRequests
from odoo.addons.odoo_rest_token.parameters import get_number
from odoo.addons.odoo_rest_token.rates import Quota

SECONDS = 600  # in which failures are counted together, from the first on
DEFAULT_FAILURES = 10
REMOVED = 100  # counts that are over, with each failure
KNOWN_DAYS = 30  # that an address is known for, from which a login succeeded


class RestLoginAttempts(models.AbstractModel):
    """Passwords that were wrong for a name, wherever they came from.

    Odoo's own cooldown is an address's, and a worker's: it stops nobody who guesses at
    one login from many addresses. So that they don't keep its owner out either, the
    failures of an address from which the login has succeeded are counted apart. Only
    requests for a token are refused: not Odoo's own pages, nor the tokens there are.
    """

    _name = "rest.login.attempts"
    _description = "REST Login Attempts"

    @contextmanager
    def _watch(self, name, kind="login"):
        """Refuse an attempt after too many failures, and count it where it fails.

        It is refused, too, where there is nobody of that name.

        :param str name: whose password is tried, as it was sent
        :param str kind: of the name: those of another kind are counted apart
        :raise TooManyRequests: there were too many
        :raise AccessDenied: as what is watched raises it, for this is a failure
        """
        limit = self._get_limit()
        if not limit:
            yield
            return
        rates = self.env["rest.rate"]
        known, subjects = self._get_subjects(name, kind)
        found = rates._find_in_database([known, *subjects.values()])
        subject = subjects[known in found]
        failures = found.get(subject)
        if failures and failures.calls >= limit:
            raise TooManyRequests(
                failures.seconds,
                description=_(
                    "Too many failed logins: wait for %s seconds.", failures.seconds
                ),
            )
        try:
            yield
        except AccessDenied:
            rates._count_in_database([Quota(subject)], SECONDS)
            # There is no end of what strangers can send for a login.
            rates._gc_rates(limit=REMOVED)
            raise
        if known not in found:
            rates._count_in_database([Quota(known)], KNOWN_DAYS * 24 * 3600)

    @api.model
    def _get_limit(self):
        """Return how many failures of a login there may be; none where any number.

        :rtype: int
        """
        return get_number(
            self.env, "odoo_rest_token_api.login_failures", DEFAULT_FAILURES
        )

    @api.model
    def _get_subjects(self, name, kind):
        """Return what is counted of a name, by the address of the request.

        What was sent for a login may be a password: a hash of it is kept. Capitals and
        blanks make no other name: Odoo's directories (LDAP) don't tell them apart.

        :return: that the address is known, and failures by whether it is
        :rtype: (str, dict)
        """

        def digest(*words):
            return sha256("\n".join(words).encode()).hexdigest()

        name = name.strip().casefold()
        own = digest(name, request.httprequest.remote_addr or "")
        return f"known-{kind}/{own}", {
            True: f"{kind}/{own}",
            False: f"{kind}/{digest(name)}",
        }
