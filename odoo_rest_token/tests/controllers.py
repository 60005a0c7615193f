from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from ..session import close_session, open_session


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

    @http.route(
        "/odoo_rest_token/test/session",
        type="http",
        auth="rest_token",
        methods=["POST"],
        csrf=False,
        rest_token_session=True,
    )
    def log_in(self):
        open_session()
        return request.env.user.login

    @http.route(
        "/odoo_rest_token/test/session/end",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
    )
    def log_out(self):
        return str(close_session())

    @http.route(
        "/odoo_rest_token/test/press/<model>/<method>/<int:record_id>",
        type="http",
        auth="rest_token",
        methods=["POST"],
        csrf=False,
    )
    def press(self, model, method, record_id):
        try:
            return str(getattr(request.env[model].browse(record_id), method)())
        except AccessError as error:
            return str(error)

    @http.route(
        "/odoo_rest_token/test/bearer/press/<model>/<method>/<int:record_id>",
        type="http",
        auth="bearer",  # from Odoo 18.0
        methods=["POST"],
        csrf=False,
    )
    def press_with_api_key(self, model, method, record_id):
        return self.press(model, method, record_id)

    @http.route(
        "/odoo_rest_token/test/readonly",
        type="http",
        auth="rest_token",
        readonly=True,  # from Odoo 18.0
    )
    def whoami_on_a_replica(self):
        return request.env.user.login

    @http.route("/odoo_rest_token/test/ping", type="http", auth="none")
    def ping(self):
        return str(request.env.uid)

    @http.route("/odoo_rest_token/test/ping/token", type="http", auth="rest_token")
    def ping_with_token(self):
        return str(request.env.uid)
