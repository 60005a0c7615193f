"""Proofs of identity: somebody gave the password in a web session, minutes ago.

Odoo's ``check_identity`` asks the session of the request's cookie for the proof,
whoever the call runs as. A proof counts for the user of that session alone, so what
authenticates a call otherwise has it forgotten: a token, an API key, a password beside
a call of XML-RPC or JSON-RPC (from Odoo 16.0, these have no session at all).
"""

from odoo import _
from odoo.http import request

from . import compat
from .exceptions import not_allowed

PROOF = "identity-check-last"  # key of Odoo's in the session


def forget_proof():
    """Have this request, if there is one, go on as a program's, without any proof.

    The stored session keeps it: its own user goes on with it.
    """
    if not request:
        return
    request.rest_token_is_program = True
    compat.forget_in_session(request.session, PROOF)


def is_person():
    """Tell whether this is a request that its web session authenticated.

    :rtype: bool
    """
    return bool(request) and not getattr(request, "rest_token_is_program", False)


def check_person():
    """Check that this is a request that its web session authenticated.

    :raise AccessError: it is not
    """
    if not is_person():
        raise no_person()


def no_person():
    """Return the exception that says what a program's user is to do instead.

    :rtype: AccessError
    """
    return not_allowed(
        _(
            "This needs your password: log in to Odoo's web client with it. No token, "
            "API key or other program can do this."
        )
    )
