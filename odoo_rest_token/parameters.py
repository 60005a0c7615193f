"""What administrators set by system parameters, ``<addon>.<name>``."""

import logging

from odoo.tools import str2bool

_logger = logging.getLogger(__name__)


def get_number(env, name, default, least=0, most=None):
    """Return a parameter that is a whole number.

    :param odoo.api.Environment env: of whoever
    :param str name: of the parameter, that of its addon before it
    :param int default: where it is not set, or is no number
    :param int least: that a smaller one counts for
    :param int most: that a greater one counts for, if there is a limit
    :rtype: int
    """
    value = _get(env, name, default)
    try:
        number = int(value)
    except ValueError:
        _logger.warning("%s is not a number: %r", name, value)
        return default
    number = max(number, least)
    return number if most is None else min(number, most)


def is_on(env, name, default=False):
    """Tell whether a switch is on. Set to what can't be read, it is off.

    :param odoo.api.Environment env: of whoever
    :param str name: of the parameter, that of its addon before it
    :param bool default: where it is not set
    :rtype: bool
    """
    value = _get(env, name, "1" if default else "0")
    return str2bool(str(value).strip(), default=False)


def remove_parameters(cr, addon):
    """Remove all parameters of an addon, those that were set by hand among them.

    :param odoo.sql_db.BaseCursor cr: of the database
    :param str addon: name of it
    """
    cr.execute(
        "DELETE FROM ir_config_parameter WHERE split_part(key, '.', 1) = %s", (addon,)
    )


def _get(env, name, default):
    return env["ir.config_parameter"].sudo().get_param(name, default)
