from odoo.addons.odoo_rest_token_api import restapi

WIRE_NAMES = {"name": "label", "line_ids": "lines"}


class DoneItemService(restapi.Component):
    """Items that are done: each method that is overridden changes one behaviour."""

    _name = "rest.test.done.item.service"
    _inherit = "rest.test.item.service"
    _usage = "done-items"
    _description = __doc__

    def _get_domain(self):
        return [("state", "=", "done")]

    def _get_fields(self):
        fields = super()._get_fields()
        return {WIRE_NAMES.get(name, name): field for name, field in fields.items()}

    def _record_schema(self):
        return {**super()._record_schema(), "line_count": {"type": "integer"}}

    def _to_json(self, records, names=None):
        data = super()._to_json(records, names)
        if names is None or "line_count" in names:
            for record, values in zip(records, data):
                values["line_count"] = len(record.line_ids)
        return data

    def _create_records(self, values_list):
        return super()._create_records(
            [{**values, "state": "done"} for values in values_list]
        )

    def _write(self, record, values):
        return super()._write(record.ensure_one(), values)

    def _unlink(self, record):
        return super()._unlink(record.ensure_one())

    @restapi.method(
        [("/<int:record_id>/reopen", "POST")], output_param=restapi.record()
    )
    def reopen(self, record_id):
        """Reopen one"""
        record = self._get_record(record_id)
        record.state = "draft"
        return record
