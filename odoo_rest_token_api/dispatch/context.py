"""What the headers of a request say of the environment that it runs in."""

from odoo import _
from odoo.http import request

from odoo.addons.odoo_rest_token import compat
from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..errors import InvalidParameter
from ..wire import to_integer


def apply_headers(httprequest):
    """Choose the company and the language that the request asks for.

    ``X-Company-Id`` is one of the user's companies: records of the others are left
    out. ``Accept-Language`` is one of the installed languages, and has no effect if it
    is not. Without them, all of the user's companies and the user's language count.

    :param werkzeug.wrappers.Request httprequest: whose headers count
    :raise JsonError: 400 or 403, as there is no such company for the user
    """
    context = {**_get_company(httprequest), **_get_language(httprequest)}
    if context:
        compat.update_context(request, **context)


def _get_company(httprequest):
    header = httprequest.headers.get("X-Company-Id")
    if header is None:
        return {}
    try:
        company_id = to_integer(header)
    except ValueError as error:
        raise InvalidParameter("X-Company-Id", str(error)) from error
    if company_id not in request.env.user.company_ids.ids:
        raise JsonError(_("X-Company-Id: is none of your companies"), code=403)
    return {"allowed_company_ids": [company_id]}


def _get_language(httprequest):
    if "Accept-Language" not in httprequest.headers:
        return {}
    installed = [code for code, _name in request.env["res.lang"].get_installed()]
    for accepted, quality in httprequest.accept_languages:
        if not quality:
            continue
        accepted = accepted.replace("-", "_").lower()
        for code in installed:
            if code.lower() == accepted or code.lower().split("_")[0] == accepted:
                return {"lang": code}
    return {}
