from odoo.http import request

from ..restapi import RestController
from ..roots import roots

COLLECTION = "rest.token.services"


class RestTokenController:
    """Mixin of the controllers that serve a collection protected by tokens.

    It is no controller itself: Odoo merges all controllers that share an ancestor,
    and would serve one collection at the root of another. Use it so::

        class LibraryController(RestTokenController, RestController):
            _root_path = "/library/"
            _collection_name = "library.services"
    """

    _default_auth = "rest_token"
    _default_save_session = False

    def __init_subclass__(cls, **options):
        if getattr(cls, "_root_path", None):
            roots.declare(cls._root_path)
        return super().__init_subclass__(**options)

    @property
    def default_collection(self):
        # Odoo looks at each member of a server-wide module's controllers, to serve
        # requests that have no database.
        return super().default_collection if request.db else None

    def _process_method(
        self, service_name, method_name, *args, collection=None, params=None
    ):
        """Serve the call of this request, as base_rest's controllers serve theirs."""
        return request.env["rest.call"]._serve(request.rest_call)


class ApiController(RestTokenController, RestController):
    _root_path = "/api/"
    _collection_name = COLLECTION


class SkyController(RestTokenController, RestController):
    """Where older clients ask for a token."""

    _root_path = "/rest/sky/"
    _collection_name = "rest.token.sky.services"
