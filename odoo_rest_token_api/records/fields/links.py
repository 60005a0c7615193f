"""Links to other records."""

from odoo.addons.odoo_rest_token.exceptions import shorten

from ... import wire
from ...openapi.parts import ID_SCHEMA, LINK
from .base import EQUALITY, RecordField


class LinkField(RecordField):
    @property
    def comodel(self):
        return self.env[self.field.comodel_name]

    def get_filter_schema(self):
        return dict(ID_SCHEMA)

    def parse_filter(self, value):
        if value is None:
            return False
        return parse_id(wire.to_integer(value) if isinstance(value, str) else value)

    @property
    def sortable(self):
        return False


class Many2oneField(LinkField):
    """``{"id", "name"}``. A client may send the id alone."""

    @property
    def operators(self):
        parent = self.comodel._fields.get(self.comodel._parent_name)
        is_tree = parent is not None and parent.comodel_name == self.field.comodel_name
        return (*EQUALITY, "child_of") if is_tree else EQUALITY

    def get_value_schema(self):
        schemas = [LINK]
        if self.writable:
            schemas.append(ID_SCHEMA)
        if not self.required:
            schemas.append({"type": "null"})
        return {"anyOf": schemas}

    def to_json(self, value, values):
        return to_record(value)

    def parse(self, value):
        return parse_id(value)

    def get_links(self, value, record):
        if value and value != record[self.field.name].id:
            yield self.field.comodel_name, {value}


class ToManyField(LinkField):
    """A list of ids. What a client sends replaces what was there."""

    json_type = "array"
    nullable = False
    operators = ("eq", "in", "not_in", "empty")

    def get_value_schema(self):
        item = ID_SCHEMA
        if self.children:
            item = {
                **ID_SCHEMA,
                "type": ["integer", "object"],
                "required": [c.name for c in self.children.values() if c.required],
                "properties": {
                    "id": ID_SCHEMA,
                    **{n: c.get_json_schema() for n, c in self.children.items()},
                },
                "additionalProperties": False,
            }
        return {"type": "array", "items": item}

    def to_json(self, value, values):
        return list(value or ())

    def from_json(self, value):
        return self.parse(value) if self.writable else value

    def parse(self, value):
        if not isinstance(value, list):
            raise ValueError("must be a list")
        kept, updated, created = [], [], []
        for item in value:
            if not isinstance(item, dict) or not self.children:
                kept.append(parse_id(item))
                continue
            values = self._parse_child(item)
            if "id" not in item:
                created.append((0, 0, values))
                continue
            kept.append(parse_id(item["id"]))
            if values:
                updated.append((1, kept[-1], values))
        if self.required and not (kept or created):
            raise ValueError("must not be empty")
        return [(6, 0, kept), *updated, *created]

    def _parse_child(self, item):
        values = {}
        for name, value in item.items():
            if name == "id":
                continue
            child = self.children.get(name)
            if child is None:
                raise ValueError(f"unknown field {shorten(name)!r}")
            if child.writable:
                try:
                    values[child.field.name] = child.from_json(value)
                except ValueError as error:
                    raise ValueError(f"{name} {error}") from error
        if "id" not in item:
            for name, child in self.children.items():
                if child.required and name not in item:
                    raise ValueError(f"{name} is required")
        return values

    def get_links(self, value, record):
        for command, _record_id, content in value:
            if command == 6:
                yield self.field.comodel_name, set(content)
                continue
            for child in self.children.values():
                if child.field.name in content:
                    yield from child.get_links(content[child.field.name], self.comodel)


class ReferenceField(RecordField):
    """``{"model", "id"}``: a record of one of several models."""

    operators = ("empty",)

    def get_value_schema(self):
        schema = {
            "type": "object",
            "required": ["model", "id"],
            "properties": {
                "model": {"type": "string", "enum": self._get_models()},
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

    def parse(self, value):
        if not isinstance(value, dict) or set(value) != {"model", "id"}:
            raise ValueError("must have a model and an id")
        models = self._get_models()
        if value["model"] not in models:
            raise ValueError(f"must be a record of one of {', '.join(models)}")
        return f"{value['model']},{parse_id(value['id'])}"

    def get_links(self, value, record):
        if not value:
            return
        model, record_id = value.split(",")
        current = record[self.field.name]
        if not current or f"{current._name},{current.id}" != value:
            yield model, {int(record_id)}

    def _get_models(self):
        return [model for model, _label in self.field._description_selection(self.env)]


def to_record(value):
    """Turn a link as ``read()`` returns it into what JSON takes.

    :param value: ``(id, name)``, or a falsy value
    :rtype: dict or None
    """
    return {"id": value[0], "name": value[1] or ""} if value else None


def parse_id(value):
    """Read a link that a client sent: an id, or an object that has one.

    :rtype: int
    :raise ValueError: it is none
    """
    if isinstance(value, dict):
        if not set(value) <= {"id", "name"}:
            raise ValueError("must be an id, or have an id and a name")
        wire.to_text(value.get("name", ""))
        value = value.get("id")
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    if not is_integer or not 0 < value <= wire.MAX_ID:
        raise ValueError("must be the id of a record")
    return value


def check_links(env, links):
    """Check that the current user can see the records that are linked.

    :param odoo.api.Environment env: of the user
    :param list links: of (str, str, set of int): who links, the model, and the ids
    :raise ValueError: not all; says who links which, in words for the client
    """
    wanted = {}
    for _who, model, ids in links:
        wanted.setdefault(model, set()).update(ids)
    missing = {}
    for model, ids in wanted.items():
        records = env[model].with_context(active_test=False)
        found = records.search([("id", "in", list(ids))]).ids if ids else ()
        missing[model] = ids.difference(found)
    errors = []
    for who, model, ids in links:
        ids = sorted(ids & missing[model])
        if ids:
            errors.append(f"{who}: there is no record {', '.join(map(str, ids))}")
    if errors:
        raise ValueError("; ".join(errors))
