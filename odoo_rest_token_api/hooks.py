from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.parameters import remove_parameters

from .monitoring.tables import DROP
from .records.sync_index import update_indexes


def uninstall_hook(argument, registry=None):
    """Remove what Odoo leaves: indexes, tables of no model, and parameters."""
    cr = compat.get_cursor(argument)
    update_indexes(cr, (), at_once=True)
    cr.execute(DROP)
    remove_parameters(cr, "odoo_rest_token_api")
