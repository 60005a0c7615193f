from odoo import http
from odoo.http import request

from odoo.addons.odoo_rest_token_api.controllers.main import RestTokenController
from odoo.addons.odoo_rest_token_api.restapi import RestController


class OtherController(RestController):
    """REST services that have nothing to do with tokens."""

    _root_path = "/rest_test/"
    _collection_name = "rest.test.services"
    _default_auth = "public"


class ShelfController(RestController):
    """REST services of base_rest, which one line protects."""

    _root_path = "/rest_test_shelf/"
    _collection_name = "rest.test.shelf.services"
    _default_auth = "rest_token"


class LibraryController(RestTokenController, RestController):
    """A collection of services beside those of ``/api/``."""

    _root_path = "/rest_test_library/"
    _collection_name = "rest.test.library.services"


class PlainController(http.Controller):
    """Routes of Odoo's own kind, under the root of our services."""

    @http.route("/api/plain/<string:word>", type="http", auth="none")
    def repeat(self, word):
        return word

    @http.route("/api/plain/refusal", type="http", auth="none")
    def refuse(self):
        return http.Response("No.", 422, mimetype="text/plain")

    @http.route("/api/plain/params", type="http", auth="none", methods=["GET", "POST"])
    def repeat_parameters(self, **params):
        return ", ".join(f"{name}={value}" for name, value in sorted(params.items()))

    @http.route("/api/plain/rpc", type="json", auth="none")
    def repeat_rpc(self, **params):
        return params

    @http.route("/api/tags/level", type="http", auth="rest_token")
    def tell_level(self):
        return request.env.user.login

    @http.route(
        "/api/tags/scoped", type="http", auth="rest_token", rest_token_scope="tags:read"
    )
    def tell_level_within_a_scope(self):
        return request.env.user.login

    @http.route("/api/tags/any", type="http", auth="rest_token", rest_token_scope=None)
    def tell_level_to_any(self):
        return request.env.user.login

    @http.route("/api/plain/page", type="http", auth="public", website=True)
    def show_page(self):
        return request.lang.code

    @http.route("/<string:word>/plain/last/word", type="http", auth="none")
    def repeat_first(self, word):
        return word
