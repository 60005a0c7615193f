from werkzeug.exceptions import NotFound

from odoo.http import request

from odoo.addons.base_rest.controllers.main import RestController
from odoo.addons.base_rest.core import _rest_services_databases

from ..request_context import apply_headers
from ..request_params import read_params
from ..wire import MAX_ID

COLLECTION = "rest.token.services"
ROOT_PATHS = set()  # of all controllers, whatever the database


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
            ROOT_PATHS.add(cls._root_path)
        return super().__init_subclass__(**options)

    @property
    def default_collection(self):
        # Odoo looks at each member of a server-wide module's controllers, to serve
        # requests that have no database.
        return super().default_collection if request.db else None

    def _process_method(
        self, service_name, method_name, *args, collection=None, params=None
    ):
        response = super()._process_method(
            service_name, method_name, *args, params=prepare_call(args)
        )
        return forbid_caching(response)


class ApiController(RestTokenController, RestController):
    _root_path = "/api/"
    _collection_name = COLLECTION


class SkyController(RestTokenController, RestController):
    """Where older clients ask for a token."""

    _root_path = "/rest/sky/"
    _collection_name = "rest.token.sky.services"


def is_available(service):
    """Tell whether this database has a service, of these addons or of others.

    :param service: component of ``base.rest.service``
    :rtype: bool
    """
    return not hasattr(service, "_is_available") or service._is_available()


def prepare_call(args):
    """Read what the request says: its environment, and its parameters.

    :param args: those of its path
    :return: the parameters, as :func:`read_params` returns them
    :raise NotFound: an id of the path can be none
    """
    httprequest = request.httprequest
    if any(isinstance(arg, int) and abs(arg) > MAX_ID for arg in args):
        raise NotFound()
    apply_headers(httprequest)
    return read_params(httprequest)


def forbid_caching(response):
    """Say that an answer is for its client alone.

    Caches know what the header ``Authorization`` means, but not ``access-token``; and a
    token is not to be stored (RFC 6749, section 5.1).

    :rtype: odoo.http.Response
    """
    response.headers["Cache-Control"] = "no-store"
    return response


def normalize(path):
    """Return the one form of a path: Werkzeug's router ignores slashes before the first.

    :param str path: of a request, decoded
    :rtype: str
    """
    return f"/{path.lstrip('/')}" if path.startswith("//") else path


def is_under_root(path):
    """Tell whether a path is under the root of a controller, whatever the database.

    :param str path: of a request, in its normal form
    :rtype: bool
    """
    return f"{path}/".startswith(tuple(ROOT_PATHS))


def is_rest_token_path(db, path):
    """Tell whether a path is under the root of a :class:`RestTokenController`.

    :param str db: name of the database that is asked
    :param str path: of the request
    :rtype: bool
    """
    return any(
        f"{path}/".startswith(root_path)
        and issubclass(service["controller_class"], RestTokenController)
        for root_path, service in _rest_services_databases.get(db, {}).items()
    )
