"""Web sessions that a token opens."""

from odoo import _
from odoo.http import request

from . import compat
from .exceptions import InsufficientScope, JsonError


def open_session():
    """Log the web session of this request in, as the user of its token.

    The session ends when the token does. It gets a new id, as at any login.

    :raise InsufficientScope: the token is limited
    :raise JsonError: 403, as the administrator forbids it, as the user is a program, or
        as they have to give a second factor
    """
    principal = request.rest_principal
    if not principal.may():
        raise InsufficientScope()
    token = request.env["rest.token"].browse(principal.token_id or [])
    if not token or not token._is_allowed("session"):
        raise JsonError(_("Tokens open no web sessions here."), code=403)
    user = request.env.user
    if user.is_rest_program:
        raise JsonError(_("A program opens no web session."), code=403)
    if user._mfa_url():
        raise JsonError(
            _("This user has two-factor authentication: log in by the web page."),
            code=403,
        )
    token.sudo()._log("used to open a web session")
    session = request.session
    session.logout(keep_db=True)
    session.update(login=user.login, pre_login=user.login, pre_uid=user.id)
    compat.update_context(request, rest_token_id=token.id)
    compat.finalize_session(request)


def close_session():
    """Log the web session of this request out.

    :return: whether there was one
    :rtype: bool
    """
    was_open = bool(request.session.uid)
    if was_open:
        request.session.logout(keep_db=True)
    return was_open
