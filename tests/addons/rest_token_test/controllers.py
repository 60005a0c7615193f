from odoo.addons.base_rest.controllers.main import RestController


class OtherController(RestController):
    """REST services that have nothing to do with tokens."""

    _root_path = "/rest_test/"
    _collection_name = "rest.test.services"
    _default_auth = "public"
