"""From Odoo 16.0, where an ``Application`` makes a ``Request`` and dispatches it."""

from contextlib import contextmanager

import odoo.http

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..roots import roots
from .databases import (
    HEADER,
    choose_database,
    explain_no_database,
    explain_no_session,
)
from .guard import get_passage

APPLICATION = odoo.http.Application
HEADER_KEY = f"HTTP_{HEADER.upper().replace('-', '_')}"  # in an environ


class RestDispatcher(odoo.http.Dispatcher):
    """Dispatcher of operations, to which all parameters are left."""

    routing_type = "rest_token"

    @classmethod
    def is_compatible_with(cls, request):
        return True

    def pre_dispatch(self, rule, args):
        self.request.params = args
        return super().pre_dispatch(rule, args)

    def dispatch(self, endpoint, args):
        return self.request.registry["ir.http"]._dispatch(endpoint)

    def handle_error(self, exc):
        raise exc  # the guard answers


def make_call(call):
    """Return what serves a request that the guard lets through.

    :param call: ``Application.__call__``
    """
    return call


def go_on_plainly(request):
    """Do nothing: Odoo knows the route before it reads the parameters."""


def install():
    """Patch ``Request._get_session_and_dbname``: which database."""
    get_session_and_dbname = odoo.http.Request._get_session_and_dbname

    def _get_session_and_dbname(self):
        if not roots.find(self.httprequest.path):
            session, name = get_session_and_dbname(self)
            passage = get_passage(self.httprequest.environ)
            if passage:
                passage.refusal = explain_no_session(
                    self.httprequest, name, lambda: _list_databases(self)
                )
            return session, name
        with _without_header(self.httprequest.environ):
            session, name = get_session_and_dbname(self)
        passage = get_passage(self.httprequest.environ)
        try:
            chosen = choose_database(self.httprequest, lambda: _list_databases(self))
        except JsonError as error:
            passage.refusal = error
            return session, None
        if chosen and chosen != name:
            session, name = _new_session(self, chosen), chosen
        if not name:
            passage.refusal = explain_no_database(lambda: _list_databases(self))
        return session, name

    odoo.http.Request._get_session_and_dbname = _get_session_and_dbname


@contextmanager
def _without_header(environ):
    """Have Odoo choose a database as if the request named none.

    From 19.0, it reads the header as well, and refuses it beside a session of another
    database.

    :param dict environ: of the request
    """
    names = {key: environ.pop(key) for key in (HEADER_KEY,) if key in environ}
    try:
        yield
    finally:
        environ.update(names)


def _list_databases(request):
    host = request.httprequest.environ["HTTP_HOST"]
    return odoo.http.db_list(force=True, host=host)


def _new_session(request, database):
    session = odoo.http.root.session_store.new()
    session.update(odoo.http.get_default_session(), db=database)
    session.context["lang"] = request.default_lang()
    session.is_dirty = False
    return session
