import json
import logging
from contextlib import suppress
from functools import partial

from apispec import APISpec
from cerberus import DocumentError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, HTTPException

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.odoo_rest_token.principal import Scope, takes_tokens

from ..dispatch.operations import get_declared, only_reads
from ..dispatch.reading import take_one
from ..openapi.security import TokenSecurityPlugin
from ..openapi.service import TokenServiceAPISpec
from ..restapi import (
    AbstractComponent,
    BinaryData,
    InvalidParameter,
    MultipartFormData,
)

_logger = logging.getLogger(__name__)


def is_json(value):
    """Tell whether a part of a form is text that is JSON.

    :rtype: bool
    """
    try:
        json.loads(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


class BaseRestService(AbstractComponent):
    """What tokens have to do with a service, whatever it inherits."""

    _inherit = "base.rest.service"

    def _is_available(self):
        """Tell whether this database has the service: it has, unless told otherwise.

        The table of operations is made when the database is loaded: a change counts
        after a restart.

        :rtype: bool
        """
        return True

    def _is_served(self, name):
        """Tell whether a method is served: it is, unless told otherwise.

        :param str name: of the method
        :rtype: bool
        """
        return True

    def _get_title(self):
        """Say to people what the service is about, in the language of the context.

        :rtype: str
        """
        return self._usage.replace("-", " ").replace("_", " ")

    # ------------------------------------------------------------
    # Parts: what a service has by names, each of which is an operation
    # ------------------------------------------------------------

    def _get_parts(self, kind):
        """Return what paths may name, of a kind that ``restapi.method`` declares.

        ``@restapi.method([("/<rest_part:part>", "POST")], part="action")`` is there for
        each of ``self._get_parts("action")``. Nobody's rights count here.

        :param str kind: such as ``action``
        :return: by name, what is declared of each: ``text`` for the document, and what
            ``restapi.method`` takes, such as ``scope``
        :rtype: dict of dict
        """
        return {}

    def _bind(self, operation, name):
        """Make the operation of one part.

        :param Operation operation: whose path leaves open which
        :param str name: of the part
        :rtype: Operation, or None where there is no such part
        """
        declared = self._get_parts(operation.part_kind).get(name)
        return operation.bind(name, **declared) if declared else None

    def _iter_bound(self, operation):
        if not operation.part_kind:
            yield operation
            return
        for name, declared in self._get_parts(operation.part_kind).items():
            yield operation.bind(name, **declared)

    # ------------------------------------------------------------
    # Scopes
    # ------------------------------------------------------------

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
        return f"{self._usage}:{'read' if only_reads(routing) else 'write'}"

    def _get_scope_audience(self):
        """Return what the scopes of this service are made for: its collection.

        :rtype: str, one word
        """
        return self._collection

    def _is_open(self, routing):
        """Tell whether the token of the request, if it has one, is for a method.

        :param dict routing: what ``restapi.method`` was told
        :rtype: bool
        """
        scope = self._get_scope(routing)
        principal = getattr(request, "rest_principal", None)
        if not scope or not principal:
            return True
        return principal.may(Scope(scope, self._get_scope_audience()))

    def _may_call(self, name):
        """Tell whether the token of the request, if it has one, can call a method.

        :param str name: of the method
        :rtype: bool
        """
        return self._is_open(get_declared(getattr(self, name)))

    def _get_deprecation(self, routing):
        """Return what is said of a method that is to go.

        :param dict routing: what ``restapi.method`` was told
        :rtype: Deprecation, or None
        """
        return routing.get("deprecated")

    # ------------------------------------------------------------
    # What base_rest does with requests
    # ------------------------------------------------------------

    @property
    def _is_ours(self):
        """Whether a ``RestTokenController`` serves it: others are base_rest's own."""
        return self.env.registry.rest_operations.find_root(self._collection) is not None

    def _make_gather(self, param):
        """Make what makes a parameter of the values that a form gives under its name.

        :param RestMethodParam param: of the method that is called, or None
        :return: function of a name and a list of values, as :func:`take_one`
        """
        make = getattr(param, "make_gather", None)
        return make(self) if make else partial(self._gather_as_described, param)

    def _gather_as_described(self, param, name, values):
        """Make a list of what a form gives several times, where it is described as one.

        :param RestMethodParam param: that somebody else's addon has, or None
        """
        if len(values) > 1 and param is not None:
            spec = APISpec("", "", "3.0.3")
            with suppress(Exception):  # it describes itself in a document alone
                schema = param.to_json_schema(self, spec, "input")
                if schema["properties"][name]["type"] == "array":
                    return values
        return take_one(name, values)

    def _prepare_input_params(self, method, params):
        if not self._is_ours:
            return super()._prepare_input_params(method, params)
        declared = get_declared(method) or {}
        if isinstance(declared.get("input_param"), MultipartFormData):
            params = self._check_form(declared["input_param"], params)
        try:
            read = super()._prepare_input_params(method, params)
        except DocumentError as error:
            raise BadRequest("The body has to be an object.") from error
        except UserError as error:  # base_rest's own words for what a schema refuses
            raise BadRequest(error.args[0]) from error
        except HTTPException:
            raise
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # Of a type of parameter that takes the shape of a body for granted
            _logger.warning("%s can't read a body", method.__name__, exc_info=True)
            reason = "The body is not as it is documented."
            if isinstance(params, list):
                reason = "The body has to be an object."
            raise BadRequest(reason) from error
        if read == [] and not isinstance(params, list):  # of what an empty object holds
            raise BadRequest("The body has to be a list.")
        return read

    def _check_form(self, param, params):
        """Check that a form has the parts that a method takes, each of its kind.

        :param MultipartFormData param: of the method
        :param params: what the client sent
        :rtype: dict
        :raise BadRequest: it hasn't
        """
        if not isinstance(params, dict):
            raise BadRequest("The body has to be a form: multipart/form-data.")
        params = dict(params)
        for name, part in param._parts.items():
            is_file = isinstance(part, BinaryData)
            value = params.get(name)
            if value is None:
                if not is_file or part._required:
                    raise InvalidParameter(name, "is missing")
                params[name] = None
            elif is_file and not isinstance(value, FileStorage):
                raise InvalidParameter(name, "must be a file, in multipart/form-data")
            elif not is_file and not is_json(value):
                raise InvalidParameter(name, "must be JSON, in multipart/form-data")
        return params

    def _log_call(self, func, params, secure_params, res):
        # Parameters, headers and results hold secrets.
        if self._is_ours:
            return None
        return super()._log_call(func, params, secure_params, res)

    # ------------------------------------------------------------
    # OpenAPI
    # ------------------------------------------------------------

    def _get_rest_operations(self):
        """Return the operations of this service that are documented.

        :rtype: list of Operation
        """
        table = self.env.registry.rest_operations
        operations = table.get_operations(
            table.find_root(self._collection), type(self)._usage
        )
        return [
            each
            for operation in operations
            if not operation.is_alias
            for each in self._iter_bound(operation)
        ]

    def _get_api_spec(self, **params):
        if self._is_ours:
            return TokenServiceAPISpec(self, **params)
        spec = super()._get_api_spec(**params)
        if takes_tokens(params.get("default_auth")):
            plugin = TokenSecurityPlugin(self)
            plugin.init_spec(spec)
            spec.plugins.append(plugin)
        return spec

    def _get_openapi_default_responses(self):
        return {} if self._is_ours else super()._get_openapi_default_responses()

    def _get_error_statuses(self, routing):
        """Return the statuses of the errors that a method may answer.

        :param dict routing: what ``restapi.method`` was told
        :rtype: iterable of int
        """
        statuses = {400, 401, 403, 503}
        if any("<" in path for paths, _verb in routing["routes"] for path in paths):
            statuses.add(404)
        if not only_reads(routing):
            statuses.add(413)
        if takes_tokens(routing["auth"]):
            statuses.add(429)
        return statuses | set(routing.get("errors", ()))
