from unittest.mock import patch

from odoo.exceptions import AccessDenied
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .. import compat
from .common import RestTokenHttpCase


@tagged("post_install", "-at_install")
class TestRpc(RestTokenHttpCase):
    """A token in place of the password, in XML-RPC and JSON-RPC."""

    def setUp(self):
        super().setUp()
        self.token, self.secret = self._issue()

    def _authenticate(self, login, password):
        """Return what XML-RPC's ``authenticate`` returns: an id, or False."""
        self._flush()
        db = self.env.cr.dbname
        return self.xmlrpc_common.authenticate(db, login, password, {})

    def _read_login(self, password, user=None):
        """Call a method as XML-RPC does."""
        self._flush()
        uid = (user or self.holder).id
        (values,) = self.xmlrpc_object.execute_kw(
            self.env.cr.dbname, uid, password, "res.users", "read", [[uid], ["login"]]
        )
        return values["login"]

    def assertRefused(self, password, user=None):
        user = user or self.holder
        self._flush()
        with mute_logger("odoo.addons.base.models.res_users"):
            self.assertFalse(self._authenticate(user.login, password))
            with self.assertRaises(AccessDenied):
                compat.check_password(self.env["res.users"], user.id, password)

    def test_token_logs_its_user_in(self):
        self.assertEqual(
            self._authenticate(self.holder.login, self.secret), self.holder.id
        )
        self.assertEqual(self._read_login(self.secret), self.holder.login)

    def test_token_of_another_user_is_refused(self):
        self.assertRefused(self.secret, self._new_user("other"))
        self.assertRefused(self.secret, self.env.ref("base.user_admin"))

    def test_revoked_token_is_refused_by_the_next_call(self):
        for _call in range(2):
            self.assertEqual(self._read_login(self.secret), self.holder.login)
        self.token.action_revoke()
        self.assertRefused(self.secret)

    def test_expired_token_is_refused(self):
        self._expire(self.token)
        self.assertRefused(self.secret)

    def test_unknown_token_is_refused(self):
        self.assertRefused("access_token_" + "0" * 40)

    def test_limited_token_is_refused(self):
        self.env["rest.token.scope"]._ensure(["test:read"])
        _token, limited = self._issue(scope="test:read")
        self.assertRefused(limited)

    def test_password_goes_on(self):
        password = self.holder.login
        self.assertEqual(self._read_login(password), self.holder.login)
        self.assertRefused("wrong")

    def test_password_that_looks_like_a_token_is_a_password(self):
        password = "access_token_" + "1" * 40
        self.holder.password = password
        self.assertEqual(self._read_login(password), self.holder.login)

    def test_second_factor_leaves_tokens_and_refuses_the_password(self):
        with patch.object(type(self.holder), "_rpc_api_keys_only", lambda self: True):
            self.assertEqual(self._read_login(self.secret), self.holder.login)
            self.assertRefused(self.holder.login)

    def test_administrator_forbids_tokens(self):
        for value in ("0", "False", "no", "off", "nonsense", " "):
            with self.subTest(value=value):
                self._set_parameter("allow_rpc", value)
                self.assertRefused(self.secret)
        self._set_parameter("allow_rpc", "True")
        self.assertEqual(self._read_login(self.secret), self.holder.login)

    def test_token_is_no_password_for_persons(self):
        self.authenticate(None, None)
        self._flush()
        params = {
            "db": self.env.cr.dbname,
            "login": self.holder.login,
            "password": self.secret,
        }
        with mute_logger("odoo.addons.base.models.res_users", "odoo.http"):
            answer = self._request(
                "POST", "/web/session/authenticate", json={"params": params}
            ).json()
        self.assertIn("AccessDenied", answer["error"]["data"]["name"])
