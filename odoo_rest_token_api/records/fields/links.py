"""Links to other records."""

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import shorten

from ... import wire
from ...openapi.names import Part, name_part
from ...openapi.parts import (
    ID_SCHEMA,
    LINK,
    LINK_BY_ID,
    LINK_COMPUTED,
    LINK_ID,
    LINK_INPUT,
    NULL,
)
from ..naming import find_named
from ..operators import EQUALITY, NEGATIVES, TEXT, holds
from ..reading import find_names, list_read_names, read_records
from ..trees import find_descendants, is_tree
from .base import READ_ONLY, RecordField
from .texts import describe_choice, list_choices, needing_choices

# What a client says of links to many, where it does not list them all
ADD, REMOVE, SET = "add", "remove", "set"
IN_ITS_PLACE = (
    "What is listed is all there is afterwards. An object in its place says what "
    "differs, as the operation on links has it."
)


class LinkField(RecordField):
    takes_lists = True
    get_link_keys = staticmethod(lambda model_name: {})

    def _describe_by_key(self):
        """Return the JSON schemas of a linked record that is named by a key.

        :rtype: list of dict, of one at most
        """
        keys = self.get_link_keys(self.field.comodel_name)
        if not keys:
            return []
        described = {
            "type": "object",
            "description": "The one of that key.",
            "properties": keys,
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        }
        return [Part(f"{self._comodel_part}.Key", described, owner="Link")]

    @property
    def _comodel_part(self):
        return name_part(self.field.comodel_name)

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
    """``{"id", "name"}``. A client may send the id alone.

    What looks for a part of a text looks into the name.
    """

    @property
    def operators(self):
        operators = (*EQUALITY, *TEXT)
        return (*operators, "child_of") if is_tree(self.comodel) else operators

    def get_value_schema(self):
        return {"anyOf": [LINK] if self.required else [LINK, NULL]}

    def get_input_schema(self):
        schema = self.get_json_schema()
        if self.writable:
            schema["anyOf"] = [self._describe_item(), *schema["anyOf"][1:]]
        return schema

    def _describe_item(self):
        """Return the JSON schema of a link as it is sent.

        :rtype: dict
        """
        by_key = self._describe_by_key()
        if not by_key:
            return LINK_INPUT
        described = {"anyOf": [LINK, LINK_BY_ID, LINK_ID, *by_key]}
        return Part(f"{self._comodel_part}.Input", described, owner="Link")

    def to_json(self, value, values):
        return to_record(value)

    def parse(self, value):
        return parse_id(value)

    def is_shown_as(self, sent, shown):
        if not isinstance(sent, dict):
            return super().is_shown_as(sent, shown["id"] if shown else None)
        try:
            return bool(shown) and parse_id(sent) == shown["id"]
        except ValueError:
            return False

    def get_links(self, value, record):
        if value and value != record[self.field.name].id:
            yield self.field.comodel_name, {value}

    def parse_pattern(self, value):
        return wire.to_text(value)

    def complete(self, values):
        names = find_names(self.comodel.browse({i for i in values if i}))
        return [names.get(record_id, False) for record_id in values]

    def get_shown(self, value):
        return self.normalize(value[0] if isinstance(value, tuple) else value)

    def holds(self, operator, value, shown):
        if operator not in TEXT:
            return super().holds(operator, value, shown)
        return holds(operator, value, shown[1] if shown else None)

    def get_column_domain(self, operator, value):
        if operator not in TEXT:
            return super().get_column_domain(operator, value)
        if not value:  # all are like nothing
            return [("id", "in" if operator in NEGATIVES else "not in", [])]
        found = find_named(self.comodel, NEGATIVES.get(operator, operator), value)
        if operator in NEGATIVES:
            domains = [
                [(self.field.name, "not in", found)],
                [(self.field.name, "=", False)],
            ]
            return compat.join_or(domains)
        return [(self.field.name, "in", found)]

    def get_domain(self, operator, value):
        if operator != "child_of":
            return super().get_domain(operator, value)
        ids = find_descendants(self.comodel, value) if value else []
        if self._leads_to_the_parent:  # the top of the tree is found with the rest
            return [("id", "in", ids)]
        return super().get_domain("in", ids)

    @property
    def _leads_to_the_parent(self):
        is_own = self.field.comodel_name == self.field.model_name
        return is_own and self.field.name == self.comodel._parent_name


