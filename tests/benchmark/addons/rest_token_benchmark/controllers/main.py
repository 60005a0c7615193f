from odoo.http import Controller, request, route

from odoo.addons.base_rest.controllers.main import RestController


class BenchmarkController(RestController):
    _root_path = "/bmk/"
    _collection_name = "rest.token.benchmark.services"
    _default_auth = "none"
    _default_save_session = False


class PlainController(Controller):
    @route("/bmk/ping/plain", type="http", auth="none", save_session=False)
    def plain(self):
        return request.make_response('{"pong": true}')
