from odoo.exceptions import ValidationError
from odoo.tests.common import tagged

from odoo.addons.odoo_rest_token.tests.test_rates import CommittedCountsMixin
from odoo.addons.odoo_rest_token_api.tests.test_guessing import OtherAddress

from .common import OAuthCase


@tagged("post_install", "-at_install")
class TestClientCredentials(OAuthCase):
    """An application acts by itself (RFC 6749, section 4.4)."""

    def setUp(self):
        super().setUp()
        self.application.user_id = self.holder

    def _get_token(self, **form):
        form = {"grant_type": "client_credentials", **form}
        return self._post("/api/oauth/token", **form)

    def test_it_acts_as_its_user(self):
        token = self.assertDone(self._get_token())
        self.assertNotIn("refresh_token", token)
        self.assertEqual(token["scope"], "auth:read partners:read")
        answer = self._request("GET", "/api/auth/me", token["access_token"]).json()
        self.assertEqual(answer["uid"], self.holder.id)

    def test_several_tokens_are_good_at_once(self):
        tokens = [self.assertDone(self._get_token()) for _number in range(2)]
        self.assertEqual([self._try(token) for token in tokens], [200, 200])

    def test_scopes_are_what_is_asked_for_and_allowed(self):
        token = self.assertDone(self._get_token(scope="auth:read"))
        self.assertEqual(token["scope"], "auth:read")
        for scope in ("partners:write", "auth:read partners:write", "unknown", " "):
            self.assertOAuthError(self._get_token(scope=scope), "invalid_scope")

    def test_without_a_user_it_acts_as_nobody(self):
        self.application.user_id = False
        self.assertOAuthError(self._get_token(), "unauthorized_client")

    def test_secret_is_asked_for(self):
        wrong = f"client_secret_{'0' * 40}"
        for secret in (wrong, "x", "\xe9"):
            response = self._post(
                "/api/oauth/token", secret=secret, grant_type="client_credentials"
            )
            self.assertOAuthError(response, "invalid_client", 401)
            self.assertIn("Basic", response.headers["WWW-Authenticate"])
        form = {"grant_type": "client_credentials"}
        form["client_id"] = self.application.client_id
        response = self._browse("POST", "/api/oauth/token", data=form)
        self.assertOAuthError(response, "invalid_client", 401)

    def test_header_that_is_none_is_refused(self):
        for header in ("Basic", "Basic x", "Basic /////w==", "Basic OjpAQEA=", "x"):
            response = self._browse(
                "POST",
                "/api/oauth/token",
                data={"grant_type": "client_credentials"},
                headers={"Authorization": header},
            )
            self.assertOAuthError(response, "invalid_client", 401)

    def test_public_application_acts_as_nobody(self):
        with self.assertRaises(ValidationError):
            self._new_public_application(user_id=self.holder.id)

    def test_new_secret_ends_the_old_one(self):
        secret = self.application._new_secret()
        self.assertOAuthError(self._get_token(), "invalid_client", 401)
        self.secret = secret
        self.assertDone(self._get_token())

    def test_tokens_end_with_the_user_that_it_acts_as(self):
        token = self.assertDone(self._get_token())
        self.application.user_id = self._new_user("other")
        self.assertEqual(self._try(token), 401)

    def test_archived_user_is_nobody(self):
        self.holder.active = False
        self.assertOAuthError(self._get_token(), "invalid_grant")

    def test_too_many_tokens_end_the_oldest(self):
        self._set_parameter("max_active", "3")  # beside the one of the test itself
        tokens = [self.assertDone(self._get_token()) for _number in range(3)]
        self.assertEqual([self._try(token) for token in tokens], [401, 200, 200])

    def test_tokens_of_the_user_are_left_alone(self):
        own = self._new_client()
        self._set_parameter("max_active", "2")
        response = self._get_token()
        self.assertOAuthError(response, "temporarily_unavailable", 503)
        self.assertDone(own.get("/api/auth/me"))

    def test_calls_are_limited_for_the_application(self):
        tokens = [self.assertDone(self._get_token()) for _number in range(2)]
        self.application.calls_per_minute = 2
        statuses = [self._try(tokens[number % 2]) for number in range(3)]
        self.assertEqual(statuses, [200, 200, 429])

    def test_calls_come_from_the_networks_of_the_application(self):
        token = self.assertDone(self._get_token())
        for networks, status in (("127.0.0.0/8 ::1", 200), ("192.0.2.0/24", 401)):
            self.application.networks = networks
            self.assertEqual(self._try(token), status)


@tagged("post_install", "-at_install")
class TestGuesses(CommittedCountsMixin, OAuthCase):
    """Guesses at the secret of an application are slowed down."""

    def setUp(self):
        super().setUp()
        self.application.user_id = self.holder
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("odoo_rest_token_api.login_failures", "3")

    def _guess(self, secret="x", endpoint="token", **form):
        form = {"grant_type": "client_credentials", "token": "x", **form}
        return self._post(f"/api/oauth/{endpoint}", secret=secret, **form)

    def test_too_many_are_refused_and_so_is_the_right_one_with_them(self):
        for endpoint in ("token", "revoke", "introspect"):
            response = self._guess(endpoint=endpoint)
            self.assertOAuthError(response, "invalid_client", 401)
        for endpoint in ("token", "revoke", "introspect"):
            response = self._guess(self.secret, endpoint)
            self.assertOAuthError(response, "temporarily_unavailable", 429)
            seconds = int(response.headers["Retry-After"])
            self.assertTrue(590 <= seconds <= 600, seconds)
        self._let_a_minute_pass()
        self.assertDone(self._guess(self.secret))

    def test_secrets_in_the_body_are_counted_too(self):
        form = {"grant_type": "client_credentials", "client_secret": "x"}
        form["client_id"] = self.application.client_id
        for status in (401, 401, 401, 429):
            response = self._browse("POST", "/api/oauth/token", data=form)
            self.assertEqual(response.status_code, status)

    def test_application_is_not_kept_out_of_where_it_was_before(self):
        self.assertDone(self._guess(self.secret))
        self.opener.mount("http://", OtherAddress())
        for status in (401, 401, 401, 429):
            self.assertEqual(self._guess().status_code, status)
        self.opener.adapters["http://"] = type(self.opener.adapters["https://"])()
        self.assertDone(self._guess(self.secret))

    def test_other_applications_and_those_that_keep_no_secret_go_on(self):
        for _number in range(4):
            self._guess()
        other = self._new_application(name="Other", user_id=self.holder.id)
        form = {"grant_type": "client_credentials"}
        response = self._post("/api/oauth/token", other, other._new_secret(), **form)
        self.assertDone(response)
        self._log_in()
        self._connect(self._new_public_application())
