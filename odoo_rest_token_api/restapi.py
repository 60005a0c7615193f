"""What integrators import, and nothing else: their services need no other module.

Beside what stands here: :class:`AbstractComponent` and :class:`Component` of OCA's
``component``, and what services are declared with of OCA's ``base_rest``.
"""

from cerberus import Validator
from werkzeug.exceptions import BadRequest

from odoo.tools import config

from odoo.addons.base_rest.controllers.main import RestController
from odoo.addons.base_rest.restapi import (
    BinaryData,
    CerberusListValidator,
    MultipartFormData,
    RestMethodParam,
    method,
)
from odoo.addons.base_rest.restapi import CerberusValidator as BaseCerberusValidator
from odoo.addons.component.core import AbstractComponent, Component
from odoo.addons.odoo_rest_token.exceptions import JsonError

from .dispatch.controller import RestTokenController
from .dispatch.reading import take_one
from .errors import InvalidParameter
from .monitoring.deprecation import Deprecation
from .openapi.json_schema import to_json_schema
from .openapi.names import add_schema, name_schema
from .openapi.records import add_list, add_record
from .schemas import ErrorHandler, describe_errors, validate
from .wire import to_iso_date, to_iso_datetime

JSON, FORM = "application/json", "application/x-www-form-urlencoded"

__all__ = [
    "AbstractComponent",
    "BinaryData",
    "CerberusAnswer",
    "CerberusListValidator",
    "CerberusValidator",
    "Component",
    "Deprecation",
    "InvalidParameter",
    "JsonError",
    "MultipartFormData",
    "RestController",
    "RecordAnswer",
    "RestMethodParam",
    "RestTokenController",
    "method",
    "record",
    "records",
    "to_iso_date",
    "to_iso_datetime",
]


class CerberusValidator(BaseCerberusValidator):
    """Cerberus schema whose refusals name each field in plain words.

    :cvar tuple media_types: of bodies, as the document has them. Generators take the
        first for granted, unless they have one method for all
    """

    media_types = (JSON,)

    def get_cerberus_validator(self, service, direction):
        validator = super().get_cerberus_validator(service, direction)
        validator.error_handler = ErrorHandler()
        return validator

    def make_gather(self, service):
        """Make what makes a parameter of the values that a form gives under its name.

        Where the schema has a list, one value is a list of one, unless the schema says
        itself what becomes of a text.

        :return: function of a name and a list of values
        """
        schema = self._get_schema(service)

        def gather(name, values):
            rules = schema.get(name) or {}
            is_list = rules.get("type") == "list"
            if is_list and (len(values) > 1 or "coerce" not in rules):
                return values
            return take_one(name, values)

        return gather

    def _get_schema(self, service):
        """Return the schema of what clients send, which needs no check yet.

        :rtype: mapping
        """
        schema = self._schema
        if isinstance(schema, str):
            handlers = service.component(usage="cerberus.validator")
            schema = handlers.get_validator_handler(service, schema, "input")()
        return schema.schema if isinstance(schema, Validator) else schema

    def from_params(self, service, params):
        if not isinstance(params, dict):
            raise BadRequest("The body has to be an object.")
        return validate(self.get_cerberus_validator(service, "input"), params)

    def to_json_schema(self, service, spec, direction):
        return to_json_schema(self.get_cerberus_validator(service, direction).schema)

    def to_openapi_query_parameters(self, service, spec):
        schema = self.to_json_schema(service, spec, "input")
        return [
            {
                "name": name,
                "in": "query",
                "required": name in schema.get("required", ()),
                "schema": rules,
            }
            for name, rules in schema["properties"].items()
        ]

    def to_openapi_requestbody(self, service, spec):
        schema = self.to_json_schema(service, spec, "input")
        content = self._get_content(service, spec, schema)
        (described,) = content.values()
        content = {name: dict(described) for name in self.media_types}
        return {"required": bool(schema.get("required")), "content": content}

    def to_openapi_responses(self, service, spec):
        schema = self.to_json_schema(service, spec, "output")
        content = self._get_content(service, spec, schema)
        return {"200": {"description": "Done", "content": content}}

    def _get_content(self, service, spec, schema):
        if isinstance(self._schema, str):
            name = name_schema(service._usage, self._schema)
            return {JSON: {"schema": add_schema(spec, name, lambda: schema)}}
        return {JSON: {"schema": schema}}


class CerberusAnswer(CerberusValidator):
    """Cerberus schema of what a method answers.

    Odoo's tests hold the method to it. Clients gain nothing from that, and it takes
    longer than most methods do.
    """

    def to_response(self, service, result):
        if config["test_enable"]:
            validator = self.get_cerberus_validator(service, "output")
            validator.purge_unknown = False
            if not validator.validate(result):
                raise ValueError(describe_errors(validator.errors))
        return result


class RecordAnswer(RestMethodParam):
    """Records that a method of a service of records returns, as clients read them.

    :param bool many: whether it is a list of them
    """

    def __init__(self, many=False):
        self.many = many

    def from_params(self, service, params):
        raise NotImplementedError("Records are answers.")

    def to_response(self, service, result):
        data = service._to_json(result)
        return {"count": len(data), "data": data} if self.many else data[0]

    def to_json_schema(self, service, spec, direction):
        return (add_list if self.many else add_record)(spec, service)

    def to_openapi_query_parameters(self, service, spec):
        raise NotImplementedError("Records are answers.")

    def to_openapi_requestbody(self, service, spec):
        raise NotImplementedError("Records are answers.")

    def to_openapi_responses(self, service, spec):
        schema = self.to_json_schema(service, spec, "output")
        content = {JSON: {"schema": schema}}
        return {"200": {"description": "Done", "content": content}}


def record():
    """Say that a method returns a record of the model of its service.

    :return: what ``restapi.method`` takes as ``output_param``
    :rtype: RecordAnswer
    """
    return RecordAnswer()


def records():
    """Say that a method returns records of the model of its service.

    :return: what ``restapi.method`` takes as ``output_param``
    :rtype: RecordAnswer
    """
    return RecordAnswer(many=True)
