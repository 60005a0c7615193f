"""Names of schemas, by which clients that are generated call their classes.

They depend on the service alone, so that they stay when others come and go. The dot
keeps them apart: ``mailing-lists`` has records ``MailingList``, and the lists of
``mailings`` are ``Mailing.List``.
"""

import re

from .parts import SCHEMAS

# Of what is sent and answered of records, which no part of one is called by
KINDS = {"Create", "Update", "UpdateEach", "Record", "List", "Page", "Changed", "Do"}
KINDS |= {"Group", "Groups", "Attachment", "Attachments", "OrId", "OrLink"}
KINDS |= {"Links"}


class Part(dict):
    """A schema that is part of others, and is to have a name of its own.

    Without one, generators call it by its title, and tell apart by numbers what is
    called alike.

    :param str name: within the schema that it is part of
    :param dict schema: in terms of JSON
    :param str owner: in the place of the schema that it is part of, where all that have
        such a part have the same one
    """

    def __init__(self, name, schema, owner=None):
        super().__init__(schema)
        self.name = name
        self.owner = owner


def add_schema(spec, name, make, owner=None):
    """Give a schema a name, for the clients that are generated from it.

    :param apispec.APISpec spec: of the service
    :param str name: one that no other service uses
    :param make: function that returns the schema, in terms of JSON
    :param str owner: what its parts are called after; the name, if not given
    :return: what stands for it
    :rtype: dict
    """
    if name not in spec.components.schemas:
        spec.components.schema(name, {})  # where it is part of itself
        spec.components.schemas[name] = _name_parts(spec, owner or name, make())
    return refer(name)


def refer(name):
    """Return what stands for a schema of a name.

    :rtype: dict
    """
    return {"$ref": f"#/components/schemas/{name}"}


def add_parts(spec, owner, schema):
    """Give names to the parts of a schema that has none itself.

    :param apispec.APISpec spec: of the service
    :param str owner: name of what they are parts of
    :param dict schema: in terms of JSON
    :return: the schema, with what stands for them
    :rtype: dict
    """
    if not isinstance(schema, Part):
        return _name_parts(spec, owner, schema)
    name = f"{schema.owner or owner}.{schema.name}"
    # "Order.Lines.NewLine" is a part of "Order.Lines.LineInput".
    is_of_group = "." in schema.name
    return add_schema(
        spec, name, lambda: schema, name.rpartition(".")[0] if is_of_group else None
    )


def _name_parts(spec, owner, schema):
    named = dict(schema)
    if "properties" in named:
        named["properties"] = {
            name: add_parts(spec, owner, part)
            for name, part in named["properties"].items()
        }
    for key in ("items", "additionalProperties"):
        if isinstance(named.get(key), dict):
            named[key] = add_parts(spec, owner, named[key])
    if "anyOf" in named:
        named["anyOf"] = [add_parts(spec, owner, each) for each in named["anyOf"]]
        if len(named["anyOf"]) == 1:
            named.update(*named.pop("anyOf"))
    return named


def name_schema(usage, method_name):
    """Name the schema that a method of a service returns.

    :param str usage: of the service, such as ``auth``
    :param str method_name: such as ``_issued_token_schema``
    :return: such as ``Auth.IssuedToken``
    :rtype: str
    """
    words = re.sub("^_|_schema$", "", method_name)
    return f"{_camelize(usage)}.{_camelize(words.replace('_', '-'))}"


def name_part(name):
    """Write the name of a field, or of a model, as names of schemas are.

    :param str name: such as ``order_line``
    :return: such as ``OrderLine``
    :rtype: str
    """
    words = re.findall("[0-9A-Za-z]+", name)
    return "".join(word[:1].upper() + word[1:] for word in words)


def name_record(usage, kind=None):
    """Name the schema of a record that a service serves.

    :param str usage: of the service, such as ``partners``
    :param str kind: of what is sent or answered, such as ``Create``
    :return: such as ``Partner``, or ``Partner.Create``
    :rtype: str
    """
    singular = re.sub("(?<=[^s])s$", "", re.sub("ies$", "ys", usage))
    name = _camelize(singular)
    # Both "partners" and "partner" may be served, and "errors" too.
    if singular == usage or name in SCHEMAS:
        name += ".Record"
    return f"{name}.{kind}" if kind else name


def _camelize(text):
    return re.sub("(^|-)([a-z])", lambda match: match.group(2).upper(), text)
