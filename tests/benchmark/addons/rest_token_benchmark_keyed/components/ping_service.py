from odoo.addons.base_rest import restapi
from odoo.addons.base_rest.components.service import (
    skip_secure_params,
    skip_secure_response,
)
from odoo.addons.component.core import Component


class KeyedPingService(Component):
    _inherit = "benchmark.ping.service"

    @restapi.method([("/keyed", "GET")], auth="api_key")
    @skip_secure_params
    @skip_secure_response
    def keyed(self):
        return self.floor()
