def uninstall_hook(env, registry=None):
    """Remove what Odoo leaves: parameters that were set by hand.

    :param env: an environment; a cursor, up to Odoo 16.0
    """
    cr = getattr(env, "cr", env)
    cr.execute("DELETE FROM ir_config_parameter WHERE key LIKE 'odoo\\_rest\\_token.%'")
