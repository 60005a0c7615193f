from .. import restapi
from ..records.group_params import GroupsAnswer, GroupsParam
from ..records.groups import parse_grouping
from ..wire import to_boolean


class RecordService(restapi.AbstractComponent):
    """Groups of records, wherever records are searched for."""

    _inherit = "rest.record.service"

    @restapi.method(
        [("/groups", "GET")], input_param=GroupsParam(), output_param=GroupsAnswer()
    )
    def groups(self, params):
        """Group records, and count them or sum up their values"""
        counted = params["count"] is not None
        counted = counted and self._parse(to_boolean, params, "count")
        grouping = parse_grouping(params, self._get_fields(), counted)
        domain = self._parse_domain(params)
        limit, offset = self._parse_limit(params), self._parse_offset(params)
        data, next_cursor = grouping.find(
            self._get_model(), domain, limit, offset, params["cursor"]
        )
        return {"count": len(data), "data": data, "next_cursor": next_cursor}
