"""What all fields have in common."""

from odoo.addons.odoo_rest_token import compat

from ... import wire
from ..access import READ, REQUIRED
from ..finding import find
from ..masks import may_mask
from ..operators import EQUALITY, OPERATORS, ORDER, get_opposite, holds

READ_ONLY = "can't be written"
COLUMN_TYPES = {"boolean", "char", "date", "datetime", "float", "html", "integer"}
COLUMN_TYPES |= {"many2one", "monetary", "selection", "text"}


class RecordField:
    """A field of the ORM, on the wire.

    :param odoo.api.Environment env: in which its values count
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
    blank = None  # what PostgreSQL may hold besides NULL, and clients see as empty too
    takes_lists = False  # the methods by which such fields are searched take "in"
    by_default = True  # read unless the client chooses fields
    has_keyset = False  # sorts in SQL as its values compare

    def __init__(self, env, name, field, access=READ, children=None):
        self.env = env
        self.name = name
        self.field = field
        self.writable = access != READ
        self.required = access == REQUIRED
        self.children = children or {}

    def __deepcopy__(self, memo):
        return self  # Cerberus copies the rules of what it refuses.

    # ------------------------------------------------------------
    # Schemas
    # ------------------------------------------------------------

    def get_cerberus_schema(self):
        """Return the Cerberus rules of the field, as clients send it.

        Their ``meta`` says, when asked, what the values look like in JSON.
        """
        return {
            "nullable": not self.writable or (self.nullable and not self.required),
            "required": self.required,
            "coerce": self.from_json,
            "meta": {"json_schema": self.get_input_schema},
        }

    def get_json_schema(self):
        """Return the JSON schema of the field as it is read (draft 2020-12).

        :rtype: dict
        """
        schema = self.get_value_schema()
        label = (self.field._description_string(self.env) or "").strip()
        schema["title"] = label or self.name
        description = self.field._description_help(self.env)
        if description:
            schema["description"] = description
        if not self.writable:
            schema["readOnly"] = True
        return schema

    def get_input_schema(self):
        """Return the JSON schema of the field as it is sent: as it is read, if not told
        otherwise.

        :rtype: dict
        """
        return self.get_json_schema()

    def get_value_schema(self):
        """Return the JSON schema of the values alone.

        :rtype: dict
        """
        return self._or_null(self.get_filter_schema())

    def get_filter_schema(self):
        """Return the JSON schema of the values that filters compare with.

        :rtype: dict
        """
        schema = {"type": self.json_type}
        if self.json_format:
            schema["format"] = self.json_format
        return schema

    def describe_filter(self):
        """Return what a client has to know of the values that filters compare with.

        :rtype: str
        """
        return ""

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

    def list_json(self, columns):
        """Do as :meth:`to_json`, of many records.

        :param dict columns: values as ``read()`` has them, by names of the ORM's fields
        :rtype: list
        """
        to_json, own = self.to_json, columns[self.field.name]
        names = self.get_read_names()
        if names == [self.field.name]:
            return [to_json(value, {}) for value in own]
        rows = zip(*(columns[name] for name in names))
        return [to_json(value, dict(zip(names, row))) for value, row in zip(own, rows)]

    def from_json(self, value):
        """Turn what a client sent into what ``write()`` takes.

        :raise ValueError: it can't be that; the message is for the client
        """
        if not self.writable:
            raise ValueError(READ_ONLY)
        if value is None or value == "":
            if self.required or not self.nullable:
                raise ValueError("must not be empty")
            return False
        return self.parse(value)

    def parse(self, value):
        """Turn a value that is not empty into what ``write()`` takes.

        :raise ValueError: it can't be that; the message is for the client
        """
        return wire.to_text(value)

    def is_shown_as(self, sent, shown):
        """Tell whether a client sends what it was shown.

        :param sent: by a client
        :param shown: of :meth:`to_json`
        :rtype: bool
        """
        if sent == "":
            sent = None
        # For Python, 1 is True.
        return sent == shown and isinstance(sent, bool) == isinstance(shown, bool)

    def get_links(self, value, record):
        """Say which records a client links anew.

        :param value: for ``write()``
        :param record: as it is, or an empty recordset if it is created
        :rtype: iterable of (str, set of int), models and ids
        """
        return ()

    def get_read_names(self):
        """Names of the ORM's fields that :meth:`to_json` needs."""
        return [self.field.name]

    # ------------------------------------------------------------
    # Search
    # ------------------------------------------------------------

    @property
    def model(self):
        """Model that has the field: an empty recordset."""
        return self.env[self.field.model_name]

    @property
    def searchable(self):
        """Whether clients may search by it. What is for searches alone has no value."""
        field = self.field
        has_value = field.compute or getattr(field, "company_dependent", False)
        return bool(field.store or field.search and has_value)

    @property
    def is_stored(self):
        """Whether the ORM searches by it in SQL: in its own table, or in a parent's.

        A field is inherited where ``_inherits`` brings it.
        """
        field = self.field.base_field if self.field.inherited else self.field
        return bool(field.store)

    @property
    def is_column(self):
        """Whether what a column of the model's own has is what clients are shown."""
        return bool(
            self.field.store
            and self.field.column_type
            and self.field.type in COLUMN_TYPES
            and not getattr(self.field, "translate", False)
            and not getattr(self.field, "company_dependent", False)
            and not self.may_be_masked
        )

    @property
    def sortable(self):
        return bool(self.is_stored and self.field.base_field.column_type)

    @property
    def sort_name(self):
        """What the ORM calls it, where it sorts."""
        return self.field.name

    @property
    def may_be_masked(self):
        """Whether the user may be shown another value than the one that is stored."""
        return may_mask(self.model, self.field)

    def parse_filter(self, value):
        """Turn a value of a filter into what a domain takes.

        :raise ValueError: it can't be that; the message is for the client
        """
        return False if value is None else wire.to_text(value)

    def parse_pattern(self, value):
        """Turn what a filter looks for in a text into what a domain takes.

        :raise ValueError: it can't be that; the message is for the client
        """
        return self.parse_filter(value)

    def get_domain(self, operator, value):
        """Return the domain of the records that clients see such values of.

        :param str operator: one of ``operators``
        :param value: of :meth:`parse_filter`, a list of them, a bool for ``empty``, or
            of :meth:`parse_pattern` for a part of a text
        :return: one expression in Polish notation
        :rtype: list
        :raise ValueError: they can't be found; the message is for the client
        """
        return find(self, operator, value)

    def get_opposite_domain(self, operator, value):
        """Return the domain of all other records than :meth:`get_domain` does."""
        if operator == "child_of":
            return ["!", *self.get_domain(operator, value)]
        domain = self.get_domain(*get_opposite(operator, value))
        if operator in ORDER and "empty" in self.operators:
            return compat.join_or([domain, self.get_domain("empty", True)])
        return domain

    def holds(self, operator, value, shown):
        """Tell whether a condition holds of a value that a client sees.

        :param str operator: one of ``operators``
        :param value: as :meth:`get_domain` takes it
        :param shown: as ``read()`` returns it
        :rtype: bool
        """
        if operator in ("in", "not_in"):
            value = [self.normalize(item) for item in value]
        elif operator in ("eq", "ne"):
            value = self.normalize(value)
        return holds(operator, value, self.get_shown(shown))

    def complete(self, values):
        """Make values as ``read()`` returns them of what a column has.

        :param list values: of any records
        :rtype: list
        """
        return values

    def normalize(self, value):
        """Return a value as it is compared, ``None`` where there is none."""
        return None if value is False or value == "" else value

    def get_shown(self, value):
        """Return what is compared of a value that ``read()`` returned."""
        return self.normalize(value)

    def get_presence_domain(self):
        """Return the domain of the records that have a value."""
        return [(self.field.name, "!=", False)]

    def get_column_domain(self, operator, value):
        """Do as :meth:`get_domain`, where the ORM searches in SQL."""
        if operator == "empty":
            operator, value = ("eq" if value else "ne"), False
        name = self.field.name
        if operator in ("eq", "ne") and self._is_blank(value):
            combine = compat.join_or if operator == "eq" else compat.join_and
            values = [False, self.blank] if self._has_blank else [value]
            return combine([[(name, OPERATORS[operator], v)] for v in values])
        if operator in ("in", "not_in"):
            others = [v for v in value if not self._is_blank(v)]
            domain = [(name, OPERATORS[operator], others)]
            if len(others) == len(value):
                return domain
            if operator == "in":
                return compat.join_or([domain, self.get_column_domain("eq", False)])
            return compat.join_and([domain, self.get_column_domain("ne", False)])
        return [(name, OPERATORS[operator], value)]

    def _is_blank(self, value):
        return value is False or (self.blank is not None and value == self.blank)

    @property
    def _has_blank(self):
        return self.blank is not None and self.is_stored
