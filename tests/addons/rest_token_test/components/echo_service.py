from odoo import _
from odoo.exceptions import MissingError

from odoo.addons.base_rest import restapi
from odoo.addons.component.core import Component


class EchoService(Component):
    """A service of base_rest, as other addons have them."""

    _name = "rest.test.echo.service"
    _inherit = "base.rest.service"
    _collection = "rest.test.services"
    _usage = "echo"
    _description = __doc__

    @restapi.method(
        [("/", "GET"), ("/", "POST")],
        input_param=restapi.CerberusValidator({"text": {"type": "string"}}),
        output_param=restapi.CerberusValidator({"text": {"type": "string"}}),
    )
    def echo(self, text):
        """Say it again"""
        return {"text": text}

    @restapi.method([("/missing", "GET")])
    def fail(self):
        """Miss a record"""
        raise MissingError(_("no record"))
