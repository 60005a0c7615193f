import logging

from cerberus import DocumentError
from werkzeug.exceptions import BadRequest

from odoo.addons.component.core import AbstractComponent

from ..openapi import TokenServiceAPISpec

_logger = logging.getLogger(__name__)


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
        token_id = getattr(self.request, "rest_token_id", None)
        return self.env["rest.token"].browse(token_id or [])

    def _prepare_input_params(self, method, params):
        try:
            return super()._prepare_input_params(method, params)
        except DocumentError as error:
            raise BadRequest("The body has to be an object.") from error

    def _log_call(self, func, params, secure_params, res):
        # Parameters, headers and results hold secrets: base_rest would log them.
        httprequest = self.request.httprequest
        _logger.debug("%s %s", httprequest.method, httprequest.path)

    def _get_api_spec(self, **params):
        return TokenServiceAPISpec(self, **params)
