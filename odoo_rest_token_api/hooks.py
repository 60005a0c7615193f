from odoo.addons.odoo_rest_token import compat

from .records.sync_index import update_indexes


def uninstall_hook(argument, registry=None):
    """Drop the indexes of others' tables, which Odoo leaves."""
    update_indexes(compat.get_cursor(argument), (), at_once=True)
