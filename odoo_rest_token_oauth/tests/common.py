import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from odoo.tests.common import HOST
from odoo.tools import config, mute_logger

from odoo.addons.odoo_rest_token_api.tests.common import RestApiCase

CALLBACK = "https://app.example.com/callback"
APPLICATIONS = "odoo.addons.odoo_rest_token_oauth.models"


def make_verifier():
    """Make what an application keeps, and what it shows before (RFC 7636).

    :return: verifier, challenge
    :rtype: (str, str)
    """
    verifier = secrets.token_urlsafe(48)
    digest = sha256(verifier.encode()).digest()
    return verifier, urlsafe_b64encode(digest).decode().rstrip("=")


class OAuthCase(RestApiCase):
    """An application, and the browser of its user, ``self.holder``."""

    def setUp(self):
        super().setUp()
        self.applications = self.env["rest.oauth.application"]
        self.connections = self.env["rest.oauth.connection"]
        self.application = self._new_application()
        self.secret = self.application._new_secret()
        self.verifier, self.challenge = make_verifier()

    @property
    def issuer(self):
        return f"http://{HOST}:{config['http_port']}"

    def _new_application(self, scope="auth:read partners:read", **values):
        scopes = self.env["rest.token.scope"]
        if scope:
            scopes = scopes._parse(scope, "rest.token.services")
        values = {"name": "Time Sheets", "redirect_uris": CALLBACK, **values}
        return self.applications.create({**values, "scope_ids": [(6, 0, scopes.ids)]})

    def _new_public_application(self, **values):
        return self._new_application(is_confidential=False, **values)

    # ------------------------------------------------------------
    # The browser
    # ------------------------------------------------------------

    def _log_in(self, user=None):
        user = user or self.holder
        self.authenticate(user.login, user.login)

    def _make_query(self, application=None, **others):
        query = {
            "response_type": "code",
            "client_id": (application or self.application).client_id,
            "redirect_uri": CALLBACK,
            "scope": "partners:read",
            "state": "of the application",
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
            **others,
        }
        return {name: value for name, value in query.items() if value is not None}

    def _browse(self, method, path, **options):
        with mute_logger("odoo.http"):
            return self._request(method, path, allow_redirects=False, **options)

    def _ask(self, application=None, **query):
        """Have the browser open the page that asks the user."""
        query = self._make_query(application, **query)
        return self._browse("GET", "/oauth/authorize", params=query)

    def _decide(self, page, decision="allow", **form):
        """Press a button of the page that asks the user."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        form = {"csrf_token": token and token.group(1), "decision": decision, **form}
        path = page.request.path_url
        return self._browse("POST", path, data=form)

    def _read_redirect(self, response, uri=CALLBACK):
        """Read what a browser is sent back to an application with.

        :rtype: dict
        """
        self.assertEqual(response.status_code, 303, response.text)
        location = response.headers["Location"]
        self.assertTrue(location.startswith(f"{uri}?"), location)
        answer = parse_qs(urlsplit(location).query)
        self.assertEqual(answer.pop("iss"), [self.issuer])
        return {name: value for name, [value] in answer.items()}

    def _allow(self, application=None, **query):
        """Allow an application what it asks for, and return its code."""
        page = self._ask(application, **query)
        self.assertEqual(page.status_code, 200, page.text)
        uri = query.get("redirect_uri", CALLBACK)
        return self._read_redirect(self._decide(page), uri)["code"]

    # ------------------------------------------------------------
    # The application
    # ------------------------------------------------------------

    def _post(self, path, application=None, secret=None, **form):
        """Have an application call an endpoint: by HTTP Basic if it has a secret."""
        application = application or self.application
        if application == self.application:
            secret = secret or self.secret
        if secret:
            return self._browse(
                "POST", path, data=form, auth=(application.client_id, secret)
            )
        form.setdefault("client_id", application.client_id)
        return self._browse("POST", path, data=form)

    def _redeem(self, code, application=None, secret=None, **form):
        form = {"redirect_uri": CALLBACK, "code_verifier": self.verifier, **form}
        form = {"grant_type": "authorization_code", "code": code, **form}
        form = {name: value for name, value in form.items() if value is not None}
        return self._post("/api/oauth/token", application, secret, **form)

    def _refresh(self, refresh_token, application=None, secret=None, **form):
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token, **form}
        return self._post("/api/oauth/token", application, secret, **form)

    def _connect(self, application=None, secret=None, **query):
        """Go all the way to a token.

        :return: the answer, as RFC 6749 has it
        :rtype: dict
        """
        code = self._allow(application, **query)
        uri = query.get("redirect_uri", CALLBACK)
        response = self._redeem(code, application, secret, redirect_uri=uri)
        return self.assertDone(response)

    def _try(self, answer, path="/api/auth/me"):
        """Call the API with the token of an answer, and return the status."""
        token = answer["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return self._browse("GET", path, headers=headers).status_code

    def assertOAuthError(self, response, error, code=400):
        """Check that an answer is an error, as OAuth and the API have it."""
        self.assertEqual(response.status_code, code, response.text)
        body = response.json()
        self.assertEqual(body["error"], error)
        self.assertLessEqual({"code", "name", "description"}, set(body))
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def assertPage(self, response, code, text):
        """Check that an answer is a page of ours, and sends nobody anywhere."""
        self.assertEqual(response.status_code, code)
        self.assertIn(text, " ".join(response.text.split()))
        self.assertNotIn("Location", response.headers)
