from odoo.addons.odoo_rest_token_api import restapi


class RecordService(restapi.AbstractComponent):
    """An action that this addon gives to the records of all services and resources."""

    _inherit = "rest.record.service"

    @restapi.method(
        [("/<int:record_id>/name", "POST")],
        output_param=restapi.CerberusAnswer("_name_schema"),
    )
    def tell_name(self, record_id):
        """Tell how it is called"""
        return {"name": self._get_record(record_id).display_name}

    def _name_schema(self):
        return {"name": {"type": "string", "required": True}}
