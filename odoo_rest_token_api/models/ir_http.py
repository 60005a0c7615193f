import logging
from functools import partial

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from odoo import models
from odoo.http import request

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError
from odoo.addons.odoo_rest_token.principal import Scope, takes_tokens

from ..dispatch.operations import Operation
from ..edge import cors, get_passage, go_on_plainly, was_passed_by
from ..errors import to_json_error
from ..monitoring.trace import get_trace
from ..oauth import OAuthError
from ..roots import roots

_logger = logging.getLogger(__name__)


class IrHttp(models.AbstractModel):
    """Where Odoo's way of a request meets that of ours."""

    _inherit = "ir.http"

    # ------------------------------------------------------------
    # Route
    # ------------------------------------------------------------

    @classmethod
    def _match(cls, path_info, **kwargs):
        match = partial(super()._match, **kwargs)
        environ = request.httprequest.environ
        passage = get_passage(environ)
        if passage:
            passage.has_arrived = True
        if roots.is_ours(path_info, request.db) and not was_passed_by(environ):
            trace = get_trace(environ)
            trace.database = request.db
            trace.watched = request.env["rest.failed.call"]._get_watched()
            passage.headers.update(
                cors.describe_origin(request.env, request.httprequest)
            )
            if cors.is_preflight(request.httprequest):
                trace.is_counted = False
                return cls._match_preflight(match, path_info, passage)
            return cls._match_rest(match, path_info)
        return cls._match_other(match, path_info)

    @classmethod
    def _match_preflight(cls, match, path, passage):
        """Answer the question of a browser what a page of another origin may send.

        :param match: finds the plain route of a path, as ``_match`` does
        :param str path: of the request
        :param passage: whose headers say whether the origin is listed
        :return: the route where it says itself what it allows
        :rtype: (werkzeug.routing.Rule, dict)
        :raise JsonError: the answer
        """
        try:
            rule, arguments = cls._match_rest(match, path)
            if compat.takes_options(rule.endpoint):
                return rule, arguments
            methods = set(rule.endpoint.routing["methods"]) - {"OPTIONS"}
            raise to_json_error(MethodNotAllowed(sorted(methods)))
        except JsonError as refusal:
            is_listed = "Access-Control-Allow-Origin" in passage.headers
            if refusal.code != 405 or not is_listed:
                raise
            authenticators = cls._get_rest_authenticators()
            raise cors.answer_preflight(refusal, authenticators) from None

    @classmethod
    def _match_other(cls, match, path):
        """Find the route of a path that is not ours.

        Odoo's ``http_routing`` may leave a language out of it, such as ``/fr/api/``:
        what came round the guard so is a page, or nothing.

        :param match: finds the route of a path, as ``_match`` does
        :param str path: of the request
        :rtype: (werkzeug.routing.Rule, dict)
        :raise JsonError: 404
        """
        # From 19.0, it is the match that leaves the language out.
        try:
            rule, arguments = match(path)
        except NotFound:
            if not was_passed_by(request.httprequest.environ):
                raise
        else:
            cls._trace_plain(rule)
            is_page = rule.endpoint.routing.get("website")
            if is_page or not was_passed_by(request.httprequest.environ):
                return rule, arguments
        request.is_frontend = request.is_frontend_multilang = False  # no page is shown
        raise JsonError(code=404)

    @classmethod
    def _match_rest(cls, match, path):
        """Find what a path below a root of ours is for: an operation, or a plain route.

        :param match: finds the plain route of a path, as ``_match`` does
        :param str path: of the request
        :rtype: (werkzeug.routing.Rule, dict)
        :raise JsonError: 404 or 405
        """
        call = getattr(request, "rest_call", None)
        if not call or call.path != path:  # Odoo may ask more than once
            try:
                call = request.env["rest.call"]._match(path, request.httprequest.method)
            except HTTPException as error:
                return cls._match_plain(match, path, error)
            request.rest_call = call
            cls._trace_call(call)
            # What http_routing notes of whatever is no page
            request.is_frontend = request.is_frontend_multilang = False
        return call.rule, call.arguments

    @classmethod
    def _match_plain(cls, match, path, refusal):
        """Find the plain route of a path that no operation has.

        :param match: finds the plain route of a path, as ``_match`` does
        :param str path: of the request
        :param werkzeug.exceptions.HTTPException refusal: 404, or 405 of operations
        :rtype: (werkzeug.routing.Rule, dict)
        :raise JsonError: there is none either
        """
        request.rest_call = None
        try:
            rule, arguments = cls._match_without_language(match, path)
        except NotFound:
            raise to_json_error(refusal) from None
        except MethodNotAllowed as error:
            allowed = {*(error.valid_methods or ())}
            allowed.update(getattr(refusal, "valid_methods", None) or ())
            raise to_json_error(MethodNotAllowed(sorted(allowed))) from None
        get_trace(request.httprequest.environ).call("", rule.rule)
        go_on_plainly(request)
        return rule, arguments

    @classmethod
    def _match_without_language(cls, match, path):
        """Find the route of a path, and no language in the path.

        Odoo's ``http_routing`` looks for one, from 16.0, unless it has done so.

        :param match: finds the route of a path, as ``_match`` does
        :param str path: of the request
        :rtype: (werkzeug.routing.Rule, dict)
        """
        if hasattr(request, "is_frontend"):
            return match(path)
        request.is_frontend = request.is_frontend_multilang = False
        rule, arguments = match(path)
        if rule.endpoint.routing.get("website"):  # a page of another addon
            del request.is_frontend, request.is_frontend_multilang
            return match(path)
        return rule, arguments

    # ------------------------------------------------------------
    # What is known of it once it is answered
    # ------------------------------------------------------------

    @classmethod
    def _trace_call(cls, call):
        """Note which operation a request is for, and say if it is deprecated.

        :param Call call: of the request
        """
        environ = request.httprequest.environ
        get_trace(environ).call(call.service_path, call.operation_id)
        passage = get_passage(environ)
        if passage and call.deprecation:
            passage.headers.update(call.deprecation.headers)

    @classmethod
    def _trace_plain(cls, rule):
        """Note which route a request is for that is below no root, but takes tokens.

        :param werkzeug.routing.Rule rule: of the route
        """
        if takes_tokens(rule.endpoint.routing.get("auth")):
            trace = get_trace(request.httprequest.environ)
            trace.begin()
            trace.database = request.db
            trace.call("", rule.rule)

    # ------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------

    @classmethod
    def _count_rest_call(cls, principal):
        get_trace(request.httprequest.environ).principal = principal
        result = super()._count_rest_call(principal)
        passage = get_passage(request.httprequest.environ)
        if passage:
            passage.headers.update(request.rest_rate_headers)
        return result

    # ------------------------------------------------------------
    # Scopes
    # ------------------------------------------------------------

    @classmethod
    def _check_rest_token_scopes(cls, endpoint):
        if isinstance(endpoint, Operation):
            return None  # it is checked as it is called
        return super()._check_rest_token_scopes(endpoint)

    @classmethod
    def _get_rest_token_scopes(cls, name):
        scopes = super()._get_rest_token_scopes(name)
        root = roots.find(request.httprequest.path)
        controller_class = request.registry.rest_operations.roots.get(root)
        if name and controller_class:
            scopes.append(Scope(name, controller_class._collection_name))
        return scopes

    # ------------------------------------------------------------
    # Errors
    # ------------------------------------------------------------

    @classmethod
    def _handle_exception(cls, exception):
        """Up to Odoo 15.0."""
        error = cls._to_rest_error(exception)
        if error is not exception and error.code >= 500:
            _logger.error("%r", request.httprequest.path, exc_info=exception)
        return super()._handle_exception(error)

    @classmethod
    def _handle_error(cls, exception):
        """From Odoo 16.0."""
        return super()._handle_error(cls._to_rest_error(exception))

    @classmethod
    def _to_rest_error(cls, exception):
        call = getattr(request, "rest_call", None)
        if not call:
            return exception
        error = to_json_error(exception)
        is_oauth = call.operation.routing.get("oauth_errors")
        return OAuthError(error) if is_oauth else error
