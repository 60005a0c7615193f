from odoo.addons.base_rest import restapi
from odoo.addons.base_rest.components.service import (
    skip_secure_params,
    skip_secure_response,
)
from odoo.addons.component.core import Component

ANSWER = {"pong": True}


class PlainPingService(Component):
    """The same ping of base_rest alone, behind one authentication or another."""

    _name = "benchmark.ping.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.benchmark.services"
    _usage = "ping"

    @restapi.method([("/none", "GET")], auth="none")
    @skip_secure_params
    @skip_secure_response
    def none(self):
        return ANSWER

    @restapi.method([("/api_key", "GET")], auth="api_key")
    @skip_secure_params
    @skip_secure_response
    def api_key(self):
        return ANSWER


class PingService(Component):
    """That ping, as a service that is called with a token."""

    _name = "ping.rest.service"
    _inherit = "rest.token.service"
    _usage = "ping"
    _description = __doc__

    @restapi.method([("/token", "GET")])
    @skip_secure_params
    @skip_secure_response
    def token(self):
        """Ping"""
        return ANSWER
