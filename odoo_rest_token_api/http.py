"""Leave the parameters of our requests to our controllers.

base_rest reads them before anything can be caught, and takes them for arguments: JSON
that it can't read is answered by an HTML page, and a JSON array or a parameter that is
called ``self`` by an error of the server.
"""

import odoo.http

import odoo.addons.base_rest.http as base_rest

from .controllers.main import is_rest_token_path

if hasattr(odoo.http, "Dispatcher"):

    class RestTokenDispatcher(base_rest.RestApiDispatcher):
        """Dispatcher of base_rest's routes, for it has the same ``routing_type``."""

        @property
        def _is_rest_token_request(self):
            return is_rest_token_path(self.request.db, self.request.httprequest.path)

        def pre_dispatch(self, rule, args):
            if not self._is_rest_token_request:
                return super().pre_dispatch(rule, args)
            self.request.params = args
            return super(base_rest.RestApiDispatcher, self).pre_dispatch(rule, args)

        def dispatch(self, endpoint, args):
            if not self._is_rest_token_request:
                return super().dispatch(endpoint, args)
            return self.request.registry["ir.http"]._dispatch(endpoint)

else:

    class RestTokenRequest(base_rest.HttpRestRequest):
        """Request of base_rest's routes, for it takes the place of its class."""

        def __init__(self, httprequest):
            if is_rest_token_path(httprequest.session.db, httprequest.path):
                super(odoo.http.HttpRequest, self).__init__(httprequest)
                self.params = {}
            else:
                super().__init__(httprequest)

    base_rest.HttpRestRequest = RestTokenRequest
