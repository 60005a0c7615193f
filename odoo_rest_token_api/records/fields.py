"""Fields of a resource: their schemas, and their values on the wire.

A field of the ORM is wrapped in a :class:`RecordField` of its type. The schemas come
from what the ORM says of the field.
"""

import base64
import binascii
from functools import partial

from .. import wire

READ, WRITE, REQUIRED = "read", "write", "required"
MAX_ID = 2**31 - 1

EQUALITY = ("eq", "ne", "in", "not_in", "empty")
ORDER = ("lt", "lte", "gt", "gte")
ID_SCHEMA = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
TEXT = ("like", "ilike", "not_like", "not_ilike")


class RecordField:
    """A field of the ORM, on the wire.

    :param str name: what it is called on the wire
    :param odoo.fields.Field field: of the model
    :param str access: ``"read"``, ``"write"`` or ``"required"``; the last means that it
        may be written, and has to be given on creation
    :param dict children: for fields that link many records, what may be written on
        those, by the same rules
    """

    json_type = "string"
    json_format = None
    nullable = True
    operators = EQUALITY
    by_default = True  # read unless the client chooses fields

    def __init__(self, name, field, access=READ, children=None):
        self.name = name
        self.field = field
        self.writable = access != READ
        self.required = access == REQUIRED
        self.children = children

    # ------------------------------------------------------------
    # Schemas
    # ------------------------------------------------------------

    def get_cerberus_schema(self, env):
        """Return the Cerberus rules of the field, for input and output.

        Their ``meta`` says, when asked, what the values look like in JSON.
        """
        return {
            "nullable": not self.writable or (self.nullable and not self.required),
            "required": self.required,
            "coerce": lambda value: self.from_json(value, env),
            "meta": {"json_schema": partial(self.get_json_schema, env)},
        }

    def get_json_schema(self, env):
        """Return the JSON schema of the field (draft 2020-12).

        :rtype: dict
        """
        schema = self.get_value_schema(env)
        schema["title"] = self.field._description_string(env) or self.name
        description = self.field._description_help(env)
        if description:
            schema["description"] = description
        if not self.writable:
            schema["readOnly"] = True
        return schema

    def get_value_schema(self, env):
        schema = {"type": self.json_type}
        if self.json_format:
            schema["format"] = self.json_format
        return self._or_null(schema)

    def _or_null(self, schema):
        if self.nullable and not self.required:
            schema["type"] = [schema["type"], "null"]
        return schema

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------

    def to_json(self, value, values):
        """Turn what ``read()`` returned into what JSON takes.

        :param value: of this field
        :param dict values: of all fields that were read of the record
        """
        return None if value is False or value is None else value

    def from_json(self, value, env):
        """Turn what a client sent into what ``write()`` takes.

        :raise ValueError: it can't be that; the message is for the client
        """
        if not self.writable:
            return value
        if value is None or value == "":
            if self.required or not self.nullable:
                raise ValueError("must not be empty")
            return False
        return self.parse(value, env)

    def parse(self, value, env):
        """Turn a value that is not empty into what ``write()`` takes.

        :raise ValueError: it can't be that; the message is for the client
        """
        return wire.to_text(value)

    def parse_filter(self, value):
        """Turn a value of a filter into what a domain takes.

        :raise ValueError: it can't be that; the message is for the client
        """
        return False if value is None else wire.to_text(value)

    def get_read_names(self):
        """Names of the ORM's fields that :meth:`to_json` needs."""
        return [self.field.name]

    @property
    def searchable(self):
        return bool(self.field.store or self.field.search)

    @property
    def sortable(self):
        return bool(self.field.store and self.field.column_type)


class TextField(RecordField):
    operators = (*EQUALITY, *TEXT)

    def get_value_schema(self, env):
        schema = super().get_value_schema(env)
        if getattr(self.field, "size", None):
            schema["maxLength"] = self.field.size
        if self.required:
            schema["minLength"] = 1
        return schema

    def to_json(self, value, values):
        return str(value) if value else None

    def parse(self, value, env):
        text = wire.to_text(value)
        size = getattr(self.field, "size", None)
        if size and len(text) > size:
            raise ValueError(f"must have at most {size} characters")
        return text


class IntegerField(RecordField):
    json_type = "integer"
    nullable = False
    operators = ("eq", "ne", "in", "not_in", *ORDER)

    def get_value_schema(self, env):
        schema = super().get_value_schema(env)
        return {**schema, "minimum": -MAX_ID - 1, "maximum": MAX_ID}

    def to_json(self, value, values):
        return value or 0

    def parse(self, value, env):
        if isinstance(value, str):
            raise ValueError("must be an integer")
        return self.parse_filter(value)

    def parse_filter(self, value):
        number = wire.to_integer(value)
        if not -MAX_ID - 1 <= number <= MAX_ID:
            raise ValueError("is out of range")
        return number


class IdField(IntegerField):
    def get_value_schema(self, env):
        return dict(ID_SCHEMA)


