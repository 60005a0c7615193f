"""One request to an operation, step by step, from its route to its answer."""

from contextlib import suppress

from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound

from odoo import api, models
from odoo.http import Response, request

from odoo.addons.odoo_rest_token.exceptions import InsufficientScope

from ..limits import STRANGER, TOKEN_HOLDER
from ..wire import MAX_ID
from .context import apply_headers
from .reading import LINE_TYPES, read_apart, read_file, read_lines, read_params
from .table import PART, RESOURCE


class Call:
    """What the steps find out of one request.

    :param str path: of the request
    :param werkzeug.routing.Rule rule: whose endpoint is the :class:`Operation`
    :param dict arguments: of the path, as the rule names them
    :param int resource_id: id of the ``rest.resource``, where the path names one
    :param Deprecation deprecation: of that resource, if it is deprecated
    """

    def __init__(self, path, rule, arguments, resource_id=None, deprecation=None):
        self.path = path
        self.rule = rule
        self.operation = rule.endpoint  # that of the part, where the path names one
        self.arguments = arguments
        self.resource_id = resource_id
        self._deprecation = deprecation
        self.args = ()  # of the method: what the path says, once Odoo has read it
        self.service = None  # once it is opened
        self.params = None  # once they are read

    @property
    def _usage(self):
        return self.operation.usage or self.arguments[RESOURCE]

    @property
    def service_path(self):
        """Root and path of the service, such as ``/api/partners``."""
        return f"{self.operation.root}{self._usage}"

    @property
    def operation_id(self):
        """Name of the operation in the document."""
        return self.operation.get_id(self._usage)

    @property
    def deprecation(self):
        """Of the operation, or of the whole resource.

        :rtype: Deprecation, or None
        """
        return self.operation.routing.get("deprecated") or self._deprecation

    def open_service(self):
        """Open the service in the environment of the request: a context manager."""
        resource = request.env["rest.resource"].sudo().browse(self.resource_id or [])
        return self.operation.open_service(resource)


class UnknownPart(NotFound):
    """The service has nothing of that name, by that method of HTTP."""


class RestCall(models.AbstractModel):
    """The way of a request. To override a step is to change it for all services.

    Odoo takes the first two, as for any route: ``ir.http`` asks for :meth:`_match`, and
    authenticates the request as the ``auth`` of the operation says.
    """

    _name = "rest.call"
    _description = "REST Call"

    @api.model
    def _match(self, path, verb):
        """Find what a request calls.

        :param str path: of the request
        :param str verb: its method of HTTP
        :rtype: Call
        :raise werkzeug.exceptions.NotFound: there is no operation of ours
        :raise werkzeug.exceptions.MethodNotAllowed: there is, by other methods
        """
        try:
            return self._find(path, verb)
        except (MethodNotAllowed, UnknownPart):
            raise self._make_refusal(path) from None

    @api.model
    def _find(self, path, verb):
        rule, arguments = self.pool.rest_operations.match(path, verb)
        resource = (None, None)
        if RESOURCE in arguments:
            resource = self.env["rest.resource"]._find_served(arguments[RESOURCE])
            if not resource:
                raise NotFound()
        call = Call(path, rule, arguments, *resource)
        if PART in arguments and call.operation.part_kind:
            with call.open_service() as service:
                call.operation = service._bind(call.operation, arguments[PART])
            if not call.operation:
                raise UnknownPart()
        return call

    @api.model
    def _make_refusal(self, path):
        """Make the refusal of a method of HTTP, which says what is served.

        :param str path: of the request
        :return: 405, or 404 where none is served
        :rtype: werkzeug.exceptions.HTTPException
        """
        served = []
        verbs = set(self.pool.rest_operations.get_verbs(path))
        for verb in sorted(verbs - {"HEAD", "OPTIONS"}):
            with suppress(UnknownPart):
                call = self._find(path, verb)
                with call.open_service() as service:
                    if service._is_served(call.operation.name):
                        served.append(verb)
        return MethodNotAllowed(served) if served else NotFound()

    @api.model
    def _serve(self, call):
        """Serve a request whose user is known.

        :param Call call: of :meth:`_match`
        :rtype: odoo.http.Response
        """
        self._prepare(call)
        with call.open_service() as call.service:
            self._check(call)
            self._read_request(call)
            return self._answer(call, self._run(call))

    @api.model
    def _prepare(self, call):
        """Choose the company and the language that the headers ask for.

        :raise JsonError: 400 or 403, as there is no such company for the user
        """
        apply_headers(request.httprequest)

    @api.model
    def _check(self, call):
        """Check that this may be called, before the body is read.

        :raise werkzeug.exceptions.HTTPException: 404 or 405, as it is not served
        :raise InsufficientScope: the token is limited to other things
        """
        if any(isinstance(arg, int) and abs(arg) > MAX_ID for arg in call.args):
            raise NotFound()
        if not call.service._is_served(call.operation.name):
            raise self._make_refusal(call.path)
        routing = call.operation.routing
        if not call.service._is_open(routing):
            raise InsufficientScope(call.service._get_scope(routing))

    @api.model
    def _read_request(self, call):
        """Read what the client sends.

        :raise werkzeug.exceptions.BadRequest: it can't be read, or it is forged
        :raise werkzeug.exceptions.HTTPException: 413, as it is too long
        """
        if call.params is not None:
            return  # Odoo serves a request once more, where it has to wait for others
        is_known = getattr(request, "rest_principal", None) or request.session.uid
        limits = TOKEN_HOLDER if is_known else STRANGER
        routing = call.operation.routing
        if routing.get("body") == "file":
            limits = limits._replace(body=routing.get("max_size") or limits.body)
            call.params = read_file(request.httprequest, limits)
            return
        if request.httprequest.mimetype in LINE_TYPES.get(routing.get("body"), ()):
            call.params = read_lines(request.httprequest, limits)
            return
        is_apart = routing.get("body") == "apart"
        read = read_apart if is_apart else read_params
        gather = call.service._make_gather(routing.get("input_param"))
        params = read(request.httprequest, limits, gather)
        body = params["body"] if is_apart else params
        if body == []:
            raise BadRequest("The list is empty.")  # base_rest takes it for an object
        if routing["csrf"] and not call.operation.only_reads:
            token = body.pop("csrf_token", None) if isinstance(body, dict) else None
            if not request.validate_csrf(token):
                raise BadRequest("csrf_token: is none of this session")
        call.params = params

    @api.model
    def _run(self, call):
        """Run the method of the service.

        :return: what it returned
        """
        return call.service.dispatch(
            call.operation.name, *call.args, params=call.params
        )

    @api.model
    def _answer(self, call, result):
        """Make the answer of what a method returned.

        It is for its client alone: caches know what the header ``Authorization`` means,
        but not ``access-token``; and a token is not to be stored (RFC 6749, 5.1).

        :rtype: odoo.http.Response
        """
        if not isinstance(result, Response):
            result = request.make_json_response(result)
        result.headers["Cache-Control"] = "no-store"
        return result
