from odoo import http
from odoo.http import request


class WhoAmI(http.Controller):
    """Routes as any addon may write them."""

    @http.route("/odoo_rest_token/test/whoami", type="http", auth="rest_token")
    def whoami(self):
        return f"{request.env.user.login} {request.env.context.get('lang')}"

    @http.route(
        "/odoo_rest_token/test/scope",
        type="http",
        auth="rest_token",
        rest_token_scope="test:read",
    )
    def whoami_within_a_scope(self):
        return request.env.user.login

    @http.route(
        "/odoo_rest_token/test/optional", type="http", auth="public_or_rest_token"
    )
    def whoami_if_anybody(self):
        return request.env.user.login

    @http.route(
        "/odoo_rest_token/test/json", type="json", auth="rest_token", methods=["POST"]
    )
    def whoami_json(self):
        return request.env.user.login
