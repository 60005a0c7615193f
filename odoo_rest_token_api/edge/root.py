"""Up to Odoo 15.0, where a ``Root`` makes a request of its kind, and dispatches it."""

import json

import psycopg2

import odoo
import odoo.http
from odoo.tools.date_utils import json_default

from odoo.addons.odoo_rest_token.exceptions import ServiceUnavailable

from ..roots import roots
from .databases import choose_database, explain_no_database, explain_no_session
from .guard import get_passage

APPLICATION = odoo.http.Root
JSON_RPC = ("application/json", "application/json-rpc")


class RestRequest(odoo.http.HttpRequest):
    """Request whose parameters are left to the operation that it is for."""

    _request_type = "rest_token"

    def __init__(self, httprequest):
        super(odoo.http.HttpRequest, self).__init__(httprequest)
        self.params = {}

    def dispatch(self):
        if self._is_cors_preflight(self.endpoint):
            return super().dispatch()
        return self._call_function()

    def make_json_response(self, data):
        """Answer JSON, as Odoo itself does from 16.0.

        :rtype: odoo.http.Response
        """
        headers = [("Content-Type", "application/json")]
        return self.make_response(json.dumps(data, default=json_default), headers)


def make_call(call):
    """Make what serves a request that the guard lets through.

    :param call: ``Root.__call__``, which looks for static files first, and opens a
        session to tell what caches may keep
    """

    def serve(self, environ, start_response):
        path = environ["PATH_INFO"]
        if self._loaded and roots.find(path) and "/static/" not in path:
            return odoo.http.Root.dispatch(self, environ, start_response)
        return call(self, environ, start_response)

    return serve


def go_on_plainly(request):
    """Have a request that is for no operation go on as Odoo would have made it.

    Odoo chooses the kind of a request before it knows its route.
    """
    current = request._get_current_object()
    if isinstance(current, RestRequest):
        httprequest, cr = current.httprequest, current._cr
        is_rpc = httprequest.mimetype in JSON_RPC
        current.__class__ = odoo.http.JsonRequest if is_rpc else odoo.http.HttpRequest
        current.__init__(httprequest)
        current._cr = cr


def install():
    """Patch ``Root.get_request``: which database, and which kind of request."""
    get_plain_request = odoo.http.Root.get_request

    def get_request(self, httprequest):
        if not roots.find(httprequest.path):
            passage = get_passage(httprequest.environ)
            if passage:
                passage.refusal = explain_no_session(
                    httprequest,
                    httprequest.session.db,
                    lambda: odoo.http.db_list(True, httprequest),
                )
            return get_plain_request(self, httprequest)
        _choose_database(self, httprequest)
        if not roots.is_ours(httprequest.path, httprequest.session.db):
            return get_plain_request(self, httprequest)
        return RestRequest(httprequest)

    odoo.http.Root.get_request = get_request


def _choose_database(root, httprequest):
    """Give a request the session of its database, whose addons are known from then on.

    :raise JsonError: it names one that is not served, or none is there to be named
    """

    def list_databases():
        return odoo.http.db_list(True, httprequest)

    session = httprequest.session
    name = choose_database(httprequest, list_databases)
    if name and name != session.db:
        if not session.new:  # one of another database stays as it is
            session = httprequest.session = root.session_store.new()
        session.db = name
    if not session.db:
        passage = get_passage(httprequest.environ)
        passage.refusal = explain_no_database(list_databases)
        return
    try:
        odoo.registry(session.db)
    except (AttributeError, psycopg2.Error) as error:
        raise ServiceUnavailable() from error
