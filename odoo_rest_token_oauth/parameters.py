"""What administrators set by system parameters, ``odoo_rest_token_oauth.…``."""

from datetime import timedelta

from odoo.addons.odoo_rest_token import parameters

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
    name, default = f"odoo_rest_token_oauth.{name}", NAMES[name]
    return parameters.get_number(env, name, default, least=1, most=1_000_000)


def is_on(env, name):
    """Tell whether a switch is on. It is off unless it is set, and readable.

    :rtype: bool
    """
    return parameters.is_on(env, f"odoo_rest_token_oauth.{name}")


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