class FloatField(RecordField):
    json_type = "number"
    nullable = False
    operators = ("eq", "ne", "in", "not_in", *ORDER)

    def to_json(self, value, values):
        return value or 0.0

    def parse(self, value, env):
        if isinstance(value, str):
            raise ValueError("must be a number")
        return wire.to_float(value)

    def parse_filter(self, value):
        return wire.to_float(value)


class MonetaryField(FloatField):
    """An amount with its currency: ``{"amount": 9.5, "currency": {"id", "name"}}``.

    A client may send the amount alone. If it sends a currency, it has to be the
    record's.
    """

    json_type = "object"

    @property
    def currency_field_name(self):
        return self.field.currency_field or "currency_id"

    def get_value_schema(self, env):
        return {
            "type": ["object", "number"] if self.writable else "object",
            "required": ["amount"],
            "properties": {
                "amount": {"type": "number"},
                "currency": _record_schema(nullable=True),
            },
            "additionalProperties": False,
        }

    def get_read_names(self):
        return [self.field.name, self.currency_field_name]

    def to_json(self, value, values):
        currency = values.get(self.currency_field_name)
        return {"amount": value or 0.0, "currency": _to_record(currency)}

    def parse(self, value, env):
        if isinstance(value, dict):
            unknown = set(value) - {"amount", "currency"}
            if unknown or "amount" not in value:
                raise ValueError("must be a number, or have an amount and a currency")
            self.get_currency_id(value)
            value = value["amount"]
        return super().parse(value, env)

    def get_currency_id(self, value):
        """Return the id of the currency that a client sent, if it sent one."""
        currency = value.get("currency") if isinstance(value, dict) else None
        return None if currency is None else _parse_id(currency)


class BooleanField(RecordField):
    json_type = "boolean"
    nullable = False
    operators = ("eq", "ne")

    def to_json(self, value, values):
        return bool(value)

    def parse(self, value, env):
        if isinstance(value, str):
            raise ValueError("must be true or false")
        return wire.to_boolean(value)

    def parse_filter(self, value):
        return wire.to_boolean(value)


class DateField(RecordField):
    json_format = "date"
    operators = (*EQUALITY, *ORDER)

    def to_json(self, value, values):
        return wire.to_iso_date(value)

    def parse(self, value, env):
        return wire.to_date(value)

    def parse_filter(self, value):
        return False if value is None else wire.to_date(value)


class DatetimeField(RecordField):
    json_format = "date-time"
    operators = (*EQUALITY, *ORDER)

    def to_json(self, value, values):
        return wire.to_iso_datetime(value)

    def parse(self, value, env):
        return wire.to_datetime(value)

    def parse_filter(self, value):
        return False if value is None else wire.to_datetime(value)


class SelectionField(RecordField):
    def get_values(self, env):
        return [value for value, _label in self.field._description_selection(env)]

    def get_value_schema(self, env):
        schema = super().get_value_schema(env)
        values = self.get_values(env)
        return {**schema, "enum": values if self.required else [*values, None]}

    def parse(self, value, env):
        values = self.get_values(env)
        if value not in values:
            raise ValueError(f"must be one of {', '.join(map(str, values))}")
        return value


class BinaryField(RecordField):
    """Base64, and only for a client that asks for it by name."""

    operators = ("empty",)
    by_default = False

    def get_value_schema(self, env):
        return {**super().get_value_schema(env), "contentEncoding": "base64"}

    def to_json(self, value, values):
        if not value:
            return None
        return value.decode() if isinstance(value, bytes) else value

    def parse(self, value, env):
        try:
            base64.b64decode(wire.to_text(value), validate=True)
        except (ValueError, binascii.Error):
            raise ValueError("must be base64") from None
        return value


class Many2oneField(RecordField):
    """``{"id", "name"}``. A client may send the id alone."""

    operators = (*EQUALITY, "child_of")

    def get_value_schema(self, env):
        schema = _record_schema(nullable=not self.required)
        if self.writable:
            types = schema["type"]
            types = types if isinstance(types, list) else [types]
            schema.update(ID_SCHEMA, type=[*types, "integer"])
        return schema

    def to_json(self, value, values):
        return _to_record(value)

    def parse(self, value, env):
        record_id = _parse_id(value)
        check_exist(env[self.field.comodel_name], [record_id])
        return record_id

    def parse_filter(self, value):
        return False if value is None else _parse_id(value)

    @property
    def sortable(self):
        return False


