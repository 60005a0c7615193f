"""From Odoo 16.0, where an ``Application`` makes a ``Request`` and dispatches it."""

import odoo.http

import odoo.addons.base_rest.http as base_rest
from odoo.addons.odoo_rest_token.exceptions import JsonError, ServiceUnavailable

from ..controllers.main import is_rest_token_path, is_under_root
from ..databases import choose_database, explain_no_database

DATABASE = "odoo_rest_token_api.database"
REFUSAL = "odoo_rest_token_api.refusal"


class RestTokenDispatcher(base_rest.RestApiDispatcher):
    """Dispatcher of base_rest's routes, for it has the same ``routing_type``."""

    @property
    def _is_rest_token_request(self):
        return is_rest_token_path(self.request.db, self.request.httprequest.path)

    def pre_dispatch(self, rule, args):
        if not self._is_rest_token_request:
            return super().pre_dispatch(rule, args)
        self.request.params = args
        return super(base_rest.RestApiDispatcher, self).pre_dispatch(rule, args)

    def dispatch(self, endpoint, args):
        if not self._is_rest_token_request:
            return super().dispatch(endpoint, args)
        return self.request.registry["ir.http"]._dispatch(endpoint)


_get_session_and_dbname = odoo.http.Request._get_session_and_dbname
_serve_nodb = odoo.http.Request._serve_nodb


def _list_databases(request):
    host = request.httprequest.environ["HTTP_HOST"]
    return odoo.http.db_list(force=True, host=host)


def get_session_and_dbname(self):
    session, name = _get_session_and_dbname(self)
    environ = self.httprequest.environ
    try:
        chosen = choose_database(self.httprequest, lambda: _list_databases(self))
    except JsonError as error:
        environ[REFUSAL] = error  # it can be raised where it is caught
        return session, None
    if chosen and chosen != name:
        session, name = _new_session(self, chosen), chosen
    environ[DATABASE] = name
    return session, name


def _new_session(request, database):
    session = odoo.http.root.session_store.new()
    session.update(odoo.http.get_default_session(), db=database)
    session.context["lang"] = request.default_lang()
    session.is_dirty = False
    return session


def serve_nodb(self):
    environ = self.httprequest.environ
    if REFUSAL in environ:
        raise environ[REFUSAL]
    if is_under_root(self.httprequest.path):
        if environ.get(DATABASE):
            raise ServiceUnavailable()
        raise explain_no_database(lambda: _list_databases(self))
    return _serve_nodb(self)


odoo.http.Request._get_session_and_dbname = get_session_and_dbname
odoo.http.Request._serve_nodb = serve_nodb
