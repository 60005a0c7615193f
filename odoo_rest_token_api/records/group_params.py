"""What goes in and out of groups, for base_rest and OpenAPI."""

from ..openapi.clear_names import leave_out_alike
from ..openapi.names import Part, add_schema, name_record
from ..openapi.parts import describe_page
from .groups import FUNCTIONS, Aggregate, Key, list_keys, list_values, may_be_key
from .params import (
    JSON,
    SEARCH_OPTIONS,
    TEXT,
    Param,
    SearchParam,
    describe_texts,
)

MAX_ENUM = 100
WORDS = {"sum": "sum", "avg": "average", "min": "least", "max": "greatest"}
GROUP_OPTIONS = {
    "by": {
        **describe_texts(TEXT),
        "description": "Fields to group by. Those of moments take a period after a "
        "colon: `year`, `quarter`, `month`, `week`, `day` or `hour`; it is `month` if "
        "not told otherwise.",
    },
    **{
        function: {
            **describe_texts(TEXT),
            "description": f"Fields whose {word} is wanted.",
        }
        for function, word in WORDS.items()
    },
    "count": {"type": "boolean", "description": "Whether to count the records."},
    "domain": SEARCH_OPTIONS["domain"],
    "order": {
        **describe_texts(TEXT),
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
        fields = service._get_fields()
        names = {"by": list_keys(fields)}
        for function in FUNCTIONS:
            names[function] = list_values(function, fields)
        described = []
        for parameter in super().to_openapi_query_parameters(service, spec):
            is_option = parameter["name"] in self.options
            known = names.get(parameter["name"]) if is_option else None
            if known == []:
                continue
            if known and len(known) <= MAX_ENUM:
                items = {"type": "string", "enum": leave_out_alike(known)}
                parameter["schema"] = describe_texts(items)
            described.append(parameter)
        return described


class GroupsAnswer(Param):
    """A page of groups."""

    def to_openapi_responses(self, service, spec):
        group = add_schema(
            spec,
            name_record(service._usage, "Group"),
            lambda: self._describe_group(service),
        )
        page = add_schema(
            spec, name_record(service._usage, "Groups"), lambda: describe_page(group)
        )
        return {"200": {"description": "Done", "content": {JSON: {"schema": page}}}}

    def _describe_group(self, service):
        fields = service._get_fields()
        keys = [Key(field) for field in fields.values() if may_be_key(field)]
        properties = {
            "by": _describe_object("By", {key.name: key.get_schema() for key in keys}),
            "count": {"type": "integer", "description": "Records, if asked for."},
        }
        for function in FUNCTIONS:
            values = {
                name: Aggregate(function, fields[name]).get_schema()
                for name in list_values(function, fields)
            }
            if values:
                properties[function] = _describe_object(function.capitalize(), values)
        return {"type": "object", "required": ["by"], "properties": properties}


def _describe_object(name, properties):
    names = leave_out_alike(properties)
    chosen = {name: properties[name] for name in names}
    return Part(name, {"type": "object", "properties": chosen})
