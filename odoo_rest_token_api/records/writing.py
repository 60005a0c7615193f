"""What the ORM and PostgreSQL refuse, as errors that name the field."""

import logging
import re
from contextlib import contextmanager

from psycopg2 import DataError, IntegrityError, ProgrammingError, errorcodes
from werkzeug.exceptions import HTTPException

from odoo.exceptions import RedirectWarning, UserError

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..errors import to_json_error

KEY_RE = re.compile(r"\((?P<columns>[^)]*)\)=")
STUMBLES = (  # of Odoo's Python and of PostgreSQL, over values that nobody checked
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    OverflowError,
    DataError,
    ProgrammingError,
)

_logger = logging.getLogger(__name__)


@contextmanager
def refusals(model, fields, sent=None, created=()):
    """Run what writes records, to the end, and say why where it is refused.

    :param odoo.models.Model model: that is written
    :param dict fields: of :class:`RecordField`, by their name on the wire
    :param sent: names on the wire of what a client sent, whose values are to blame for
        what Odoo stumbles over; nothing is if not given
    :param created: of dict, what ``create()`` takes
    :raise JsonError: 403, 404, 409 or 422
    """
    try:
        yield
        compat.flush_all(model.env)
    except HTTPException:
        raise
    except IntegrityError as error:
        raise _from_integrity_error(error, model, fields, created) from error
    except UserError as error:
        raise to_json_error(error) from error
    except RedirectWarning as error:
        raise JsonError(str(error.args[0]), code=422) from error
    except STUMBLES as error:
        if sent is None:
            raise
        _logger.warning("Values of %s were refused", model._name, exc_info=True)
        reason = _explain_stumble(error, model, fields, sent, created)
        raise JsonError(reason, code=422) from error


def _explain_stumble(error, model, fields, sent, created):
    """Say what is known of values over which Odoo stumbled: which are missing."""
    wire_names = _get_wire_names(fields)
    missing = _find_missing(model, created)
    if isinstance(error, KeyError) and error.args[0] in missing:
        missing = error.args[:1]
    if missing:
        return _name_missing(missing, wire_names)
    names = ", ".join(sorted(sent))
    reason = "Odoo can't do this with what was sent"
    return f"{names}: {reason}" if names else f"{reason}."


def _find_missing(model, created):
    """Find what records have to have, and were not given.

    Before it tries, nobody knows: Odoo's ``create()`` may fill it in, as that of a line
    of an order does with its text.

    :param created: of dict, what ``create()`` was given
    :return: names of fields
    :rtype: set of str
    """
    return {
        name
        for values in created
        for name, field in model._fields.items()
        if field.required
        and not (field.default or field.compute or compat.is_automatic(field))
        if name not in model._inherits.values()
        if values.get(name) in (None, False)
    }


def _name_missing(missing, wire_names):
    names = (wire_names.get(name, name) for name in sorted(missing))
    return "; ".join(f"{name}: required" for name in names)


def _get_wire_names(fields):
    return {field.field.name: name for name, field in fields.items()}


def _from_integrity_error(error, model, fields, created):
    diag = error.diag
    wire_names = _get_wire_names(fields)

    def prefix(columns):
        names = [wire_names.get(name, name) for name in columns if name]
        return f"{', '.join(names)}: " if names else ""

    if error.pgcode == errorcodes.NOT_NULL_VIOLATION:
        missing = {diag.column_name}
        if diag.table_name == model._table:
            missing |= _find_missing(model, created)
        return JsonError(_name_missing(missing, wire_names), code=422)
    if error.pgcode == errorcodes.UNIQUE_VIOLATION:
        key = KEY_RE.search(diag.message_detail or "")
        columns = key.group("columns").split(", ") if key else []
        reason = _get_message(model, diag) or "there is a record of that value already"
        return JsonError(f"{prefix(columns)}{reason}", code=409)
    if error.pgcode == errorcodes.FOREIGN_KEY_VIOLATION:
        if diag.table_name != model._table or "still referenced" in str(error):
            reason = "The record is in use by others: it can be archived, not deleted."
            return JsonError(reason, code=409)
        key = KEY_RE.search(diag.message_detail or "")
        columns = key.group("columns").split(", ") if key else []
        return JsonError(f"{prefix(columns)}there is no such record", code=422)
    reason = _get_message(model, diag) or "A constraint of the database is violated."
    return JsonError(reason, code=422)


def _get_message(model, diag):
    # The transaction is aborted: no translation can be looked up.
    return compat.get_constraint_message(model, diag.constraint_name)
