from odoo.tests.common import BaseCase, tagged

from ..redirects import find_fault, get_form_action, is_registered

ISSUER = "https://odoo.example.com"
APP = "https://app.example.com/callback"


@tagged("post_install", "-at_install")
class TestRedirects(BaseCase):
    """Where the answer to an application may be sent."""

    def assertGoes(self, uri, *registered):
        self.assertTrue(is_registered(uri, registered, ISSUER), uri)

    def assertStays(self, uri, *registered):
        self.assertFalse(is_registered(uri, registered, ISSUER), uri)

    def test_addresses_of_applications_can_be_registered(self):
        for uri in (
            APP,
            "https://app.example.com",
            "https://app.example.com:8443/callback?of=us",
            "http://127.0.0.1/callback",
            "http://127.0.0.1:8080/",
            "http://[::1]/callback",
            "http://localhost:8080/callback",
            "com.example.app:/callback",
            "/odoo_rest_token_oauth/static/oauth2-redirect.html",
        ):
            self.assertIsNone(find_fault(uri), uri)

    def test_others_can_not(self):
        for uri in (
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "about:blank",
            "blob:https://app.example.com/x",
            "myapp:/callback",
            "http://app.example.com/callback",
            "http://127.0.0.1.example.com/callback",
            "http://127.0.0.1@example.com/callback",
            "http://127.0.0.2/callback",
            "http://localhost.example.com/",
            "https://user@app.example.com/",
            "https://user:password@app.example.com/",
            "https:///callback",
            "https:app.example.com",
            "https://app.example.com:port/",
            "https://[app/",
            f"{APP}#fragment",
            f"{APP} ",
            f"{APP}\n",
            "https://app.example.com\\@example.com/",
            "https://app.example.com/<script>",
            "https://\xe4.example.com/",
            "//app.example.com/callback",
            "callback",
            "",
            f"{APP}?{'x' * 2000}",
        ):
            self.assertIsNotNone(find_fault(uri), uri)

    def test_they_are_compared_letter_by_letter(self):
        self.assertGoes(APP, "https://other.example.com", APP)
        for uri in (
            f"{APP}/",
            f"{APP}?x=1",
            f"{APP}/../other",
            "https://app.example.com/Callback",
            "https://APP.example.com/callback",
            "https://app.example.com:443/callback",
            "https://app.example.com/%63allback",
            "https://app.example.com.evil.example/callback",
            "http://app.example.com/callback",
            None,
            [APP],
        ):
            self.assertStays(uri, APP)

    def test_a_loopback_address_has_any_port(self):
        registered = "http://127.0.0.1/callback"
        for uri in (registered, "http://127.0.0.1:54321/callback"):
            self.assertGoes(uri, registered)
            self.assertGoes(uri, "http://127.0.0.1:8080/callback")
        self.assertGoes("http://[::1]:54321/callback", "http://[::1]/callback")
        for uri in (
            "http://127.0.0.1:54321/other",
            "http://127.0.0.1:54321/callback?x=1",
            "https://127.0.0.1:54321/callback",
            "http://[::1]:54321/callback",
            "http://localhost:54321/callback",
            "http://127.0.0.1:54321@example.com/callback",
            "http://127.0.0.1:99999/callback",
        ):
            self.assertStays(uri, registered)
        self.assertStays("http://localhost:2/", "http://localhost:1/")

    def test_a_path_is_of_this_server(self):
        self.assertGoes(f"{ISSUER}/page.html", "/page.html")
        for uri in ("/page.html", f"{ISSUER}/other", "https://example.com/page.html"):
            self.assertStays(uri, "/page.html")

    def test_a_form_may_lead_there(self):
        self.assertEqual(get_form_action(APP), "https://app.example.com")
        self.assertEqual(get_form_action("http://127.0.0.1:1/"), "http://127.0.0.1:1")
        self.assertEqual(get_form_action("com.example.app:/x"), "com.example.app:")
