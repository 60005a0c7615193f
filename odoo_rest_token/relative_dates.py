"""Moments as people say them."""

from datetime import timedelta

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_timedelta

from odoo import fields
from odoo.tools.misc import get_lang


def format_relative(env, moment):
    """Write how far a moment is from now: "in 6 days", "2 hours ago".

    Odoo's own ``format_time_ago`` makes "1 week" of 6 days. This takes the largest unit
    of which there are two.

    :param env: whose language counts
    :param datetime moment: in UTC, or a falsy value
    :rtype: str or None
    """
    if not moment:
        return None
    # PostgreSQL's own times have microseconds, Odoo's have none.
    distance = moment.replace(microsecond=0) - fields.Datetime.now()
    distance = distance or timedelta(seconds=-1)
    locale = _get_locale(get_lang(env).code)
    return format_timedelta(distance, threshold=1.9, add_direction=True, locale=locale)


def _get_locale(code):
    try:
        return Locale.parse(code.split("@")[0])
    except (ValueError, UnknownLocaleError):
        return Locale("en")
