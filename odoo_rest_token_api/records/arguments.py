"""Typed arguments of actions: what clients may send, and what methods are given."""

import json

from odoo import fields
from odoo.tools import html_sanitize

from .. import wire
from ..openapi.parts import ID_SCHEMA
from ..translating import _lt
from .fields import check_links
from .fields.links import parse_id


class ArgumentType:
    """Type of an argument.

    :param str title: of the type, in a form
    :param parse: function that reads what JSON brings; a ``ValueError`` says to the
        client why not
    :param dict schema: in terms of JSON
    """

    def __init__(self, title, parse, **schema):
        self.title = title
        self.parse = parse
        self.schema = schema


def _to_html(value):
    return html_sanitize(wire.to_text(value))


def _to_number(value):
    if isinstance(value, str):
        raise ValueError("must be a number")
    return wire.to_float(value)


def _to_integer(value):
    if isinstance(value, str):
        raise ValueError("must be an integer")
    return wire.to_integer(value)


def _to_boolean(value):
    if isinstance(value, str):
        raise ValueError("must be true or false")
    return wire.to_boolean(value)


def _to_ids(value):
    if not isinstance(value, list):
        raise ValueError("must be a list")
    return [parse_id(item) for item in value]


def _to_date(value):
    return fields.Date.to_string(wire.to_date(value))


def _to_datetime(value):
    return fields.Datetime.to_string(wire.to_datetime(value))


TYPES = {
    "text": ArgumentType(_lt("Text"), wire.to_text, type="string"),
    "html": ArgumentType(_lt("HTML"), _to_html, type="string"),
    "integer": ArgumentType(_lt("Integer"), _to_integer, type="integer"),
    "number": ArgumentType(_lt("Number"), _to_number, type="number"),
    "boolean": ArgumentType(_lt("Yes or no"), _to_boolean, type="boolean"),
    "date": ArgumentType(_lt("Date"), _to_date, type="string", format="date"),
    "datetime": ArgumentType(
        _lt("Date and time"), _to_datetime, type="string", format="date-time"
    ),
    "record": ArgumentType(_lt("Record"), parse_id, **ID_SCHEMA),
    "records": ArgumentType(_lt("Records"), _to_ids, type="array", items=ID_SCHEMA),
}
LINKS = {"record", "records"}  # which name a model


class Argument:
    """An argument of an action.

    :param str name: in JSON, and of what the method takes
    :param str kind: one of ``TYPES``
    :param bool required: whether a client has to send it
    :param default: as JSON has it; None for none
    :param str description: for the document
    :param str model: of the records that it names
    """

    def __init__(
        self, name, kind, required=False, default=None, description="", model=None
    ):
        self.name = name
        self.kind = TYPES[kind]
        self.required = required
        self.default = default
        self.description = description
        self.model = model if kind in LINKS else None

    def __deepcopy__(self, memo):
        return self  # Cerberus copies the rules of what it refuses.

    def get_cerberus_schema(self):
        """Return the Cerberus rules of what clients may send.

        :rtype: dict
        """
        return {
            "required": self.required,
            "nullable": not self.required,
            "coerce": self.parse,
            "meta": {"json_schema": self.get_json_schema},
        }

    def get_json_schema(self):
        """Return the JSON schema of what clients may send.

        :rtype: dict
        """
        schema = dict(self.kind.schema)
        if not self.required:
            schema["type"] = [schema["type"], "null"]
        if self.default is not None:
            schema["default"] = self.default
        if self.description:
            schema["description"] = self.description
        return schema

    def parse(self, value):
        """Turn what a client sent into what a method takes.

        :raise ValueError: it can't be that; the message is for the client
        """
        if value is None:
            if self.required:
                raise ValueError("must not be empty")
            return None
        return self.kind.parse(value)

    def get_links(self, value):
        """Say which records a value names.

        :param value: of :meth:`parse`
        :rtype: iterable of (str, set of int), models and ids
        """
        if self.model and value:
            yield self.model, set(value if isinstance(value, list) else [value])


def parse_default(text, kind):
    """Read the default of an argument, as an administrator wrote it: text, or JSON.

    :param str text: nothing for none
    :param str kind: one of ``TYPES``
    :return: as JSON has it, or None
    :raise ValueError: it is no value of that type
    """
    if not text:
        return None
    is_text = TYPES[kind].schema["type"] == "string"
    value = text if is_text else json.loads(text)
    TYPES[kind].parse(value)
    return value


def fill_arguments(arguments, values, env):
    """Complete what a client sent by defaults, and check the records that it names.

    :param arguments: iterable of :class:`Argument`
    :param dict values: as Cerberus made them of what the client sent
    :param odoo.api.Environment env: of the user
    :return: by name; what has neither value nor default is left out
    :rtype: dict
    :raise ValueError: the user can't see a record that is named
    """
    filled, links = {}, []
    for argument in arguments:
        value = values.get(argument.name)
        if value is None and argument.default is not None:
            value = argument.kind.parse(argument.default)
        if value is None:
            continue
        filled[argument.name] = value
        links += [(argument.name, *link) for link in argument.get_links(value)]
    check_links(env, links)
    return filled
