from cerberus import DocumentError
from werkzeug.exceptions import BadRequest, MethodNotAllowed

from odoo.http import request

from odoo.addons.component.core import AbstractComponent
from odoo.addons.odoo_rest_token.exceptions import InsufficientScope

from ..openapi.service import TokenServiceAPISpec
from ..restapi import get_routing, iter_methods

READING_METHODS = {"GET", "HEAD", "OPTIONS"}


class RestTokenService(AbstractComponent):
    """Base of the services that are called with a token."""

    _name = "rest.token.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.services"

    @property
    def token(self):
        """Token of the request.

        :rtype: rest.token, empty where the method's ``auth`` asks for none
        """
        token_id = getattr(self.request, "rest_token_id", None)
        return self.env["rest.token"].browse(token_id or [])

    def _is_available(self):
        """Tell whether this database has the service: it has, unless told otherwise.

        Routes are made when the database is loaded: a change counts after a restart.

        :rtype: bool
        """
        return True

    def dispatch(self, method_name, *args, params=None):
        routing = get_routing(getattr(self, method_name))
        self._check_head(routing)
        self._check_scope(routing)
        if params == []:
            raise BadRequest("The list is empty.")  # base_rest takes it for an object
        return super().dispatch(method_name, *args, params=params)

    def _check_head(self, routing):
        """Check that HEAD changes nothing: Odoo adds it to whatever takes GET.

        :param dict routing: what ``restapi.method`` was told
        :raise MethodNotAllowed: the method that takes GET takes POST and the like, too
        """
        if self.request.httprequest.method == "HEAD" and not self._only_reads(routing):
            paths = {path for paths, _verb in routing["routes"] for path in paths}
            raise MethodNotAllowed(sorted(self._get_verbs(paths)))

    def _only_reads(self, routing):
        return all(verb in READING_METHODS for _paths, verb in routing["routes"])

    def _get_verbs(self, paths):
        """Return the methods of HTTP that are served at one of these paths.

        :param paths: iterable of str, as ``restapi.method`` was told
        :rtype: set of str
        """
        return {
            verb
            for name, method in iter_methods(self)
            for its_paths, verb in get_routing(method)["routes"]
            if set(paths).intersection(its_paths) and self._is_served(name)
        }

    # ------------------------------------------------------------
    # Scopes
    # ------------------------------------------------------------

    def _check_scope(self, routing):
        """Check that the token of the request is not limited to other things.

        :param dict routing: what ``restapi.method`` was told
        :raise InsufficientScope: it is
        """
        if not self._is_open(routing):
            raise InsufficientScope(self._get_scope(routing))

    def _is_open(self, routing):
        held = getattr(request, "rest_token_scopes", None)
        if not held:
            return True
        scope = self._get_scope(routing)
        return not scope or scope in held

    def _get_scope(self, routing):
        """Return the scope that a method asks for: to read, or to write.

        ``@restapi.method(..., scope="other:read")`` says otherwise, and ``scope=None``
        that any token will do.

        :param dict routing: what ``restapi.method`` was told
        :rtype: str or None
        """
        if "scope" in routing:
            return routing["scope"]
        if routing.get("auth") in ("none", "public"):
            return None
        return f"{self._usage}:{'read' if self._only_reads(routing) else 'write'}"

    def _get_scopes(self):
        """Return the scopes that the methods of this service ask for.

        :rtype: set of str
        """
        methods = iter_methods(self)
        scopes = {self._get_scope(get_routing(method)) for _name, method in methods}
        return scopes - {None}

    # ------------------------------------------------------------
    # What base_rest does with requests
    # ------------------------------------------------------------

    def _prepare_input_params(self, method, params):
        try:
            return super()._prepare_input_params(method, params)
        except DocumentError as error:
            raise BadRequest("The body has to be an object.") from error

    def _log_call(self, func, params, secure_params, res):
        """Log nothing: parameters, headers and results hold secrets."""

    # ------------------------------------------------------------
    # OpenAPI
    # ------------------------------------------------------------

    def _get_api_spec(self, **params):
        return TokenServiceAPISpec(self, **params)

    def _get_openapi_default_responses(self):
        return {}

    def _get_error_statuses(self, routing):
        """Return the statuses of the errors that a method may answer.

        :param dict routing: what ``restapi.method`` was told
        :rtype: iterable of int
        """
        statuses = {400, 401, 403, 503}
        if any("<" in path for paths, _verb in routing["routes"] for path in paths):
            statuses.add(404)
        if not self._only_reads(routing):
            statuses.add(413)
        return statuses | set(routing.get("errors", ()))

    def _is_served(self, name):
        """Tell whether a method is served: it is, unless told otherwise.

        :param str name: of the method
        :rtype: bool
        """
        return True

    def _may_call(self, name):
        """Tell whether the token of the request, if it has one, can call a method.

        :param str name: of the method
        :rtype: bool
        """
        return self._is_open(get_routing(getattr(self, name)))
