"""Where clients look for what this server is (RFC 8615)."""

import json

from odoo.http import Controller, request, route

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..addresses import RESOURCE, find_audience, get_issuer
from ..metadata import describe_resource, describe_server

SERVER = "/.well-known/oauth-authorization-server"
# It is the same for everybody, and pages of all origins may read it.
OPTIONS = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "cors": "*",
    "save_session": False,
}


class WellKnownController(Controller):
    @route(SERVER, **OPTIONS)
    def describe_server(self, **params):
        """Metadata of the authorization server (RFC 8414)"""
        issuer = get_issuer(request.httprequest)
        return self._answer(describe_server(request.env, issuer))

    @route([RESOURCE, f"{RESOURCE}/<path:path>"], **OPTIONS)
    def describe_resource(self, path="", **params):
        """Metadata of what the tokens are for (RFC 9728)"""
        issuer = get_issuer(request.httprequest)
        resource = f"{issuer}/{path}".rstrip("/")
        if not find_audience(request.env, issuer, resource):
            raise JsonError(code=404)
        return self._answer(describe_resource(request.env, issuer, resource))

    def _answer(self, values):
        headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        return request.make_response(json.dumps(values), headers)
