"""What stands before Odoo, and the patches that put it there.

Odoo reads, routes and authenticates a request before an addon is asked: where that
fails, it answers with a page. :func:`install` lists all patches of others' classes.
"""

from werkzeug.serving import WSGIRequestHandler

import odoo.http
from odoo.tools import config, str2bool

from ..monitoring.trace import mark_log
from . import cors, werkzeug_server
from .guard import get_passage, guard, was_passed_by

if hasattr(odoo.http, "Application"):
    from . import application as series
else:
    from . import root as series

SERVER_ERRORS = "rest_server_errors"  # option of Odoo's configuration file
go_on_plainly = series.go_on_plainly

__all__ = ["cors", "get_passage", "go_on_plainly", "install", "was_passed_by"]


def install():
    """Patch what has no hook. Odoo calls this once, as it loads the addon."""
    # What Odoo, Werkzeug and base_rest fail on never gets to them, and nothing but JSON
    # gets out: there is nothing before this that an addon could hook into.
    call = series.APPLICATION.__call__
    series.APPLICATION.__call__ = guard(series.make_call(call))
    # The database, the session and, up to 15.0, the kind of a request are chosen before
    # the addons of a database are known.
    series.install()
    # Werkzeug's own server reads bodies in chunks wrongly, and drops the header
    # access_token from its 2.3 on, before any application is called.
    WSGIRequestHandler.make_environ = werkzeug_server.make_environ
    # What it can't read, it answers by itself, with a page.
    if str2bool(str(config.get(SERVER_ERRORS, "")), default=False):
        WSGIRequestHandler.send_error = werkzeug_server.send_error
    mark_log()
