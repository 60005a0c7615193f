import logging
from functools import partial

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..controllers.main import is_rest_token_path
from ..controllers.resource import get_resource_route, get_resource_verbs
from ..errors import is_database_failure, to_json_error
from ..http.guard import was_passed_by

_logger = logging.getLogger(__name__)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info, **kwargs):
        match = partial(super()._match, **kwargs)
        if is_rest_token_path(request.db, path_info):
            rule, arguments = cls._match_without_language(match, path_info)
        else:
            rule, arguments = match(path_info)
        is_page = rule.endpoint.routing.get("website")
        if was_passed_by(request.httprequest.environ) and not is_page:
            raise JsonError(code=404)
        return rule, arguments

    @classmethod
    def _match_without_language(cls, match, path):
        """Find the route of a path of ours, and no language in the path.

        Odoo's ``http_routing`` looks for one, from 16.0, unless it has done so.

        :param match: finds the route of a path, as ``_match`` does
        :param str path: of the request
        :rtype: (werkzeug.routing.Rule, dict)
        """
        if hasattr(request, "is_frontend"):
            return cls._match_service_or_resource(match, path)
        request.is_frontend = request.is_frontend_multilang = False
        rule, arguments = cls._match_service_or_resource(match, path)
        if rule.endpoint.routing.get("website"):  # a page of another addon
            del request.is_frontend, request.is_frontend_multilang
            return match(path)
        return rule, arguments

    @classmethod
    def _match_service_or_resource(cls, match, path):
        """Find the route of a path of ours: that of a service, or else of a resource.

        :param match: finds the route of a path, as ``_match`` does
        :param str path: of the request
        :rtype: (werkzeug.routing.Rule, dict)
        :raise JsonError: there is none, or not for the method of the request
        """
        try:
            return cls._refuse_options(path, *match(path))
        except HTTPException as error:
            if not error.code or error.code < 400:
                raise
            if not isinstance(error, NotFound):
                raise to_json_error(error) from error
        # Werkzeug may take a wrong method for a wrong path where a final slash lacks.
        route = get_resource_route(path)
        routed = route or f"{path.rstrip('/')}/"
        try:
            return cls._refuse_options(routed, *match(routed))
        except HTTPException as error:
            if route and isinstance(error, MethodNotAllowed):
                error.valid_methods = get_resource_verbs(path)
            raise to_json_error(error) from error

    @classmethod
    def _refuse_options(cls, path, rule, arguments):
        """Refuse OPTIONS, which Odoo adds to what a route takes from 16.0.

        :param str path: that is routed
        :param werkzeug.routing.Rule rule: that it matches
        :param dict arguments: of the path
        :return: rule and arguments, unless it is refused
        :raise MethodNotAllowed: OPTIONS is asked for, and no answer to CORS
        """
        if (
            request.httprequest.method == "OPTIONS"
            and is_rest_token_path(request.db, request.httprequest.path)
            and not rule.endpoint.routing.get("cors")
        ):
            routes = request.env["ir.http"].routing_map().bind("")
            # With a final slash, or Werkzeug may find nothing.
            allowed = set(routes.allowed_methods(f"{path.rstrip('/')}/"))
            raise MethodNotAllowed(sorted(allowed - {"OPTIONS"}))
        return rule, arguments

    @classmethod
    def _authenticate(cls, endpoint):
        try:
            return super()._authenticate(endpoint)
        except AccessDenied as error:
            # Odoo takes whatever fails here for a denial, a lost database among it.
            cause = error.__context__
            if is_database_failure(cause):
                raise cls._to_rest_token_error(cause) from error
            raise

    @classmethod
    def _saves_rest_token_session(cls, endpoint):
        if is_rest_token_path(request.db, request.httprequest.path):
            return endpoint.routing["save_session"]  # no, unless a method says so
        return super()._saves_rest_token_session(endpoint)

    @classmethod
    def _check_rest_token_scopes(cls, endpoint):
        if is_rest_token_path(request.db, request.httprequest.path):
            return None  # services check which of their methods a token is for
        return super()._check_rest_token_scopes(endpoint)

    @classmethod
    def _handle_exception(cls, exception):
        error = cls._to_rest_token_error(exception)
        if error is not exception and error.code >= 500:
            _logger.error("%r", request.httprequest.path, exc_info=exception)
        return super()._handle_exception(error)

    @classmethod
    def _handle_error(cls, exception):
        return super()._handle_error(cls._to_rest_token_error(exception))

    @classmethod
    def _to_rest_token_error(cls, exception):
        if isinstance(exception, JsonError):
            return exception
        if not is_rest_token_path(request.db, request.httprequest.path):
            return exception
        return to_json_error(exception)
