from types import MappingProxyType

from ..records.reading import list_read_names, read_records
from ..records.rights import get_readable
from ..restapi import Component


class ResourceService(Component):
    """Lines in place of their ids, where a resource names the fields of them."""

    _inherit = "rest.resource.service"

    def _get_fields(self):
        if self._cached_fields is None:
            resource = self.resource
            access = resource._keep_declaration("lines", resource._get_line_access)
            for name, field in super()._get_fields().items():
                if name in access:
                    field.writable = access[name] != "read"
                    field.required = access[name] == "required"
                    field.children = get_readable(field.comodel, field.children)
        return super()._get_fields()

    def _to_json(self, records, names=None):
        result = super()._to_json(records, names)
        for name, field in self._get_fields().items():
            if field.children and result and name in result[0]:
                self._put_lines(name, field, result)
        return result

    def _find_columns(self, names, branches=MappingProxyType({})):
        fields = self._get_fields()
        if any(fields[n].children for n in fields if names is None or n in names):
            return None
        return super()._find_columns(names, branches)

    def _put_lines(self, name, field, result):
        """Put lines in place of their ids, all of them at once."""
        ids = list(dict.fromkeys(i for values in result for i in values[name]))
        children = field.children
        lines = field.comodel.with_context(active_test=False).browse(ids)
        read = list_read_names(children.values())
        rows = {row["id"]: row for row in read_records(lines, read)}

        def to_json(line_id):
            row = rows[line_id]
            read = ((n, c.to_json(row[c.field.name], row)) for n, c in children.items())
            return {"id": line_id, **dict(read)}

        for values in result:
            values[name] = [to_json(i) for i in values[name] if i in rows]

    def _describe_field(self, path, field):
        described = super()._describe_field(path, field)
        if not field.children:
            return described
        line = field.describe_line(self._describe_children(path, field))
        return {**described, "items": line}
