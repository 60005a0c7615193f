"""Cerberus: what clients may send, and what they are told of what they may not."""

import logging

from cerberus import Validator
from cerberus.errors import (
    COERCION_FAILED,
    READONLY_FIELD,
    RENAMING_FAILED,
    BasicErrorHandler,
)
from cerberus.schema import DefinitionSchema
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest

from odoo.addons.odoo_rest_token.exceptions import JsonError, shorten

from .errors import is_database_failure
from .openapi.json_schema import to_json_schema

# What most fields have: they are read without Cerberus, as long as nothing is wrong
PLAIN_RULES = {"coerce", "meta", "nullable", "readonly", "required"}
MAX_MESSAGE = 500  # it may repeat what a client sent

_logger = logging.getLogger(__name__)


class Outage(BaseException):
    """What a value is read by has failed: nothing can be said of the value.

    Cerberus takes every ``Exception`` for a refusal, whose text is for clients.

    :param str name: of the value
    """


class ErrorHandler(BasicErrorHandler):
    """Refusals in the plain words of those who raise them."""

    messages = {
        **BasicErrorHandler.messages,
        READONLY_FIELD.code: "can't be written",
        COERCION_FAILED.code: "{0}",
        RENAMING_FAILED.code: "{0}",
    }


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
        if all(rules.keys() <= PLAIN_RULES for rules in schema.values()):
            validator.plain_schema = schema
        else:
            schema = DefinitionSchema.expand(schema)
        schema = KnownSchema(validator, schema)
    validator.schema = schema
    return validator


def make_read_only(name, get_rules):
    """Make the Cerberus rules of what is read and can't be written.

    :param str name: of the key
    :param get_rules: function that returns the rules of it, as it is read
    :rtype: dict
    """

    def describe():
        described = to_json_schema({name: get_rules()})["properties"][name]
        return {**described, "readOnly": True}

    return {"readonly": True, "nullable": True, "meta": {"json_schema": describe}}


def validate(validator, document):
    """Validate what a client sent.

    :param cerberus.Validator validator: of its schema
    :param dict document: what the client sent
    :return: the document, normalised
    :rtype: dict
    :raise BadRequest: it is refused; each field is named
    :raise JsonError: 503, as what a value is read by has failed
    """
    if not isinstance(document, dict):
        raise BadRequest("A record has to be an object.")
    try:
        document = _without_files(document)
        values = _read_plainly(getattr(validator, "plain_schema", None), document)
        if values is not None:
            return values
        if validator.validate(document):
            return validator.document
    except Outage as outage:
        error = outage.__cause__
        if is_database_failure(error):
            raise error from None
        _logger.error("The values of %s can't be listed", outage, exc_info=error)
        raise JsonError(f"{outage}: its values can't be listed", code=503) from error
    raise BadRequest(describe_errors(validator.errors))


def _read_plainly(schema, document):
    """Read what a client sent, as Cerberus does, where it has nothing to say.

    It takes most of the time of a creation to say nothing.

    :param dict schema: of ``PLAIN_RULES`` alone, or None
    :param dict document: what the client sent
    :return: the document, normalised; None where Cerberus has to look at it
    :rtype: dict or None
    """
    if schema is None:
        return None
    values = {}
    for name, value in document.items():
        rules = schema.get(name)
        if rules is None or rules.get("readonly"):
            return None
        if "coerce" in rules:
            try:
                value = rules["coerce"](value)
            except Exception:
                return None
        if value is None and not rules.get("nullable"):
            return None
        values[name] = value
    required = (name for name, rules in schema.items() if rules.get("required"))
    return values if values.keys() >= set(required) else None


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
        here = (*path, shorten(str(key)))
        for message in messages:
            if isinstance(message, dict):
                yield from _flatten(message, here)
            else:
                yield f"{'.'.join(here)}: {shorten(message, MAX_MESSAGE)}"
