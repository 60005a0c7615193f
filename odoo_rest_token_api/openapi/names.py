"""Names of schemas, by which clients that are generated call their classes.

They depend on the service alone, so that they stay when others come and go. The dot
keeps them apart: ``mailing-lists`` has records ``MailingList``, and the lists of
``mailings`` are ``Mailing.List``.
"""

import re

from .parts import SCHEMAS


def add_schema(spec, name, schema):
    """Give a schema a name, for the clients that are generated from it.

    :param apispec.APISpec spec: of the service
    :param str name: one that no other service uses
    :param schema: in terms of JSON, or a function that makes it where it is not there
    :return: what stands for it
    :rtype: dict
    """
    if name not in spec.components.schemas:
        spec.components.schema(name, schema() if callable(schema) else schema)
    return {"$ref": f"#/components/schemas/{name}"}


def name_schema(usage, method_name):
    """Name the schema that a method of a service returns.

    :param str usage: of the service, such as ``auth``
    :param str method_name: such as ``_issued_token_schema``
    :return: such as ``Auth.IssuedToken``
    :rtype: str
    """
    words = re.sub("^_|_schema$", "", method_name)
    return f"{_camelize(usage)}.{_camelize(words.replace('_', '-'))}"


def refer_to_record(usage):
    """Return what stands for the schema of a record of another service.

    :param str usage: of that service
    :rtype: dict
    """
    return {"$ref": f"#/components/schemas/{name_record(usage)}"}


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
