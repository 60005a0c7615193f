import logging
import re
from html import unescape

import psycopg2
from psycopg2.errorcodes import (
    DEADLOCK_DETECTED,
    LOCK_NOT_AVAILABLE,
    READ_ONLY_SQL_TRANSACTION,
    SERIALIZATION_FAILURE,
)
from werkzeug.exceptions import HTTPException

from odoo import _
from odoo.exceptions import (
    AccessDenied,
    AccessError,
    MissingError,
    UserError,
)

from odoo.addons.odoo_rest_token.exceptions import (
    JsonError,
    ServiceUnavailable,
    is_out_of_reach,
    shorten,
)

_logger = logging.getLogger(__name__)

TRANSIENT = (DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE)
TAG_RE = re.compile(r"<[^<>]*>")


class InvalidParameter(JsonError):
    """400 that names the parameter.

    :param str name: of the parameter
    :param str reason: why it is refused
    """

    code = 400

    def __init__(self, name, reason):
        super().__init__(f"{shorten(name)}: {reason}")


def to_json_error(exception):
    """Return the JSON error to answer where a request ended with that exception.

    What the exception says is passed on where it was written for a user, and kept
    back otherwise; so it is where it names what the user can't see.

    :param Exception exception: from werkzeug, Odoo, PostgreSQL or anywhere else
    :rtype: JsonError
    """
    if isinstance(exception, JsonError):
        return exception
    if isinstance(exception, HTTPException):
        return _from_http_exception(exception)
    # The order matters: the others are UserErrors too.
    if is_database_failure(exception.__context__):
        return (
            ServiceUnavailable()
        )  # Odoo takes what fails as it authenticates for a denial
    is_for_clients = getattr(exception, "is_for_clients", False)
    if isinstance(exception, AccessDenied) or is_for_clients:
        return JsonError(_message(exception), code=403)
    if isinstance(exception, (AccessError, MissingError)):
        return _from_access_error(exception)
    if isinstance(exception, UserError):
        return JsonError(_message(exception), code=422)
    if isinstance(exception, psycopg2.DataError):
        return JsonError("A value is out of range or malformed.", code=400)
    if is_database_failure(exception):
        return ServiceUnavailable()
    return JsonError("The server failed to answer this request.", code=500)


def _from_access_error(exception):
    """Say no more than a client may know: what was said is in the log.

    Odoo names records, models, rules and groups, that the user can't see among them.
    """
    _logger.info("%s: %s", type(exception).__name__, _message(exception))
    if isinstance(exception, MissingError):
        return JsonError(_("There is no such record."), code=404)
    return JsonError(_("This user may not do that."), code=403)


def is_database_failure(exception):
    """Tell whether an exception is about the state of the database.

    It can't be reached, its disk is full, or it is read-only, as a standby is.

    :rtype: bool
    """
    is_read_only = getattr(exception, "pgcode", None) == READ_ONLY_SQL_TRANSACTION
    return is_read_only or is_out_of_reach(exception)


def is_transient(exception):
    """Tell whether others were in the way: what failed is to be tried again.

    :rtype: bool
    """
    return getattr(exception, "pgcode", None) in TRANSIENT


def _from_http_exception(exception):
    headers = [
        header
        for header in exception.get_headers({})
        if header[0].lower() not in ("content-type", "content-length")
    ]
    return JsonError(
        _get_description(exception), code=exception.code or 500, headers=headers
    )


def _get_description(exception):
    """Return what an exception says, as text.

    Werkzeug's own words are HTML, and so are those that are marked as such.

    :param HTTPException exception: from anywhere
    :rtype: str
    """
    text = exception.description or ""
    if "description" in vars(exception) and not hasattr(text, "__html__"):
        return text
    return unescape(TAG_RE.sub("", text))


def _message(exception):
    return str(exception.args[0]) if exception.args else None
