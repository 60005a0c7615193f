"""Finds a token in the database, by one statement and as fast as there is a way to."""

from datetime import datetime
from typing import NamedTuple, Optional

from psycopg2.extensions import STATUS_READY

from .networks import contains
from .principal import Principal, Scope
from .rates import Quota

# PostgreSQL plans it for each request, as Odoo's pool of connections drops plans. To
# plan joins, or to compare dates, would take longer than all the rest.
FIND = """
    SELECT id, user_id, prefix, expires_at, revoked_at, scope_keys, network_keys,
           quota_keys,
           (SELECT login FROM res_users WHERE id = rest_token.user_id),
           (SELECT active FROM res_users WHERE id = rest_token.user_id),
           (SELECT gid FROM res_groups_users_rel
            WHERE uid = rest_token.user_id AND gid IN %s LIMIT 1),
           (SELECT used_at FROM rest_token_usage WHERE token_id = rest_token.id)
    FROM rest_token WHERE {column} = %s
"""
FIND_BY_HASH = FIND.format(column="secret_hash")
FIND_BY_ID = FIND.format(column="id")


class FoundToken(NamedTuple):
    """What tells whether a token is valid, and for what. Times are in UTC."""

    id: int
    user_id: int
    prefix: str
    expires_at: datetime
    revoked_at: Optional[datetime]
    scope_keys: Optional[str]
    network_keys: Optional[str]
    quota_keys: Optional[str]
    login: str
    is_user_active: bool
    holders_group_id: Optional[int]
    used_at: Optional[datetime]

    @property
    def principal(self):
        """Who calls with it.

        :rtype: Principal
        """
        keys = self.scope_keys.split(" ") if self.scope_keys else ()
        return Principal(
            self.user_id,
            self.id,
            frozenset(map(Scope.parse, keys)),
            quotas=tuple(map(Quota.parse, self.quota_keys.split())),
        )

    def find_refusal(self, now, address):
        """Say why the token is refused.

        :param datetime now: in UTC
        :param str address: that the request comes from, if it is known
        :rtype: str, or None if it is valid
        """
        if None in (self.scope_keys, self.network_keys, self.quota_keys):
            return "its limits are not known"
        if self.revoked_at:
            return "revoked"
        if self.expires_at <= now:
            return "expired"
        if not self.is_user_active:
            return "its user is archived"
        if not self.holders_group_id:
            return "its user may not hold tokens"
        if not contains(self.network_keys, address):
            return "not from its networks"
        return None


def find_token(cr, statement, value, holders_groups):
    """Find a token, valid or not.

    :param odoo.sql_db.BaseCursor cr: of the database
    :param str statement: ``FIND_BY_HASH`` or ``FIND_BY_ID``
    :param value: what it finds the token by
    :param tuple holders_groups: ids of the groups whose members may hold tokens
    :rtype: FoundToken, or None if there is none
    """
    rows = fetch(cr, statement, (holders_groups, value))
    return FoundToken(*rows[0]) if rows else None


def fetch(cr, statement, params):
    """Read rows in the transaction of a cursor or, if none has begun, before it does.

    To begin one and to end it takes PostgreSQL as long as to read a row. Without one, a
    statement is committed at once.

    :param odoo.sql_db.BaseCursor cr: of the database
    :param str statement: that returns rows
    :rtype: list of tuple
    """
    connection = cr.connection
    if connection.status != STATUS_READY:
        cr.execute(statement, params)
        return cr.fetchall()
    modes = connection.isolation_level, connection.readonly
    # psycopg2 would take a statement more to set what differs, or is no default.
    connection.isolation_level = connection.readonly = None
    connection.autocommit = True
    try:
        cr.execute(statement, params)
        return cr.fetchall()
    finally:
        connection.autocommit = False
        connection.isolation_level, connection.readonly = modes
