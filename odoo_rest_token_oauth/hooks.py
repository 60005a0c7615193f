from odoo.addons.odoo_rest_token import compat


def uninstall_hook(argument, registry=None):
    """Remove what Odoo leaves: parameters that were set by hand."""
    cr = compat.get_cursor(argument)
    cr.execute(
        r"DELETE FROM ir_config_parameter WHERE key LIKE 'odoo\_rest\_token\_oauth.%'"
    )