class ComputedMany2oneField(Many2oneField):
    """A link to a record that no table has. Its id is any number, or a text."""

    operators = EQUALITY

    def get_value_schema(self):
        return {"anyOf": [LINK_COMPUTED, NULL]}

    def get_filter_schema(self):
        return {"type": "string"}

    def parse(self, value):
        raise ValueError(READ_ONLY)

    def is_shown_as(self, sent, shown):
        if isinstance(sent, dict):
            sent = sent.get("id", 0) if sent.keys() <= {"id", "name"} else 0
        return super().is_shown_as(sent, shown)

    def parse_filter(self, value):
        return False if value is None else str(value)

    def normalize(self, value):
        return str(value) if value else None

    def get_column_domain(self, operator, value):
        raise ValueError("is in no table")


class Line(dict):
    """Values of a record that is written through another one.

    :ivar dict read_only: what a client sent of fields that it can't write, by their
        names on the wire
    """

    def __init__(self):
        super().__init__()
        self.read_only = {}


class Changes(list):
    """Commands for some links of a field to many, which leave the others alone."""


class ToManyField(LinkField):
    """A list of ids, or of records where it is declared what may be written on them.

    A list that a client sends is all that is there afterwards. An object says what is
    added and what is removed.

    It holds what the user can see, and so do filters: whatever is hidden is linked by
    nothing.
    """

    json_type = "array"
    nullable = False
    operators = ("eq", "in", "not_in", "empty")

    @property
    def is_stored(self):
        """Whether a table has the links; where it has not, their values are read."""
        name = getattr(self.field.base_field, "inverse_name", None)  # of one2many
        inverse = self.comodel._fields.get(name)
        return super().is_stored and (inverse is None or bool(inverse.store))

    def get_value_schema(self):
        item = ID_SCHEMA
        if self.children:
            children = {n: c.get_json_schema() for n, c in self.children.items()}
            item = self.describe_line_or_id(children)
        return {"type": "array", "items": item}

    def describe_line_or_id(self, children):
        """Return the JSON schema of a linked record, as it is read.

        :param dict children: JSON schemas, by their names on the wire
        :rtype: dict
        """
        either = {"anyOf": [LINK_ID, Part("Line", _describe_line(children))]}
        return Part(f"{name_part(self.name)}.LineOrId", either)

    def describe_line(self, children):
        """Return the JSON schema of a linked record that is read in place of its id.

        :param dict children: JSON schemas, by their names on the wire
        :rtype: dict
        """
        return Part(f"{name_part(self.name)}.Line", _describe_line(children))

    def get_input_schema(self):
        """Return the JSON schema of the list that is all there is afterwards.

        What is added and removed is what another operation describes: generators can't
        tell a list from an object.
        """
        schema = self.get_json_schema()
        if not self.writable:
            return schema
        schema["items"] = self._describe_item(f"{name_part(self.name)}.")
        if self.required:
            schema["minItems"] = 1
        text = f"{schema.get('description', '')}\n\n{IN_ITS_PLACE}"
        schema["description"] = text.strip()
        return schema

    def get_changes_schema(self):
        """Return the JSON schema of what differs of the links, the others left alone.

        :rtype: dict
        """
        listed = {"type": "array", "items": self._describe_item("")}
        words = {
            ADD: {**listed, "description": "What is linked, too."},
            REMOVE: {
                "type": "array",
                "items": ID_SCHEMA,
                "description": "What is linked no more.",
            },
            SET: {**listed, "description": "All there is afterwards."},
        }
        schema = {
            "type": "object",
            "description": f"`{ADD}` and `{REMOVE}`, or `{SET}`.",
            "properties": words,
            "minProperties": 1,
            "additionalProperties": False,
        }
        return Part(f"{name_part(self.name)}.Changes", schema)

    def _describe_item(self, group):
        """Return the JSON schema of a link as it is sent.

        A line that there is already needs nothing but its id.

        :param str group: what the name of that of a line begins with
        """
        if not self.children:
            by_key = self._describe_by_key()
            if not by_key:
                return ID_SCHEMA
            described = {"anyOf": [LINK_ID, *by_key]}
            return Part(f"{self._comodel_part}.IdOrKey", described, owner="Link")
        children = {n: c.get_input_schema() for n, c in self.children.items()}
        required = [name for name, child in self.children.items() if child.required]
        line = {
            **_describe_line(children),
            "description": "A line that is there, and what changes of it.",
        }
        new_line = {
            **line,
            "description": "A line that is added.",
            "properties": children,
            "required": required,
        }
        if not required:  # OpenAPI 3.0 knows no empty list
            del new_line["required"]
        either = [LINK_ID, Part("ChangedLine", line), Part("NewLine", new_line)]
        return Part(f"{group}LineInput", {"anyOf": either})

    def to_json(self, value, values):
        return list(value or ())

    @property
    def inverse(self):
        """The field of the linked records that says whose they are, or None."""
        field = self.field.base_field
        if field.type != "one2many" or not field.store or not field.inverse_name:
            return None
        return self.comodel._fields[field.inverse_name]

    @property
    def deletes(self):
        """Whether linked records are deleted, as they are left out.

        Those are that are declared with their fields, as the lines of a document are:
        Odoo's forms do the same. The ORM does it to others that can't do without.
        """
        inverse = self.inverse
        return inverse is not None and bool(
            self.children
            or inverse.required
            or getattr(inverse, "ondelete", None) == "cascade"
        )

    def from_json(self, value):
        if not self.writable:
            raise ValueError(READ_ONLY)
        return self.parse(value)

    def parse(self, value):
        if isinstance(value, dict) and value:
            return self._parse_changes(value)
        kept, others = self._parse_items(value)
        if self.required and not (kept or others):
            raise ValueError("must not be empty")
        return [(6, 0, kept), *others]

    def _parse_changes(self, value):
        unknown = value.keys() - {ADD, REMOVE, SET}
        if unknown:
            raise ValueError(f"has no {shorten(min(unknown))!r}")
        if SET in value:
            if len(value) > 1:
                raise ValueError(f"{SET} can't come with {ADD} or {REMOVE}")
            return self.parse(_to_list(value[SET]))
        added, others = self._parse_items(value.get(ADD, []))
        removed = [parse_id(item) for item in _to_list(value.get(REMOVE, []))]
        both = sorted(set(added).intersection(removed))
        if both:
            raise ValueError(f"{both[0]} can't be added and removed")
        links = [(4, each, 0) for each in added]
        return Changes([*links, *others, *((3, each, 0) for each in removed)])

    def _parse_items(self, items):
        """Read links: ids, or records where their fields are declared.

        :return: ids that are linked, and commands that change and create records
        :rtype: (list of int, list)
        :raise ValueError: they are none; the message is for the client
        """
        kept, updated, created = [], [], []
        for item in _to_list(items):
            if not isinstance(item, dict) or not self.children:
                kept.append(parse_id(item))
                continue
            values = self._parse_child(item)
            if "id" not in item:
                created.append((0, 0, values))
                continue
            kept.append(parse_id(item["id"]))
            if values or values.read_only:
                updated.append((1, kept[-1], values))
        return kept, [*updated, *created]

    def holds(self, operator, value, shown):
        shown = self.get_shown(shown)
        if operator == "empty":
            return (not shown) == value
        values = value if operator in ("in", "not_in") else [value]
        is_one = any(item in shown if item else not shown for item in values)
        return is_one == (operator in ("eq", "in"))

    def get_shown(self, value):
        return tuple(value or ())

    def get_column_domain(self, operator, value):
        name = self.field.name
        if operator == "empty":
            linked = self._search_linked()
            return ["!", (name, "in", linked)] if value else [(name, "in", linked)]
        if operator == "not_in":
            return ["!", *self.get_column_domain("in", value)]
        values = value if operator == "in" else [value]
        ids = [item for item in values if item]
        found = list(self._search_linked([("id", "in", ids)])) if ids else ()
        domain = [(name, "in", found) if found else ("id", "in", [])]
        if len(ids) < len(values):
            return compat.join_or([domain, self.get_column_domain("empty", True)])
        return domain

    def _search_linked(self, domain=()):
        """Search what a client is shown of what the field may link.

        Of a parent's links, by ``_inherits``, it is shown all.

        :rtype: odoo.osv.query.Query, or list of int
        """
        field = self.field.base_field if self.field.inherited else self.field
        context = {"active_test": False, **field.context}
        comodel = self.comodel.with_context(**context)
        if self.field.inherited and self.field.compute_sudo:
            comodel = comodel.sudo()
        domain = [*compat.get_link_domain(field, self.env), *domain]
        inverse = field.type == "one2many" and comodel._fields.get(field.inverse_name)
        if inverse and inverse.store:
            domain.append((field.inverse_name, "!=", False))
        found = compat.search_linked(field, comodel, domain)
        if compat.has_access(self.model, "read"):
            return found
        return list(found)  # another model searches by it

    def _parse_child(self, item):
        values = Line()
        for name, value in item.items():
            if name == "id":
                continue
            child = self.children.get(name)
            if child is None:
                raise ValueError(f"unknown field {shorten(name)!r}")
            if not child.writable:
                values.read_only[name] = value
                continue
            try:
                values[child.field.name] = child.from_json(value)
            except ValueError as error:
                raise ValueError(f"{name} {error}") from error
        if "id" not in item:
            for name, child in self.children.items():
                if child.required and name not in item:
                    raise ValueError(f"{name} is required")
            self.check_read_only(self.comodel, values.read_only)
        return values

    def check_read_only(self, line, sent):
        """Check that what can't be written of a linked record is what is there.

        :param line: the record, or an empty recordset if it is created
        :param dict sent: by the names on the wire
        :raise ValueError: it isn't; the message is for the client
        """
        names = list_read_names(self.children[name] for name in sent)
        rows = read_records(line, names) if sent and line else ()
        for name, value in sent.items():
            child = self.children[name]
            shown = [child.to_json(row[child.field.name], row) for row in rows]
            same = child.is_shown_as(value, shown[0]) if shown else is_empty(value)
            if not same:
                raise ValueError(f"{name} {READ_ONLY}")

    def make_commands(self, value, record):
        """Turn what becomes of links into the commands of what differs.

        They come in the order in which Odoo's forms send them.

        :param list value: of :meth:`parse`; other commands are left as they are
        :param record: as it is, or an empty recordset if it is created
        :return: commands of the ORM, none if nothing differs
        :rtype: list
        """
        if not isinstance(value, Changes) and (not value or value[0][0] != 6):
            return value
        kept, removed, others = _split_commands(value)
        if not record and self.inverse is None and removed is None:
            return [(6, 0, list(kept)), *others] if kept else others
        current = dict.fromkeys(record[self.field.name].ids)
        if removed is None:
            removed = current.keys() - kept.keys()
        code = 2 if self.deletes else 3
        return [
            *((4, each, 0) for each in kept if each not in current),
            *others,
            *((code, each, 0) for each in current if each in removed),
        ]

    def is_shown_as(self, sent, shown):
        if not isinstance(sent, list):
            return False
        if sent == shown:  # lines, where those are read in the place of ids
            return True
        ids = [
            item["id"] if isinstance(item, dict) and item.keys() == {"id"} else item
            for item in sent
        ]
        are_ids = all(type(item) is int for item in ids)  # no boolean is one
        return are_ids and sorted(ids) == sorted(shown)

    def get_links(self, value, record):
        is_own = self.field.comodel_name == self.field.model_name
        for code, record_id, content in value:
            if code == 6:
                yield self.field.comodel_name, set(content)
            elif code == 4 or (is_own and code in (1, 2, 3)):
                yield self.field.comodel_name, {record_id}
            if code not in (0, 1):
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
                "model": describe_choice(self._get_models()),
                "id": ID_SCHEMA,
            },
            "additionalProperties": False,
        }
        reference = Part(f"{name_part(self.name)}.Reference", schema)
        return {"anyOf": [reference] if self.required else [reference, NULL]}

    def to_json(self, value, values):
        if not value:
            return None
        model, record_id = value.split(",")
        return {"model": model, "id": int(record_id)}

    def parse(self, value):
        if not isinstance(value, dict) or set(value) != {"model", "id"}:
            raise ValueError("must have a model and an id")
        with needing_choices(self.name):
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
        return list_choices(self)


