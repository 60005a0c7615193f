def uninstall_hook(env, registry=None):
    """Remove the system parameters: they are set by hand, so that Odoo leaves them.

    :param env: an environment; a cursor, up to Odoo 16.0
    """
    cr = getattr(env, "cr", env)
    cr.execute("DELETE FROM ir_config_parameter WHERE key LIKE 'odoo\\_rest\\_token.%'")
