from odoo import http
from odoo.http import request

from odoo.addons.base_rest.controllers.main import RestController


class OtherController(RestController):
    """REST services that have nothing to do with tokens."""

    _root_path = "/rest_test/"
    _collection_name = "rest.test.services"
    _default_auth = "public"


class PlainController(http.Controller):
    """Routes of Odoo's own kind, under the root of our services."""

    @http.route("/api/plain/<string:word>", type="http", auth="none")
    def repeat(self, word):
        return word

    @http.route("/api/plain/refusal", type="http", auth="none")
    def refuse(self):
        return http.Response("No.", 422, mimetype="text/plain")

    @http.route("/api/plain/page", type="http", auth="public", website=True)
    def show_page(self):
        return request.lang.code

    @http.route("/<string:word>/plain/last/word", type="http", auth="none")
    def repeat_first(self, word):
        return word
