"""Up to Odoo 15.0, where a ``Root`` sets up a request and dispatches it."""

import psycopg2

import odoo.http

import odoo.addons.base_rest.http as base_rest
from odoo.addons.odoo_rest_token.exceptions import ServiceUnavailable

from ..controllers.main import is_rest_token_path, is_under_root
from ..databases import choose_database, explain_no_database


class RestTokenRequest(base_rest.HttpRestRequest):
    """Request whose parameters are left to our controllers."""

    def __init__(self, httprequest):
        super(odoo.http.HttpRequest, self).__init__(httprequest)
        self.params = {}

    def _handle_exception(self, exception):
        if not self.session.db and is_under_root(self.httprequest.path):
            return ServiceUnavailable()  # the database was lost on the way
        return super()._handle_exception(exception)


_call = odoo.http.Root.__call__
_setup_db = odoo.http.Root.setup_db
_get_request = odoo.http.Root.get_request


def _list_databases(httprequest):
    return odoo.http.db_list(True, httprequest)


def __call__(self, environ, start_response):
    path = environ["PATH_INFO"]
    if self._loaded and is_under_root(path) and "/static/" not in path:
        # Not by what serves static files, and opens a session to tell what is cached.
        return odoo.http.Root.dispatch(self, environ, start_response)
    return _call(self, environ, start_response)


def setup_db(self, httprequest):
    try:
        name = choose_database(httprequest, lambda: _list_databases(httprequest))
        if name and name != httprequest.session.db:
            if not httprequest.session.new:  # one of another database stays as it is
                httprequest.session = self.session_store.new()
            httprequest.session.db = name
        return _setup_db(self, httprequest)
    except psycopg2.OperationalError as error:
        if is_under_root(httprequest.path):
            raise ServiceUnavailable() from error
        raise


def get_request(self, httprequest):
    if not is_under_root(httprequest.path):
        return _get_request(self, httprequest)
    if not httprequest.session.db:
        raise explain_no_database(lambda: _list_databases(httprequest))
    try:
        odoo.registry(httprequest.session.db)  # which base_rest knows the services of
    except (AttributeError, psycopg2.Error) as error:
        raise ServiceUnavailable() from error
    if is_rest_token_path(httprequest.session.db, httprequest.path):
        return RestTokenRequest(httprequest)
    return _get_request(self, httprequest)


odoo.http.Root.__call__ = __call__
odoo.http.Root.setup_db = setup_db
odoo.http.Root.get_request = get_request