def _describe_line(children):
    return {
        "type": "object",
        "required": ["id"],
        "properties": {"id": ID_SCHEMA, **children},
        "additionalProperties": False,
    }


def _to_list(value):
    if not isinstance(value, list):
        raise ValueError("must be a list")
    return value


def _split_commands(value):
    """Split what becomes of links.

    :param list value: of :meth:`ToManyField.parse`
    :return: ids that are linked afterwards; those that are not, or None where it is all
        others; and other commands
    :rtype: (dict, set or None, list)
    """
    if not isinstance(value, Changes):
        (_code, _zero, kept), *others = value
        return dict.fromkeys(kept), None, others
    kept = dict.fromkeys(each for code, each, _values in value if code == 4)
    removed = {each for code, each, _values in value if code == 3}
    return kept, removed, [command for command in value if command[0] in (0, 1)]


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


def is_empty(value):
    """Tell whether a client sends nothing."""
    return value is None or value in ("", [])


def check_links(env, links, domains=()):
    """Check that the current user can see the records that are linked.

    :param odoo.api.Environment env: of the user
    :param list links: of (str, str, set of int): who links, the model, and the ids
    :param dict domains: outside of which there are no records, by their models
    :raise ValueError: not all; says who links which, in words for the client
    """
    wanted = {}
    for _who, model, ids in links:
        wanted.setdefault(model, set()).update(ids)
    missing = {}
    for model, ids in wanted.items():
        records = env[model].with_context(active_test=False)
        domain = [("id", "in", list(ids)), *dict(domains).get(model, ())]
        is_found = ids and not compat.is_computed(records)
        found = records.search(domain).ids if is_found else ()
        missing[model] = ids.difference(found)
    errors = {}
    for who, model, ids in links:
        errors.setdefault(who, set()).update(ids & missing[model])
    messages = [
        f"{who}: there is no record {', '.join(map(str, sorted(ids)))}"
        for who, ids in errors.items()
        if ids
    ]
    if messages:
        raise ValueError("; ".join(messages))
