"""What serves a collection of services below a root."""

from odoo.http import request

from ..roots import roots


class RestTokenController:
    """Mixin of the controllers that serve a collection protected by tokens.

    It is no controller itself: Odoo merges all controllers that share an ancestor,
    and would serve one collection at the root of another. Use it so::

        class LibraryController(restapi.RestTokenController, restapi.RestController):
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
