from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.parameters import remove_parameters


def uninstall_hook(argument, registry=None):
    """Remove what Odoo leaves: parameters that were set by hand."""
    remove_parameters(compat.get_cursor(argument), "odoo_rest_token_oauth")
