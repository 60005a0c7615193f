"""Schemas that other documents have: of the records that those of a service link.

A document of one service has each in short, and the one of the whole API has the others
in full.
"""

from .parts import ID_SCHEMA, SCHEMAS

PREFIX = "#/components/schemas/"
IN_SHORT = "x-described-elsewhere"


def settle_schemas(document):
    """Add what stands for the schemas that a document hasn't, and leave out those of
    all services that it has no use for.

    :param dict document: in OpenAPI 3.1, which is changed
    """
    schemas = document.get("components", {}).get("schemas", {})
    shared = {name: schemas.pop(name) for name in SCHEMAS if name in schemas}
    wanted = set(_iter_names(document))
    while wanted.intersection(shared):
        found = {name: shared.pop(name) for name in wanted.intersection(shared)}
        schemas.update(found)
        wanted.update(_iter_names(found))
    for name in sorted(wanted.difference(schemas)):
        schemas[name] = {
            "type": "object",
            "description": "A record of another service, as its document has it.",
            "required": ["id"],
            "properties": {"id": ID_SCHEMA},
            IN_SHORT: True,
        }


def merge_schemas(merged, schemas):
    """Add the schemas of one more document, of which some may be in short.

    :param dict merged: those of other documents, by name, which are changed
    :param dict schemas: of the document, by name
    """
    for name, schema in schemas.items():
        if name not in merged or IN_SHORT not in schema:
            merged[name] = schema


def _iter_names(value):
    if isinstance(value, list):
        for item in value:
            yield from _iter_names(item)
    elif isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str) and reference.startswith(PREFIX):
            yield reference[len(PREFIX) :]
        for item in value.values():
            yield from _iter_names(item)
