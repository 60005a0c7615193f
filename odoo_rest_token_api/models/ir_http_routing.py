from contextlib import suppress

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BuildError, RequestRedirect

from odoo import models
from odoo.http import request

from ..controllers.main import is_rest_token_path
from ..routing import PartialMaps

# Not the redirects of http_routing, which are to be answered.
FAILURES = (NotFound, MethodNotAllowed, RequestRedirect, BuildError)


# Not merged with the other class: from Odoo 17.0, there is none of this.
# pylint: disable=consider-merging-classes-inherited
class IrHttp(models.AbstractModel):
    """Up to Odoo 16.0, where a path is compared with the routes of all addons in turn.

    A path of ours is compared with those that start as it does first.
    """

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info, **kwargs):
        if is_rest_token_path(request.db, request.httprequest.path):
            request.rest_token_routed_path = path_info
            try:
                with suppress(*FAILURES):
                    return super()._match(path_info, **kwargs)
            finally:
                request.rest_token_routed_path = None
        return super()._match(path_info, **kwargs)

    @classmethod
    def routing_map(cls, key=None):
        routing_map = super().routing_map(key=key)
        path = request and getattr(request, "rest_token_routed_path", None)
        if not path:
            return routing_map
        if not hasattr(routing_map, "rest_token_maps"):
            routing_map.rest_token_maps = PartialMaps(routing_map)
        return routing_map.rest_token_maps.find(path)
