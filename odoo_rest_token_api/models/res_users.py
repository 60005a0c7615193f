from contextlib import contextmanager

from odoo import api, models, tools
from odoo.exceptions import AccessDenied


class ResUsers(models.Model):
    """Logins that fail take the same time, whether there is such a user or not.

    To check a password takes longer than all else that Odoo does at a login, and it
    checks none where the login is unknown or its user has no password.
    """

    _inherit = "res.users"

    @contextmanager
    def _assert_can_auth(self, *args, **kwargs):
        with super()._assert_can_auth(*args, **kwargs):
            try:
                yield
            except AccessDenied as error:
                if not getattr(error, "checked_password", False):
                    self._crypt_context().verify("", self._get_dummy_hash())
                raise

    def _check_credentials(self, credential, env):
        try:
            return super()._check_credentials(credential, env)
        except AccessDenied as error:
            self.env.cr.execute(
                "SELECT FROM res_users WHERE id = %s AND password != ''",
                (self.env.uid,),
            )
            error.checked_password = bool(self.env.cr.rowcount)
            raise

    @api.model
    @tools.ormcache()
    def _get_dummy_hash(self):
        """Return a hash as costly as those of passwords, of nothing in particular."""
        return self._crypt_context().hash("no password")
