"""What administrators set by system parameters, ``odoo_rest_token_oauth.…``."""

import logging
from datetime import timedelta

from odoo.tools import str2bool

_logger = logging.getLogger(__name__)

CODE_LIFETIME = timedelta(minutes=1)  # RFC 6749, section 4.1.2: ten at most
NAMES = {
    "access_token_minutes": 60,  # nosec B105 # minutes
    "refresh_token_days": 30,  # nosec B105 # days
    "max_connections": 20,
    "max_registrations": 100,
}


def get_number(env, name):
    """Return a parameter; the default where it is none that makes sense.

    :param odoo.api.Environment env: of whoever
    :param str name: of ``NAMES``
    :rtype: int, of no less than 1
    """
    value = _get(env, name, NAMES[name])
    try:
        return min(max(int(value), 1), 1_000_000)
    except ValueError:
        _logger.warning("odoo_rest_token_oauth.%s is not a number: %r", name, value)
        return NAMES[name]


def is_on(env, name):
    """Tell whether a switch is on. It is off unless it is set, and readable.

    :rtype: bool
    """
    return str2bool(str(_get(env, name, "0")).strip(), default=False)


def get_access_lifetime(env):
    """Return how long an access token lasts.

    :rtype: datetime.timedelta
    """
    minutes = timedelta(minutes=get_number(env, "access_token_minutes"))
    return min(minutes, env["rest.token"]._get_max_lifetime())


def get_refresh_lifetime(env):
    """Return how long an application may be away before its user is asked again.

    :rtype: datetime.timedelta
    """
    days = min(get_number(env, "refresh_token_days"), 36500)
    return timedelta(days=days)


def _get(env, name, default):
    parameters = env["ir.config_parameter"].sudo()
    return parameters.get_param(f"odoo_rest_token_oauth.{name}", default)
