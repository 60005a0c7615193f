"""A client that does what no honest one does."""

from urllib.parse import urlencode

import requests

from .people import make_verifier, read_answer

ERRORS = {"invalid_grant", "invalid_request", "invalid_client", "invalid_scope"}


class Flow:
    """The way of one application to its tokens, step by step.

    :param str url: of the server
    :param Application application: who goes it
    :param str scope: that it asks for
    """

    def __init__(self, url, application, scope="partners:read"):
        self.url = url
        self.application = application
        self.verifier, self.challenge = make_verifier()
        self.query = {
            "response_type": "code",
            "client_id": application.client_id,
            "redirect_uri": application.redirect_uri,
            "scope": scope,
            "state": "state",
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
        }

    def make_url(self, **query):
        """Return the address that the application sends its user to."""
        query = {**self.query, **query}
        query = {name: value for name, value in query.items() if value is not None}
        return f"{self.url}/oauth/authorize?{urlencode(query, doseq=True)}"

    def get_code(self, person, **query):
        """Have a person allow it, and return the code."""
        return read_answer(person.allow(self.make_url(**query)))["code"]

    def post(self, path, application=None, **form):
        application = application or self.application
        auth = None
        if application.secret:
            auth = (application.client_id, application.secret)
        else:
            form = {"client_id": application.client_id, **form}
        form = {name: value for name, value in form.items() if value is not None}
        return requests.post(self.url + path, data=form, auth=auth, timeout=60)

    def redeem(self, code, application=None, **form):
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.application.redirect_uri,
            "code_verifier": self.verifier,
            **form,
        }
        return self.post("/api/oauth/token", application, **form)

    def refresh(self, token, application=None, **form):
        form = {"grant_type": "refresh_token", "refresh_token": token, **form}
        return self.post("/api/oauth/token", application, **form)

    def connect(self, person):
        """Go all the way, and return what RFC 6749 has the application get."""
        response = self.redeem(self.get_code(person))
        assert response.status_code == 200, response.text
        return response.json()

    def call(self, token, path="/api/auth/me"):
        """Call the API, and return the status."""
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        return requests.get(self.url + path, headers=headers, timeout=60).status_code


def assert_refused(response, error=None):
    """Check that there is an error, and no token in it."""
    assert response.status_code in (400, 401), response.text
    body = response.json()
    assert body["error"] in (ERRORS if error is None else {error}), body
    assert "access_token" not in body


def assert_stays(response):
    """Check that the browser is sent nowhere."""
    assert response.status_code == 400, response.headers
    assert "Location" not in response.headers
