"""What goes in and out of groups, for base_rest and OpenAPI."""

from ..openapi.clear_names import leave_out_alike
from ..openapi.names import add_schema, name_record
from ..openapi.parts import describe_page
from .groups import FUNCTIONS, Aggregate, Key, list_keys, list_values, may_be_key
from .params import JSON, SEARCH_OPTIONS, Param, SearchParam

MAX_ENUM = 100
WORDS = {"sum": "sum", "avg": "average", "min": "least", "max": "greatest"}
GROUP_OPTIONS = {
    "by": {
        "type": "string",
        "description": "Fields to group by, with commas between them. Those of moments "
        "take a period after a colon: `year`, `quarter`, `month`, `week`, `day` or "
        "`hour`; it is `month` if not told otherwise.",
    },
    **{
        function: {
            "type": "string",
            "description": f"Fields whose {word} is wanted, with commas between them.",
        }
        for function, word in WORDS.items()
    },
    "count": {"type": "boolean", "description": "Whether to count the records."},
    "domain": SEARCH_OPTIONS["domain"],
    "order": {
        "type": "string",
        "description": "What to sort by, such as: sum:amount desc, name.",
    },
    "limit": SEARCH_OPTIONS["limit"],
    "offset": SEARCH_OPTIONS["offset"],
    "cursor": SEARCH_OPTIONS["cursor"],
}


class GroupsParam(SearchParam):
    """What to group by, what to make of the groups, and filters."""

    def __init__(self):
        super().__init__(GROUP_OPTIONS)

    def to_openapi_query_parameters(self, service, spec):
        parameters = super().to_openapi_query_parameters(service, spec)
        fields = service._get_fields()
        names = {"by": list_keys(fields)}
        for function in FUNCTIONS:
            names[function] = list_values(function, fields)
        described = []
        for parameter in parameters:
            known = names.get(parameter["name"])
            if known is not None and "explode" not in parameter:
                if not known:
                    continue
                items = {"type": "string"}
                if len(known) <= MAX_ENUM:
                    items["enum"] = leave_out_alike(known)
                parameter["schema"] = {"type": "array", "items": items, "minItems": 1}
                parameter["explode"] = False
            described.append(parameter)
        return described


class GroupsAnswer(Param):
    """A page of groups."""

    def to_openapi_responses(self, service, spec):
        group = add_schema(
            spec, name_record(service._usage, "Group"), self._describe_group(service)
        )
        page = add_schema(
            spec, name_record(service._usage, "Groups"), describe_page(group)
        )
        return {"200": {"description": "Done", "content": {JSON: {"schema": page}}}}

    def _describe_group(self, service):
        fields = service._get_fields()
        keys = [Key(field) for field in fields.values() if may_be_key(field)]
        properties = {
            "by": _describe_object({key.name: key.get_schema() for key in keys}),
            "count": {"type": "integer", "description": "Records, if asked for."},
        }
        for function in FUNCTIONS:
            values = {
                name: Aggregate(function, fields[name]).get_schema()
                for name in list_values(function, fields)
            }
            if values:
                properties[function] = _describe_object(values)
        return {"type": "object", "required": ["by"], "properties": properties}


def _describe_object(properties):
    names = leave_out_alike(properties)
    return {"type": "object", "properties": {name: properties[name] for name in names}}
