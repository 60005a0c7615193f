from odoo import _
from odoo.exceptions import UserError

from odoo.addons.odoo_rest_token_api import restapi


class PlainService(restapi.Component):
    """A service of base_rest alone, among ours: it says nothing of tokens."""

    _name = "rest.test.plain.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.services"
    _usage = "plain-service"
    _description = __doc__

    @restapi.method(
        [("/echo", "GET"), ("/echo", "POST")],
        input_param=restapi.CerberusValidator({"text": {"type": "string"}}),
        output_param=restapi.CerberusAnswer({"text": {"type": "string"}}),
    )
    def echo(self, text=None):
        """Say it again"""
        return {"text": text or ""}

    @restapi.method([("/refusal", "POST")])
    def refuse(self):
        """Refuse"""
        raise UserError(_("Not today."))

    def search(self, name=None):
        """What base_rest takes for a method without being told."""
        return {"name": name or "nobody"}

    def _validator_search(self):
        return {"name": {"type": "string"}}

    def _validator_return_search(self):
        return {"name": {"type": "string"}}
