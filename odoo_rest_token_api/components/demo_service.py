from odoo.addons.odoo_rest_token.parameters import is_on

from .. import restapi


class DemoService(restapi.Component):
    """Demo: how to write a service. It is served where demo data is installed."""

    _name = "demo.rest.service"
    _inherit = "rest.token.service"
    _usage = "demo"
    _description = __doc__

    def _is_available(self):
        return is_on(self.env, "odoo_rest_token_api.serve_demo")

    @restapi.method(
        [("/greeting", "GET")],
        input_param=restapi.CerberusValidator("_whom_schema"),
        output_param=restapi.CerberusAnswer("_greeting_schema"),
    )
    def greet(self, name=None):
        """Greet somebody"""
        return {"greeting": f"Hello {name or self.env.user.name}!"}

    def _whom_schema(self):
        return {
            "name": {
                "type": "string",
                "meta": {"description": "Whom; the user of the token if not given."},
            }
        }

    def _greeting_schema(self):
        return {
            "greeting": {
                "type": "string",
                "required": True,
                "meta": {"example": "Hello Ada!"},
            }
        }
