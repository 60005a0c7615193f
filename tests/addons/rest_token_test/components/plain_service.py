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

    @restapi.method(
        [("/old", "GET")],
        output_param=restapi.CerberusAnswer({}),
        deprecated=restapi.Deprecation(
            "2026-01-31", sunset="2026-07-31", link="https://example.com/new"
        ),
    )
    def do_as_before(self):
        """Do as before"""
        return {}

    def search(self, name=None):
        """What base_rest takes for a method without being told."""
        return {"name": name or "nobody"}

    def _validator_search(self):
        return {"name": {"type": "string"}}

    def _validator_return_search(self):
        return {"name": {"type": "string"}}
