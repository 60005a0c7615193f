from ..restapi import AbstractComponent


class RestTokenService(AbstractComponent):
    """Base of the services that are called with a token."""

    _name = "rest.token.service"
    _inherit = "base.rest.service"
    _collection = "rest.token.services"

    @property
    def token(self):
        """Token of the request.

        :rtype: rest.token, empty where the method's ``auth`` asks for none
        """
        principal = getattr(self.request, "rest_principal", None)
        token_id = principal and principal.token_id
        return self.env["rest.token"].browse(token_id or [])
