from odoo import _

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..restapi import AbstractComponent


class RestTokenService(AbstractComponent):
    """Base of the services that are called with a token."""

    _name = "rest.token.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.services"

    @property
    def token(self):
        """Token of the request.

        :rtype: rest.token, empty where another kind of credential, or none, says who
            calls
        """
        principal = getattr(self.request, "rest_principal", None)
        token_id = principal and principal.token_id
        return self.env["rest.token"].browse(token_id or [])

    def _require_token(self):
        """Return the token of the request.

        :rtype: rest.token
        :raise JsonError: 403, as another kind of credential says who calls
        """
        if not self.token:
            raise JsonError(_("This request was not made with a token."), code=403)
        return self.token
