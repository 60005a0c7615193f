from werkzeug.exceptions import NotFound

from odoo import _
from odoo.http import request

from odoo.addons.odoo_rest_token.session import close_session, open_session

from .. import restapi
from ..wire import to_iso_datetime


class SessionService(restapi.Component):
    """Web sessions that are opened with a token."""

    _inherit = "auth.rest.service"

    @restapi.method(
        [("/session", "POST")],
        output_param=restapi.CerberusAnswer("_session_schema"),
        save_session=True,
        scope=None,
    )
    def open_session(self):
        """Open a web session: the cookie session_id is good for Odoo's web client"""
        open_session()
        user = self.env.user
        return {
            "uid": user.id,
            "company_id": user.company_id.id,
            "partner_id": user.partner_id.id,
            "expires_at": to_iso_datetime(self.token.expires_at),
        }

    @restapi.method(
        [("/session", "DELETE")],
        output_param=restapi.CerberusAnswer("_closed_session_schema"),
        auth="public",
        errors=(404,),
        save_session=True,
    )
    def close_session(self):
        """Close the web session of the cookie session_id"""
        if not close_session():
            raise NotFound(_("There is no open session."))
        return {"closed": True}

    def _session_schema(self):
        number = {"type": "integer", "required": True}
        return {
            "uid": number,
            "company_id": number,
            "partner_id": number,
            "expires_at": {
                "type": "string",
                "required": True,
                "meta": {"format": "date-time"},
            },
        }

    def _closed_session_schema(self):
        return {"closed": {"type": "boolean", "required": True}}

    def _may_call(self, name):
        principal = getattr(request, "rest_principal", None)
        if name == "open_session" and principal and not principal.may():
            return False
        return super()._may_call(name)
