from odoo.addons.base_rest.controllers.main import RestController


class ShelfController(RestController):
    """One of base_rest's, which one line protects."""

    _root_path = "/shelf/"
    _collection_name = "shelf.services"
    _default_auth = "rest_token"
