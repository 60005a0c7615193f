from unittest.mock import patch

from authlib.oauth2.rfc6749 import InvalidRequestError, InvalidScopeError

from odoo.tests.common import tagged

from ..server import Server
from .common import CALLBACK, OAuthCase, make_verifier

# One pixel, as PNG
LOGO = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPage(OAuthCase):
    """The page that asks the user, and what it is protected from."""

    def setUp(self):
        super().setUp()
        self._log_in()

    def test_page_says_who_asks_for_what_as_whom(self):
        page = self._ask(scope="auth:read partners:read")
        for text in (
            "<strong>Time Sheets</strong>",
            "<li>Read: Contact</li>",
            "<li>Read: your REST tokens</li>",
            self.holder.name,
            self.holder.login,
            "<strong>app.example.com</strong>",
        ):
            self.assertPage(page, 200, text)

    def test_page_shows_the_logo(self):
        self.assertNotIn("<img", self._ask().text)
        self.application.logo = LOGO
        self.assertPage(self._ask(), 200, 'src="data:image/png;base64,')

    def test_page_is_in_the_language_of_its_user(self):
        self._install_french("base", "odoo_rest_token_api", "odoo_rest_token_oauth")
        self.holder.lang = "fr_FR"
        self._log_in()
        page = self._ask()
        self.assertPage(page, 200, '<html lang="fr-FR">')
        for text in ("Autoriser", "Lire", "Contact"):
            self.assertPage(page, 200, text)

    def test_page_is_not_framed_kept_or_told_to_others(self):
        for response in (self._ask(), self._ask(client_id="unknown")):
            headers = response.headers
            self.assertEqual(headers["X-Frame-Options"], "DENY")
            policy = headers["Content-Security-Policy"]
            self.assertIn("frame-ancestors 'none'", policy)
            self.assertIn("default-src 'none'", policy)
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertNotIn("<script", response.text)
        policy = self._ask().headers["Content-Security-Policy"]
        self.assertIn("form-action 'self' https://app.example.com", policy)

    def test_what_an_application_is_called_is_text(self):
        self.application.name = "<script>alert(1)</script>"
        page = self._ask(state='"><script>')
        self.assertPage(page, 200, "&lt;script&gt;alert(1)&lt;/script&gt;")
        self.assertNotIn("<script", page.text)

    def test_state_goes_back_as_it_came(self):
        for state in (
            '{"page": "a\\b"}',
            "caf\u00e9 \u20ac \U0001f600",
            "line\r\nSet-Cookie: a=b\0",
            "a=b&c=d#e?f+g%20",
            "<script>",
        ):
            answer = self._read_redirect(self._decide(self._ask(state=state)))
            self.assertEqual(answer["state"], state)
            answer = self._read_redirect(self._ask(state=state, scope="unknown"))
            self.assertEqual(answer["state"], state)

    def test_parameters_that_nobody_knows_are_ignored(self):
        page = self._ask(nonce='"\u20ac"', prompt=["login", "consent"], x="\0")
        self.assertIn("code", self._read_redirect(self._decide(page)))

    def test_decision_comes_from_the_page(self):
        page = self._ask()
        for token in (None, "", "x", "0" * 40):
            response = self._decide(page, csrf_token=token)
            self.assertEqual(response.status_code, 400)
            self.assertNotIn("Location", response.headers)
        self.assertFalse(self.connections.search([]))

    def test_anything_but_a_yes_is_a_no(self):
        for decision in ("deny", "", "Allow", "x"):
            answer = self._read_redirect(self._decide(self._ask(), decision))
            self.assertEqual(answer["error"], "access_denied")

    def test_what_is_wrong_with_who_asks_is_said_on_a_page(self):
        for query in (
            {"client_id": "unknown"},
            {"client_id": None},
            {"client_id": "\0"},
            {"client_id": "\u20ac"},
            {"redirect_uri": None},
            {"redirect_uri": "https://evil.example.com/"},
            {"redirect_uri": f"{CALLBACK}/"},
            {"redirect_uri": "javascript:alert(1)"},
            {"redirect_uri": "//evil.example.com"},
            {"redirect_uri": [CALLBACK, "https://evil.example.com/"]},
            {"client_id": [self.application.client_id, "other"]},
            {"response_type": "token", "redirect_uri": "https://evil.example.com/"},
            {"state": ["one", "two"]},
        ):
            self.assertPage(self._ask(**query), 400, "Not connected")

    def test_browser_is_sent_nowhere_else_whatever_authlib_says(self):
        """Authlib before 1.6.10, and 1.7.0, didn't look at the address for long."""
        evil = "https://evil.example.com/"
        for error in (InvalidRequestError, InvalidScopeError):
            with patch.object(
                Server, "get_consent_grant", side_effect=error(redirect_uri=evil)
            ):
                for query in (
                    {"redirect_uri": evil},
                    {"redirect_uri": evil, "client_id": "unknown"},
                    {"redirect_uri": evil, "client_id": None},
                    {"redirect_uri": None},
                ):
                    self.assertPage(self._ask(**query), 400, "Not connected")

    def test_what_else_is_wrong_is_said_to_the_application(self):
        for query, error in (
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"response_type": None}, "unsupported_response_type"),
            ({"code_challenge": None}, "invalid_request"),
            ({"code_challenge": "short"}, "invalid_request"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
            ({"code_challenge_method": None}, "invalid_request"),
            ({"scope": "unknown"}, "invalid_scope"),
            ({"scope": "partners:write"}, "invalid_scope"),
            ({"scope": "partners:read partners:write"}, "invalid_scope"),
            ({"scope": " "}, "invalid_scope"),
        ):
            answer = self._read_redirect(self._ask(**query))
            self.assertEqual(answer["error"], error, query)
            self.assertEqual(answer["state"], "of the application")

    def test_resource_has_to_be_one_of_this_server(self):
        for resource in (self.issuer, f"{self.issuer}/api", f"{self.issuer}/api/"):
            self.assertPage(self._ask(resource=resource), 200, "Time Sheets")
        for resource in ("https://example.com", f"{self.issuer}/web", "x"):
            answer = self._read_redirect(self._ask(resource=resource))
            self.assertEqual(answer["error"], "invalid_target")

    def test_web_session_of_a_token_allows_nothing(self):
        self.opener.cookies.clear()
        self._request("POST", "/api/auth/session", self.client.secret)
        self.assertPage(self._ask(), 400, "your password")

    def test_user_may_hold_no_tokens(self):
        portal = self._new_user("portal", "base.group_portal")
        self._log_in(portal)
        self.assertPage(self._ask(), 400, "may not hold")

    def test_application_that_asks_nobody_is_refused(self):
        application = self._new_application(name="Other", redirect_uris=False)
        self.assertPage(self._ask(application), 400, "Not connected")

    def test_verifier_has_to_match(self):
        for verifier in (None, "", "x", make_verifier()[0], self.challenge):
            code = self._allow()
            response = self._redeem(code, code_verifier=verifier)
            self.assertIn(
                response.json()["error"], ("invalid_grant", "invalid_request")
            )
            self.assertEqual(response.status_code, 400)

    def test_code_is_for_its_application_and_address(self):
        other = self._new_application(name="Other")
        secret = other._new_secret()
        response = self._redeem(self._allow(), other, secret)
        self.assertOAuthError(response, "invalid_grant")
        for uri in (None, f"{CALLBACK}/", "https://evil.example.com"):
            response = self._redeem(self._allow(), redirect_uri=uri)
            self.assertOAuthError(response, "invalid_grant")
