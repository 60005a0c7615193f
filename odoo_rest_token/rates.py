"""How many calls there may be in a minute, how many there were; how that is told."""

import logging
import time
from functools import lru_cache
from typing import NamedTuple, Optional

from odoo.tools import config

_logger = logging.getLogger(__name__)

SECONDS = 60  # that are counted together, from the first call on
STORAGE = "rest_limits_storage"  # option of Odoo's configuration file
TIMEOUT = 0.5  # seconds that a storage has to answer
PAUSE = 30  # seconds that a storage is left alone for, once it has failed


class Quota(NamedTuple):
    """How many calls somebody may make in a minute.

    :param str subject: who, such as ``user/7``; what comes before the slash is the name
        of the policy, and of the system parameter ``<policy>_calls_per_minute``
    :param int calls: none where the parameter says so
    """

    subject: str
    calls: Optional[int] = None

    @property
    def policy(self):
        return self.subject.partition("/")[0]

    def __str__(self):
        return f"{self.subject}:{self.calls or ''}"

    @classmethod
    def parse(cls, text):
        """Read what :meth:`__str__` wrote.

        :rtype: Quota
        """
        subject, _colon, calls = text.partition(":")
        return cls(subject, int(calls) if calls else None)


class Rate(NamedTuple):
    """What has come of a quota.

    :param Quota quota: that says how many calls there may be
    :param int calls: in this minute, the present one among them
    :param int seconds: until the next minute begins
    """

    quota: Quota
    calls: int
    seconds: int

    @property
    def is_exceeded(self):
        return self.calls > self.quota.calls

    @property
    def remaining(self):
        return max(self.quota.calls - self.calls, 0)


def describe_rates(quotas, rates):
    """Return the headers that tell a client how many calls are left.

    Those of draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4.

    :param quotas: list of :class:`Quota`, all that count
    :param rates: list of :class:`Rate`, of those that were counted
    :rtype: list of (str, str)
    """
    policies = [f'"{each.policy}";q={each.calls};w={SECONDS}' for each in quotas]
    left = [
        f'"{each.quota.policy}";r={each.remaining};t={each.seconds}' for each in rates
    ]
    return [("RateLimit-Policy", ", ".join(policies)), ("RateLimit", ", ".join(left))]


class Storage:
    """Where calls are counted beside PostgreSQL: Redis, say, by the package ``limits``.

    One that fails is left alone for a while, in which PostgreSQL counts.

    :param str uri: of the storage, as ``limits`` has it, such as ``redis://…``
    """

    def __init__(self, uri):
        from limits.storage import storage_from_string

        times = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
        options = times if uri.startswith("redis") else {}
        self._storage = storage_from_string(uri, wrap_exceptions=True, **options)
        self._paused_until = 0

    def count(self, database, quotas):
        """Count a call.

        :param str database: name of it
        :param quotas: list of :class:`Quota`
        :return: a :class:`Rate` of each, up to the first that is exceeded; none where
            the storage can't tell
        :rtype: list, or None
        """
        from limits.errors import StorageError

        if time.monotonic() < self._paused_until:
            return None
        rates = []
        try:
            for quota in quotas:
                key = f"odoo_rest_token/{database}/{quota.subject}"
                calls = self._storage.incr(key, SECONDS)
                ends_at = self._storage.get_expiry(key)
                seconds = min(max(int(ends_at - time.time()) + 1, 1), SECONDS)
                rates.append(Rate(quota, calls, seconds))
                if rates[-1].is_exceeded:
                    break
        except StorageError as error:
            reason = type(error.__cause__ or error).__name__
            _logger.warning("PostgreSQL counts calls, as %s fails: %s", STORAGE, reason)
            self._paused_until = time.monotonic() + PAUSE
            return None
        return rates


def find_storage():
    """Return the storage that the configuration file names, if it does.

    It is not a system parameter: these can be read, and it may hold a password.

    :rtype: Storage, or None
    """
    uri = config.get(STORAGE)
    return _make_storage(uri) if uri else None


@lru_cache(maxsize=1)
def _make_storage(uri):
    try:
        return Storage(uri)
    except Exception as error:  # of whatever package there is for it, or is not
        # It may say the password.
        reason = type(error).__name__
        _logger.error("PostgreSQL counts calls, as %s can't be: %s", STORAGE, reason)
        return None
