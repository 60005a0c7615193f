import re
import time

from odoo.tests.common import tagged

from .common import OAuthCase


@tagged("post_install", "-at_install")
class TestRevocation(OAuthCase):
    """An application gives back what it got (RFC 7009)."""

    def setUp(self):
        super().setUp()
        self._log_in()
        self.token = self._connect()

    def _revoke(self, token, application=None, secret=None, **form):
        form = {"token": token, **form}
        return self._post("/api/oauth/revoke", application, secret, **form)

    def test_either_token_ends_both(self):
        for name in ("access_token", "refresh_token"):
            token = self._connect()
            self.assertEqual(self.assertDone(self._revoke(token[name])), {})
            self.assertEqual(self._try(token), 401)
            response = self._refresh(token["refresh_token"])
            self.assertOAuthError(response, "invalid_grant")

    def test_hint_need_not_be_right(self):
        for hint in ("access_token", "unknown"):
            response = self._revoke(self.token["refresh_token"], token_type_hint=hint)
            self.assertDone(response)
        self.assertEqual(self._try(self.token), 401)

    def test_what_there_is_not_is_revoked_all_the_same(self):
        for token in ("x", f"access_token_{'0' * 40}", f"refresh_token_{'0' * 40}"):
            self.assertEqual(self.assertDone(self._revoke(token)), {})

    def test_tokens_of_others_are_left_alone(self):
        other = self._new_application(name="Other")
        response = self._revoke(self.token["access_token"], other, other._new_secret())
        self.assertOAuthError(response, "invalid_grant")
        self.assertEqual(self._try(self.token), 200)
        own = self._new_client()
        self.assertDone(self._revoke(own.secret))
        self.assertDone(own.get("/api/auth/me"))

    def test_application_says_who_it_is(self):
        form = {"token": self.token["access_token"]}
        form["client_id"] = self.application.client_id
        response = self._browse("POST", "/api/oauth/revoke", data=form)
        self.assertOAuthError(response, "invalid_client", 401)
        self.assertEqual(self._try(self.token), 200)


@tagged("post_install", "-at_install")
class TestIntrospection(OAuthCase):
    """An application asks about what it got (RFC 7662)."""

    def setUp(self):
        super().setUp()
        self._log_in()
        self.token = self._connect()

    def _introspect(self, token, application=None, secret=None):
        return self._post("/api/oauth/introspect", application, secret, token=token)

    def test_access_token_is_described(self):
        described = self.assertDone(self._introspect(self.token["access_token"]))
        self.assertAlmostEqual(described.pop("iat"), time.time(), delta=60)
        self.assertAlmostEqual(described.pop("exp"), time.time() + 3600, delta=60)
        self.assertEqual(
            described,
            {
                "active": True,
                "client_id": self.application.client_id,
                "sub": str(self.holder.id),
                "username": self.holder.login,
                "iss": self.issuer,
                "aud": self.issuer,
                "scope": "partners:read",
                "token_type": "Bearer",
            },
        )

    def test_refresh_token_is_described(self):
        described = self.assertDone(self._introspect(self.token["refresh_token"]))
        self.assertTrue(described["active"])
        self.assertNotIn("token_type", described)

    def test_what_is_over_is_not_active(self):
        self._refresh(self.token["refresh_token"])
        for name in ("access_token", "refresh_token"):
            described = self.assertDone(self._introspect(self.token[name]))
            self.assertEqual(described, {"active": False})

    def test_nothing_is_said_of_what_is_others(self):
        other = self._new_application(name="Other")
        secret = other._new_secret()
        tokens = [self.token["access_token"], self.token["refresh_token"]]
        for token in (*tokens, self._new_client().secret, "x"):
            response = self._introspect(token, other, secret)
            self.assertEqual(self.assertDone(response), {"active": False})

    def test_who_keeps_no_secret_asks_nothing(self):
        public = self._new_public_application()
        token = self._connect(public)
        response = self._introspect(token["access_token"], public)
        self.assertOAuthError(response, "invalid_client", 401)


