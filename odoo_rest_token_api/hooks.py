from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.parameters import remove_parameters

from .records.sync_index import update_indexes


def uninstall_hook(argument, registry=None):
    """Remove what Odoo leaves: indexes of others' tables, and parameters."""
    cr = compat.get_cursor(argument)
    update_indexes(cr, (), at_once=True)
    remove_parameters(cr, "odoo_rest_token_api")
