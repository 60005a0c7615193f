from odoo.addons.base_rest import restapi
from odoo.addons.base_rest.components.service import (
    skip_secure_params,
    skip_secure_response,
)
from odoo.addons.component.core import Component

ANSWER = {"pong": True}


class PlainPingService(Component):
    """The same ping of base_rest alone, behind one authentication or another.

    Odoo tries its routes one after the other, long ones first. The paths of all pings
    are of one length, so that all are found alike.
    """

    _name = "benchmark.ping.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.benchmark.services"
    _usage = "ping"

    @restapi.method([("/floor", "GET")], auth="none")
    @skip_secure_params
    @skip_secure_response
    def floor(self):
        return ANSWER

    @restapi.method([("/keyed", "GET")], auth="api_key")
    @skip_secure_params
    @skip_secure_response
    def keyed(self):
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
