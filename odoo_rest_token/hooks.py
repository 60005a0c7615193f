from odoo import SUPERUSER_ID, api

from . import compat
from .parameters import remove_parameters


def post_init_hook(argument, registry=None):
    """Have the form of users show the groups to those who look for them."""
    env = api.Environment(compat.get_cursor(argument), SUPERUSER_ID, {})
    compat.hide_group(env.ref("odoo_rest_token.group_rest_token"))
    compat.hide_group(env.ref("odoo_rest_token.group_rest_program"))


def uninstall_hook(argument, registry=None):
    """Remove what Odoo leaves: parameters set by hand, and a table of no model."""
    cr = compat.get_cursor(argument)
    cr.execute("DROP TABLE IF EXISTS rest_rate_count")
    remove_parameters(cr, "odoo_rest_token")
