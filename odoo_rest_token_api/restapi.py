"""What services are declared with, beside base_rest's own ``restapi``."""

import inspect

from cerberus import Validator
from cerberus.errors import BasicErrorHandler
from cerberus.schema import DefinitionSchema
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest

from odoo.tools import config

from odoo.addons.base_rest.restapi import CerberusValidator as BaseCerberusValidator

from .openapi.json_schema import to_json_schema
from .openapi.names import add_schema, name_schema


class ErrorHandler(BasicErrorHandler):
    messages = {**BasicErrorHandler.messages, 0x61: "{0}", 0x62: "{0}"}


class CerberusValidator(BaseCerberusValidator):
    """Cerberus schema whose refusals name each field in plain words."""

    def get_cerberus_validator(self, service, direction):
        validator = super().get_cerberus_validator(service, direction)
        validator.error_handler = ErrorHandler()
        return validator

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
        return {"required": True, "content": self._get_content(service, spec, schema)}

    def to_openapi_responses(self, service, spec):
        schema = self.to_json_schema(service, spec, "output")
        content = self._get_content(service, spec, schema)
        return {"200": {"description": "Done", "content": content}}

    def _get_content(self, service, spec, schema):
        if isinstance(self._schema, str):
            name = name_schema(service._usage, self._schema)
            schema = add_schema(spec, name, schema)
        return {"application/json": {"schema": schema}}


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


class KnownSchema(DefinitionSchema):
    """Schema that is expanded, and needs no check: Cerberus has checked the like of it.

    Cerberus remembers which schemas it has checked, but takes one with other functions
    for another one. It checks and expands it anew for each document.
    """

    def validate(self, schema=None):
        """Take the schema for granted."""

    @classmethod
    def expand(cls, schema):
        return schema

    def copy(self):  # pylint: disable=method-required-super
        """Return what Cerberus normalises by: it sets each of its rules once more.

        :rtype: dict
        """
        return self.schema.copy()


def make_validator(schema, known=False):
    """Make a validator that takes no keys but those of the schema.

    :param dict schema: of Cerberus
    :param bool known: whether the schema needs no check
    :rtype: cerberus.Validator
    :raise cerberus.SchemaError: it does, and is none
    """
    validator = Validator(error_handler=ErrorHandler())
    if known:
        schema = KnownSchema(validator, DefinitionSchema.expand(schema))
    validator.schema = schema
    return validator


def make_read_only(name, rules):
    """Make the Cerberus rules of what may be sent back, and is not looked at.

    :param str name: of the key
    :param dict rules: as it is read
    :rtype: dict
    """

    def describe():
        described = to_json_schema({name: rules})["properties"][name]
        return {**described, "readOnly": True}

    return {"nullable": True, "meta": {"json_schema": describe}}


def validate(validator, document):
    """Validate what a client sent.

    :param cerberus.Validator validator: of its schema
    :param dict document: what the client sent
    :return: the document, normalised
    :rtype: dict
    :raise BadRequest: it is refused; each field is named
    """
    if not isinstance(document, dict):
        raise BadRequest("A record has to be an object.")
    if validator.validate(_without_files(document)):
        return validator.document
    raise BadRequest(describe_errors(validator.errors))


def _without_files(value):
    """Put no bytes in place of files: Cerberus copies what it refuses, but not them."""
    if isinstance(value, FileStorage):
        return b""
    if isinstance(value, list):
        return [_without_files(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_files(item) for name, item in value.items()}
    return value


def describe_errors(errors):
    """Put the errors of Cerberus into one sentence.

    :param dict errors: ``Validator.errors``
    :return: such as ``login: required field; lines.0.price: must be of float type``
    :rtype: str
    """
    return "; ".join(_flatten(errors))


def _flatten(errors, path=()):
    for key, messages in sorted(errors.items(), key=lambda item: str(item[0])):
        here = (*path, str(key))
        for message in messages:
            if isinstance(message, dict):
                yield from _flatten(message, here)
            else:
                yield f"{'.'.join(here)}: {message}"


def get_routing(method):
    """Return what ``restapi.method`` was told of a method.

    :rtype: dict, or None for a method that is not exposed
    """
    # base_rest calls it "original_routing" from Odoo 16.0.
    return getattr(method, "original_routing", None) or getattr(method, "routing", None)


def iter_methods(service):
    """Iterate over the exposed methods of a service.

    :rtype: iterator of (str, method)
    """
    for name in sorted(dir(type(service))):
        if inspect.isfunction(getattr(type(service), name)):
            method = getattr(service, name)
            if get_routing(method):
                yield name, method
