from odoo.exceptions import AccessDenied, ValidationError
from odoo.tests.common import BaseCase, tagged

from .. import compat
from ..exceptions import UnauthorizedInvalidToken
from ..networks import contains, join
from .common import RestTokenHttpCase

PING = "/odoo_rest_token/test/ping/token"


class TestContains(BaseCase):
    def assertContains(self, networks, *addresses):
        for address in addresses:
            self.assertTrue(contains(join(networks), address), address)

    def assertExcludes(self, networks, *addresses):
        for address in addresses:
            self.assertFalse(contains(join(networks), address), address)

    def test_networks_of_ipv4(self):
        networks = "192.0.2.0/24, 198.51.100.7"
        self.assertContains(networks, "192.0.2.0", "192.0.2.255", "198.51.100.7")
        self.assertExcludes(networks, "192.0.3.0", "198.51.100.8", "2001:db8::1")

    def test_networks_of_ipv6(self):
        networks = "2001:db8::/32 fe80::/10"
        self.assertContains(networks, "2001:DB8::1", "2001:db8:0:0::7", "fe80::1%eth0")
        self.assertExcludes(networks, "2001:db9::1", "192.0.2.1", "::1")

    def test_ipv4_within_ipv6_is_ipv4(self):
        self.assertContains("192.0.2.0/24", "::ffff:192.0.2.1", "::ffff:c000:201")
        self.assertContains("::ffff:192.0.2.0/120", "192.0.2.1", "::ffff:192.0.2.1")
        self.assertExcludes("192.0.2.0/24", "::ffff:192.0.3.1", "::192.0.2.1")

    def test_whole_of_ipv6_has_nothing_of_ipv4(self):
        self.assertContains("::/0", "2001:db8::1")
        self.assertExcludes("::/0", "192.0.2.1", "::ffff:192.0.2.1")

    def test_address_that_is_none_is_in_no_network(self):
        self.assertExcludes("0.0.0.0/0 ::/0", None, "", "unix:", "192.0.2.1:80")

    def test_nothing_allows_all(self):
        for networks in (None, False, "", " , "):
            self.assertContains(networks, "192.0.2.1", "2001:db8::1", None)

    def test_separators_alone_allow_all(self):
        for blank in ("\t", "\r\n", "\u00a0", " ,\t, ", ","):
            self.assertTrue(contains(join(blank), "192.0.2.1"), repr(blank))
            lists = join("192.0.2.0/24", blank)
            self.assertTrue(contains(lists, "192.0.2.1"), repr(blank))
            self.assertFalse(contains(lists, "192.0.3.1"), repr(blank))

    def test_networks_are_told_apart_by_any_separator(self):
        self.assertContains(
            "192.0.2.0/24\t198.51.100.7,\n2001:db8::/32", "198.51.100.7"
        )

    def test_address_has_to_be_in_each_list(self):
        lists = join("192.0.2.0/24", None, "192.0.2.128/25 2001:db8::/32")
        self.assertTrue(contains(lists, "192.0.2.129"))
        self.assertFalse(contains(lists, "192.0.2.1"))
        self.assertFalse(contains(lists, "2001:db8::1"))


@tagged("post_install", "-at_install")
class TestNetworks(RestTokenHttpCase):
    """A token that is limited to networks is refused from others, whatever it is for.

    The tests call from 127.0.0.1.
    """

    def _issue_in(self, networks):
        return self.tokens.with_user(self.holder)._issue(
            self.holder, "Limited", networks=networks
        )

    def test_token_is_good_in_its_networks(self):
        for networks in ("127.0.0.0/8", "10.0.0.0/8 127.0.0.1", "::ffff:127.0.0.0/104"):
            _token, secret = self._issue_in(networks)
            self.assertEqual(self._request("GET", PING, secret).status_code, 200)

    def test_token_is_refused_elsewhere_as_any_that_is_not_valid(self):
        token, secret = self._issue_in("192.0.2.0/24")
        response = self._request("GET", PING, secret)
        self.assertEqual(response.status_code, 401)
        self.assertIn("invalid_token", response.headers["WWW-Authenticate"])
        unknown = self._request("GET", PING, "access_token_" + 40 * "0")
        self.assertEqual(response.text, unknown.text)
        self.assertFalse(token.last_used_at)

    def test_refusal_is_logged(self):
        token, secret = self._issue_in("192.0.2.0/24")
        with self.assertLogs("odoo.addons.odoo_rest_token") as logs:
            with self.assertRaises(UnauthorizedInvalidToken):
                self.tokens._authenticate(secret)
        self.assertIn(f"{token.prefix} of 'rest_holder'", logs.output[0])
        self.assertIn("refused, from None: not from its networks", logs.output[0])

    def test_proxy_in_proxy_mode_says_the_address(self):
        _token, secret = self._issue_in("192.0.2.0/24")
        forged = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": "example.com"}
        response = self._request("GET", PING, secret, headers=forged)
        self.assertEqual(response.status_code, 401)

    def test_token_is_no_password_elsewhere(self):
        _token, secret = self._issue_in("192.0.2.0/24")
        _other, good = self._issue_in("127.0.0.1")
        self._flush()
        users = self.env["res.users"]
        self.assertFalse(self.tokens._is_login_of(secret, self.holder.id))
        with self.assertRaises(AccessDenied):
            compat.check_password(users, self.holder.id, secret)
        for each, status in ((good, 200), (secret, 401)):
            path = "/odoo_rest_token/test/session"
            self.assertEqual(self._request("POST", path, each).status_code, status)

    def test_session_of_a_token_ends_where_its_networks_do(self):
        token, _secret = self._issue_in("192.0.2.0/24")
        self._flush()
        self.assertFalse(self.tokens._is_session_alive(token.id, self.holder.id))

    def test_what_is_no_network_is_refused(self):
        for networks in ("localhost", "192.0.2.1/24", "10.0.0.0/33", "1.2.3", "; ::/0"):
            with self.assertRaises(ValidationError):
                self._issue_in(networks)

    def test_limits_that_are_not_known_refuse(self):
        token, secret = self._issue()
        self._flush()
        for column in ("network_keys", "quota_keys"):
            with self.subTest(column), self.env.cr.savepoint():
                statement = "UPDATE rest_token SET {} = NULL WHERE id = %s"
                self.env.cr.execute(statement.format(column), (token.id,))
                self.assertEqual(self._request("GET", PING, secret).status_code, 401)
