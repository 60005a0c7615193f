"""Examples that hold, made from JSON schemas."""

FORMATS = {"date": "2026-01-31", "date-time": "2026-01-31T12:00:00Z"}


class ExampleMaker:
    """Make examples of what JSON schemas describe.

    :param dict schemas: what the schemas refer to, by name
    """

    def __init__(self, schemas):
        self.schemas = schemas

    def make_answer(self, schema):
        """Return what an answer may be, with all that it may have.

        What is long, such as files, is left out.
        """
        return self._make(schema, "text", self._get_shown)

    def make_request(self, schema):
        """Return what a request may send: what is required, and no more.

        Where nothing is, it is one value, or none.
        """
        return self._make(schema, "text", self._get_sent)

    def _make(self, schema, name, choose):
        if "examples" in schema:
            return schema["examples"][0]
        schema = self._resolve(schema)
        for key in ("examples", "enum"):
            if key in schema:
                return schema[key][0]
        for key in ("oneOf", "anyOf", "allOf"):
            if key in schema:
                return self._make(schema[key][0], name, choose)
        types = schema.get("type", "null")
        make = getattr(self, f"_make_{types if isinstance(types, str) else types[0]}")
        return make(schema, name, choose)

    def _resolve(self, schema):
        reference = schema.get("$ref")
        return self.schemas[reference.rpartition("/")[2]] if reference else schema

    def _get_shown(self, schema):
        return [
            name
            for name, described in schema.get("properties", {}).items()
            if "contentEncoding" not in described
        ]

    def _get_sent(self, schema):
        names = schema.get("required", ())
        shown = self._get_shown(schema)
        plain = [
            name
            for name in shown
            if schema["properties"][name].get("type") not in (None, "array", "object")
            and not schema["properties"][name].get("readOnly")
        ]
        return names or plain[:1] or shown[: schema.get("minProperties", 0)]

    def _make_object(self, schema, name, choose):
        properties = schema.get("properties", {})
        return {
            name: self._make(properties[name], name, choose) for name in choose(schema)
        }

    def _make_array(self, schema, name, choose):
        return [self._make(schema["items"], name, choose)]

    def _make_string(self, schema, name, choose):
        text = FORMATS.get(schema.get("format"), name.replace("_", " ").capitalize())
        return text[: schema.get("maxLength")]

    def _make_integer(self, schema, name, choose):
        return max(schema.get("minimum", 1), 1)

    def _make_number(self, schema, name, choose):
        return 9.5

    def _make_boolean(self, schema, name, choose):
        return True

    def _make_null(self, schema, name, choose):
        return None
