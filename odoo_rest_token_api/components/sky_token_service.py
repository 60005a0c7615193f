from .. import restapi
from .token_issuing_service import CredentialsValidator


class SkyTokenService(restapi.Component):
    """Deprecated: the token of /api/auth, under the path that older clients know."""

    _name = "sky.token.rest.service"
    _inherit = "rest.token.issuing.service"
    _usage = "token"
    _collection = "rest.token.sky.services"
    _description = __doc__

    @restapi.method(
        [("/", "GET"), ("/", "POST")],
        input_param=CredentialsValidator("_credentials_schema"),
        output_param=restapi.CerberusAnswer("_issued_token_schema"),
        auth="public",
        errors=(409, 429),
    )
    def issue(self, **params):
        """Issue a token"""
        return self._issue_token(**params)

    @restapi.method(
        [("/", "DELETE")],
        output_param=restapi.CerberusAnswer("_revoked_schema"),
        scope=None,
    )
    def revoke(self):
        """Revoke the token of this request"""
        return self._revoke_own_token()
