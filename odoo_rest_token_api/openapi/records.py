"""Schemas of the records that a service serves, under the names that they have."""

from .json_schema import to_json_schema
from .names import add_schema, name_record
from .parts import describe_list


def add_record(spec, service):
    """Describe a record as it is read.

    :param apispec.APISpec spec: of the service
    :param service: component of ``rest.record.service``
    :return: what stands for its schema
    :rtype: dict
    """

    def describe():
        return to_json_schema(service._record_schema())

    return add_schema(spec, name_record(service._usage), describe)


def add_list(spec, service):
    """Describe a list of records as they are read.

    :param apispec.APISpec spec: of the service
    :param service: component of ``rest.record.service``
    :return: what stands for its schema
    :rtype: dict
    """
    name = name_record(service._usage, "List")
    return add_schema(spec, name, describe_list(add_record(spec, service)))
