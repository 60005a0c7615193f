from odoo.addons.base_rest import restapi
from odoo.addons.base_rest.components.service import (
    skip_secure_params,
    skip_secure_response,
)
from odoo.addons.component.core import Component

ANSWER = {"pong": True}


class PlainPingService(Component):
    """A ping of base_rest alone."""

    _name = "benchmark.ping.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.benchmark.services"
    _usage = "ping"

    @restapi.method([("/floor", "GET")], auth="none")
    @skip_secure_params
    @skip_secure_response
    def floor(self):
        return ANSWER


class PingService(Component):
    """That ping, as a service of ours, called with a token or without one."""

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

    @restapi.method([("/floor", "GET")], auth="none")
    @skip_secure_params
    @skip_secure_response
    def floor(self):
        """Ping without a token"""
        return ANSWER