class ToManyField(RecordField):
    """A list of ids. What a client sends replaces what was there."""

    json_type = "array"
    nullable = False
    operators = ("eq", "in", "not_in", "empty")

    def get_value_schema(self, env):
        item = ID_SCHEMA
        if self.children:
            item = {
                **ID_SCHEMA,
                "type": ["integer", "object"],
                "required": [c.name for c in self.children.values() if c.required],
                "properties": {
                    "id": ID_SCHEMA,
                    **{n: c.get_json_schema(env) for n, c in self.children.items()},
                },
                "additionalProperties": False,
            }
        return {"type": "array", "items": item}

    def to_json(self, value, values):
        return list(value or ())

    def from_json(self, value, env):
        return self.parse(value, env) if self.writable else value

    def parse(self, value, env):
        if not isinstance(value, list):
            raise ValueError("must be a list")
        kept, updated, created = [], [], []
        for item in value:
            if not isinstance(item, dict):
                kept.append(_parse_id(item))
                continue
            values = self._parse_child(item, env)
            if "id" not in item:
                created.append((0, 0, values))
                continue
            kept.append(_parse_id(item["id"]))
            if values:
                updated.append((1, kept[-1], values))
        if self.required and not (kept or created):
            raise ValueError("must not be empty")
        check_exist(env[self.field.comodel_name], kept)
        return [(6, 0, kept), *updated, *created]

    def _parse_child(self, item, env):
        values = {}
        for name, value in item.items():
            if name == "id":
                continue
            child = (self.children or {}).get(name)
            if child is None:
                raise ValueError(f"unknown field {name!r}")
            if child.writable:
                try:
                    values[child.field.name] = child.from_json(value, env)
                except ValueError as error:
                    raise ValueError(f"{name} {error}") from error
        if "id" not in item:
            for name, child in (self.children or {}).items():
                if child.required and name not in item:
                    raise ValueError(f"{name} is required")
        return values

    def parse_filter(self, value):
        return False if value is None else _parse_id(value)

    @property
    def sortable(self):
        return False


class ReferenceField(RecordField):
    """``{"model", "id"}``: a record of one of several models."""

    operators = ("empty",)

    def get_value_schema(self, env):
        models = [name for name, _label in self.field._description_selection(env)]
        schema = {
            "type": "object",
            "required": ["model", "id"],
            "properties": {
                "model": {"type": "string", "enum": models},
                "id": ID_SCHEMA,
            },
            "additionalProperties": False,
        }
        return self._or_null(schema)

    def to_json(self, value, values):
        if not value:
            return None
        model, record_id = value.split(",")
        return {"model": model, "id": int(record_id)}

    def parse(self, value, env):
        if not isinstance(value, dict) or set(value) != {"model", "id"}:
            raise ValueError("must have a model and an id")
        models = [name for name, _label in self.field._description_selection(env)]
        if value["model"] not in models:
            raise ValueError(f"must be a record of one of {', '.join(models)}")
        record_id = _parse_id(value["id"])
        check_exist(env[value["model"]], [record_id])
        return f"{value['model']},{record_id}"


FIELD_TYPES = {
    "char": TextField,
    "text": TextField,
    "html": TextField,
    "integer": IntegerField,
    "many2one_reference": IntegerField,
    "float": FloatField,
    "monetary": MonetaryField,
    "boolean": BooleanField,
    "date": DateField,
    "datetime": DatetimeField,
    "selection": SelectionField,
    "binary": BinaryField,
    "image": BinaryField,
    "many2one": Many2oneField,
    "one2many": ToManyField,
    "many2many": ToManyField,
    "reference": ReferenceField,
}


def make_fields(model, declaration):
    """Wrap the fields of a model as a service declares them.

    :param odoo.models.Model model: empty recordset
    :param declaration: a list of names, where the ORM says which may be written and
        which are required; or a dict from names to ``"read"``, ``"write"`` or
        ``"required"``, or to such a dict for the records that a field links
    :return: by their name on the wire, ``id`` among them
    :rtype: dict of RecordField
    :raise ValueError: there is no such field, or its type can't be served
    """
    fields = {"id": IdField("id", model._fields["id"])}
    for name in declaration:
        field = model._fields.get(name)
        if field is None or field.type not in FIELD_TYPES:
            raise ValueError(f"{model._name} has no field {name!r} that can be served")
        access = declaration[name] if isinstance(declaration, dict) else None
        children = None
        if isinstance(access, dict):
            comodel = model.env[field.comodel_name]
            children, access = make_fields(comodel, access), WRITE
            children.pop("id")
        access = access or get_default_access(field)
        fields[name] = FIELD_TYPES[field.type](name, field, access, children)
    return fields


def get_default_access(field):
    """What the ORM says of who may write a field.

    :rtype: str
    """
    if field.readonly or field.automatic:
        return READ
    if field.required and not field.default and not field.compute:
        return REQUIRED
    return WRITE


def check_exist(model, ids):
    """Check that the current user can see these records, archived ones too.

    :raise ValueError: not all
    """
    ids = set(ids)
    if not ids:
        return
    found = model.with_context(active_test=False).search([("id", "in", list(ids))])
    missing = sorted(ids.difference(found.ids))
    if missing:
        raise ValueError(f"there is no record {', '.join(map(str, missing))}")


def _record_schema(nullable):
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": ID_SCHEMA, "name": {"type": "string"}},
        "additionalProperties": False,
    }
    if nullable:
        schema["type"] = ["object", "null"]
    return schema


def _to_record(value):
    return {"id": value[0], "name": value[1] or ""} if value else None


def _parse_id(value):
    if isinstance(value, dict):
        if not set(value) <= {"id", "name"}:
            raise ValueError("must be an id, or have an id and a name")
        wire.to_text(value.get("name", ""))
        value = value.get("id")
    record_id = wire.to_integer(value)
    if not 0 < record_id <= MAX_ID:
        raise ValueError("must be the id of a record")
    return record_id
