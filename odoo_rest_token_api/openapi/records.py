"""Schemas of the records that a service serves, under the names that they have."""

from .json_schema import to_json_schema
from .names import Part, add_schema, name_record, refer
from .parts import LINK, LINK_ID, NULL, describe_list


def add_record(spec, service):
    """Describe a record as it is read.

    :param apispec.APISpec spec: of the service
    :param service: component of ``rest.record.service``
    :return: what stands for its schema
    :rtype: dict
    """
    return add_schema(
        spec,
        name_record(service._usage),
        lambda: to_json_schema(service._record_schema()),
    )


def add_list(spec, service):
    """Describe a list of records as they are read.

    :param apispec.APISpec spec: of the service
    :param service: component of ``rest.record.service``
    :return: what stands for its schema
    :rtype: dict
    """
    name = name_record(service._usage, "List")
    return add_schema(spec, name, lambda: describe_list(add_record(spec, service)))


def describe_link(schema, usage):
    """Return the JSON schema of links in whose place records may stand.

    :param dict schema: of the links alone
    :param str usage: of the service that has the records
    :rtype: dict
    """
    name = name_record(usage)
    record = refer(name)
    if "anyOf" in schema:  # of one
        either = Part("OrLink", {"anyOf": [record, LINK]}, owner=name)
        others = [NULL] if NULL in schema["anyOf"] else []
        example = {"id": 1, "name": schema.get("title", "Name")}
        return {**schema, "anyOf": [either, *others], "examples": [example]}
    either = Part("OrId", {"anyOf": [LINK_ID, record]}, owner=name)
    return {**schema, "items": either}