@tagged("post_install", "-at_install")
class TestRegistration(OAuthCase):
    """An application registers itself (RFC 7591)."""

    metadata = {
        "client_name": "Command Line",
        "redirect_uris": ["http://127.0.0.1/callback"],
        "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "scope": "partners:read",
        "software_id": "is left out",
    }

    def setUp(self):
        super().setUp()
        self._open()

    def _open(self, value="1"):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("odoo_rest_token_oauth.registration", value)

    def _register(self, **metadata):
        metadata = {**self.metadata, **metadata}
        metadata = {name: value for name, value in metadata.items() if value}
        return self._browse("POST", "/api/oauth/register", json=metadata)

    def test_it_is_closed_until_it_is_opened(self):
        for value in ("0", "", "perhaps"):
            self._open(value)
            self.assertOAuthError(self._register(), "invalid_request", 404)
            self.assertNotIn("registration_endpoint", self._get_metadata())
        self._open()
        self.assertIn("registration_endpoint", self._get_metadata())

    def _get_metadata(self):
        path = "/.well-known/oauth-authorization-server"
        return self.assertDone(self._request("GET", path))

    def test_application_registers_and_connects(self):
        registered = self.assertDone(self._register(), 201)
        self.assertNotIn("client_secret", registered)
        self.assertNotIn("software_id", registered)
        self.assertEqual(registered["client_name"], "Command Line")
        application = self.applications._find(registered["client_id"])
        self._log_in()
        uri = "http://127.0.0.1:54321/callback"
        page = self._ask(application, redirect_uri=uri)
        self.assertPage(page, 200, "nobody checked its name")
        token = self._connect(application, redirect_uri=uri)
        self.assertEqual(token["scope"], "partners:read")

    def test_one_that_keeps_a_secret_gets_one(self):
        registered = self._register(token_endpoint_auth_method=None, grant_types=None)
        registered = self.assertDone(registered, 201)
        self.assertEqual(registered["client_secret_expires_at"], 0)
        application = self.applications._find(registered["client_id"])
        application._check_secret(registered["client_secret"])

    def test_it_gets_no_more_than_scopes_that_there_are(self):
        registered = self.assertDone(self._register(scope=None), 201)
        application = self.applications._find(registered["client_id"])
        self.assertFalse(application.may_do_everything)
        self.assertFalse(application.user_id)
        self.assertTrue(application.scope_ids)
        response = self._register(scope="partners:read unknown")
        self.assertOAuthError(response, "invalid_client_metadata")

    def test_it_acts_as_nobody(self):
        response = self._register(grant_types=["client_credentials"])
        self.assertOAuthError(response, "invalid_client_metadata")

    def test_redirect_uris_are_looked_at(self):
        for uri in ("javascript:alert(1)", "http://example.com/", "/web", "data:,x"):
            response = self._register(redirect_uris=[uri])
            self.assertOAuthError(response, "invalid_redirect_uri")

    def test_what_makes_no_sense_is_refused(self):
        for metadata in (
            {"redirect_uris": "x"},
            {"redirect_uris": [1]},
            {"redirect_uris": ["https://example.com"] * 21},
            {"client_name": "x" * 101},
            {"client_name": "line\nline"},
            {"scope": ["partners:read"]},
        ):
            response = self._register(**metadata)
            self.assertOAuthError(response, "invalid_request")
        self.assertFalse(self.applications.search([("is_registered", "=", True)]))

    def test_there_is_an_end_of_it(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("odoo_rest_token_oauth.max_registrations", "1")
        self.assertDone(self._register(), 201)
        response = self._register()
        self.assertOAuthError(response, "temporarily_unavailable", 503)

    def test_vacuum_removes_those_that_nobody_connected(self):
        client_id = self.assertDone(self._register(), 201)["client_id"]
        self._flush()
        self.env.cr.execute(
            "UPDATE rest_oauth_application SET create_date = '2020-01-01'"
        )
        self._invalidate()
        self.applications._gc_registered()
        self.assertFalse(self.applications._find(client_id))
        self.assertTrue(self.application.exists())


@tagged("post_install", "-at_install")
class TestMetadata(OAuthCase):
    """Clients find out by themselves what there is (RFC 8414, RFC 9728)."""

    def _get(self, path):
        response = self._request("GET", f"/.well-known/{path}")
        self.assertEqual(response.headers.get("Access-Control-Allow-Origin"), "*")
        return self.assertDone(response)

    def test_server_is_described(self):
        described = self._get("oauth-authorization-server")
        self.assertEqual(described["issuer"], self.issuer)
        self.assertEqual(described["code_challenge_methods_supported"], ["S256"])
        self.assertTrue(described["authorization_response_iss_parameter_supported"])
        self.assertIn("partners:read", described["scopes_supported"])
        for name in ("token", "revocation", "introspection"):
            path = described[f"{name}_endpoint"][len(self.issuer) :]
            self.assertDocumented("POST", path)

    def test_resource_is_described(self):
        for path in ("", "/api"):
            described = self._get(f"oauth-protected-resource{path}")
            self.assertEqual(described["resource"], self.issuer + path)
            self.assertEqual(described["authorization_servers"], [self.issuer])

    def test_who_has_no_token_is_told_where_to_get_one(self):
        for path, root in (
            ("/api/partners", "/api"),
            ("/api/auth/me", "/api"),
            ("/odoo_rest_token/test/whoami", ""),
        ):
            for secret in (None, f"access_token_{'0' * 40}"):
                response = self._request("GET", path, secret)
                self.assertEqual(response.status_code, 401)
                challenge = response.headers["WWW-Authenticate"]
                [address] = re.findall(r'resource_metadata="([^"]+)"', challenge)
                self.assertTrue(address.startswith(self.issuer))
                described = self.assertDone(
                    self._request("GET", address[len(self.issuer) :])
                )
                self.assertEqual(described["resource"], self.issuer + root)

    def test_other_resources_are_none(self):
        path = "/.well-known/oauth-protected-resource/web"
        self.assertEqual(self._request("GET", path).status_code, 404)

    def test_swagger_ui_is_told_of_it(self):
        scheme = self.document["components"]["securitySchemes"]["oauth2"]
        flow = scheme["flows"]["authorizationCode"]
        self.assertEqual(flow["authorizationUrl"], "/oauth/authorize")
        self.assertIn("partners:read", flow["scopes"])
        operation = self.assertDocumented("GET", "/api/partners")
        self.assertIn({"oauth2": ["partners:read"]}, operation["security"])

    def test_description_takes_few_statements_more_however_much_is_served(self):
        def expose(*names):
            for name in names:
                model = self.env["ir.model"]._get(name)
                values = {"path": name.replace(".", "-"), "model_id": model.id}
                self.env["rest.resource"].create(values)

        def count():
            def ask():
                self.client.get("/api/openapi.json")

            self._flush()
            ask()
            return len(
                [each for each in self._record_statements(ask) if is_of_us(each)]
            )

        def is_of_us(statement):
            # What the addon takes: scopes, and whom they are of.
            return '"rest_token_scope"' in str(statement)

        expose("res.country")
        before = count()
        expose("res.currency", "res.bank", "res.lang", "res.company")
        self.assertEqual(count(), before)
        self.assertLessEqual(before, 3)
