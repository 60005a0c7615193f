"""Which database a request is for, on a server that has several.

Odoo knows it from the session's cookie, or because there is only one. A client of
these services has no cookie: it says so in the header ``X-Odoo-Database``, or in the
parameter ``db`` of its request for a token.
"""

from odoo.addons.odoo_rest_token.exceptions import JsonError, ServiceUnavailable

from ..dispatch.reading import peek_params
from ..errors import InvalidParameter
from ..roots import roots

HEADER = "X-Odoo-Database"
NOT_SERVED = "no such database is served here"
TOKEN_ENDS = ("/token", "/auth/revoke")


def choose_database(httprequest, list_databases):
    """Return the database that a request names.

    What isn't served is told by the same answer, after the same work, whether it
    exists or not.

    :param werkzeug.wrappers.Request httprequest: before it is routed
    :param list_databases: function that returns the names of those that Odoo's own
        filter allows
    :rtype: str, or None if it names none
    :raise InvalidParameter: it names one that is not served
    :raise ServiceUnavailable: no database can be reached
    """
    parameter, name = _get_name(httprequest)
    if not name:
        return None
    names = list_databases()
    if not names:
        raise ServiceUnavailable()
    if name not in names:
        raise InvalidParameter(parameter, NOT_SERVED)
    return name


def _get_name(httprequest):
    name = httprequest.headers.get(HEADER)
    if name:
        return HEADER, name
    if is_token_request(httprequest.path):
        params = peek_params(httprequest)  # its service says what is wrong with them
        name = params.get("db") if isinstance(params, dict) else None
        return "db", name if isinstance(name, str) else None
    return HEADER, None


def is_token_request(path):
    """Tell whether a path is where a service issues tokens, or takes them back.

    :rtype: bool
    """
    return bool(roots.find(path)) and path.rstrip("/").endswith(TOKEN_ENDS)


def explain_no_session(httprequest, chosen, list_databases):
    """Say why a page, of which Odoo chooses the database, has none.

    From 19.0 Odoo reads the header, and takes what its filter allows, be it there or
    not.

    :param werkzeug.wrappers.Request httprequest: before it is routed
    :param str chosen: name of a database, if one was
    :param list_databases: function that returns the names of those that are served
    :rtype: JsonError, or None where it has one
    """
    name = httprequest.headers.get(HEADER)
    if chosen and not name:
        return None
    names = list_databases()
    if not names:
        return ServiceUnavailable()
    if name and name not in names:
        return InvalidParameter(HEADER, NOT_SERVED)
    if chosen:
        return None
    if len(names) < 2:
        return ServiceUnavailable()
    return JsonError(
        "Several databases are served here: log in to the one that is meant.", code=400
    )


def explain_no_database(list_databases):
    """Say why a request to one of the services has no database.

    :param list_databases: function that returns the names of those that are served
    :rtype: JsonError
    """
    if len(list_databases()) < 2:  # the only one could not be found a moment ago
        return ServiceUnavailable()
    return JsonError(
        "Several databases are served here: say which one, in the header "
        f"'{HEADER}' or, to get a token, in the parameter 'db'.",
        code=400,
    )
