import base64
import json
from datetime import datetime, timedelta

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import RestApiCase

PATH = "/api/auth/token"


@tagged("post_install", "-at_install")
class TestIssueToken(RestApiCase):
    def setUp(self):
        super().setUp()
        self.credentials = {
            "db": self.env.cr.dbname,
            "login": "rest_holder",
            "password": "rest_holder",
        }
        self.addCleanup(self._forget_failures)

    def _forget_failures(self):
        getattr(self.env.registry, "_login_failures", {}).clear()

    def _issue_over_http(self, method="POST", path=PATH, **changes):
        credentials = {**self.credentials, **changes}
        credentials = {k: v for k, v in credentials.items() if v is not None}
        with mute_logger("odoo.addons.base.models.res_users"):
            return self._request(method, path, json=credentials)

    def assertIssued(self, response):
        self.assertEqual(response.status_code, 200, response.text)
        answer = response.json()
        self.assertEqual(answer["uid"], self.holder.id)
        self.assertEqual(answer["company_id"], self.holder.company_id.id)
        self.assertEqual(answer["partner_id"], self.holder.partner_id.id)
        self.tokens._authenticate(answer["access_token"])
        return answer

    def test_credentials_come_in_every_kind_of_body(self):
        form = "&".join(f"{key}={value}" for key, value in self.credentials.items())
        parts = {key: (None, value) for key, value in self.credentials.items()}
        basic = base64.b64encode(b"rest_holder:rest_holder").decode()
        for name, request in {
            "form": {"data": self.credentials},
            "multipart": {"files": parts},
            "multipart without boundary": {
                "data": form,
                "headers": {"Content-Type": "multipart/form-data;"},
            },
            "JSON": {"json": self.credentials},
            "query string": {"params": self.credentials},
            "HTTP Basic": {"headers": {"Authorization": f"Basic {basic}"}},
        }.items():
            for method in ("GET", "POST"):
                with self.subTest(body=name, method=method):
                    self.assertIssued(self._request(method, PATH, **request))

    def test_answer_has_the_keys_that_clients_read(self):
        self.assertEqual(
            set(self._issue_over_http("GET").json()),
            {
                "uid",
                "company_id",
                "partner_id",
                "access_token",
                "expires_at",
                "token_type",
                "expires_in",
            },
        )

    def test_answer_is_one_of_oauth(self):
        for path in (PATH, "/rest/sky/token"):
            answer = self._issue_over_http(path=path, lifetime_days=2).json()
            self.assertEqual(answer["token_type"], "Bearer")
            self.assertIsInstance(answer["expires_in"], int)
            self.assertAlmostEqual(answer["expires_in"], 2 * 24 * 3600, delta=60)

    def test_older_path_issues_too(self):
        for method in ("GET", "POST"):
            response = self._issue_over_http(method, "/rest/sky/token")
            self.assertIssued(response)

    def test_old_token_beside_credentials_is_ignored(self):
        headers = {"access-token": "access_token_" + 40 * "0"}
        self.assertIssued(
            self._request("GET", PATH, data=self.credentials, headers=headers)
        )

    def test_body_counts_more_than_the_query_string(self):
        self.assertIssued(self._issue_over_http(path=f"{PATH}?login=nobody"))

    def test_database_may_be_left_out(self):
        self.assertIssued(self._issue_over_http(db=None))

    def test_other_database_is_refused_and_none_is_named(self):
        response = self._issue_over_http(db="another_database")
        self.assertError(response, 400, "^db: ")
        self.assertNotIn("another_database", response.text)
        self.assertNotIn(self.env.cr.dbname, response.text)

    def test_name_and_lifetime_can_be_given(self):
        for lifetime in (30, "30"):
            answer = self.assertIssued(
                self._issue_over_http(name="Stock", lifetime_days=lifetime)
            )
            expires_at = datetime.strptime(answer["expires_at"], "%Y-%m-%dT%H:%M:%SZ")
            ahead = expires_at - datetime.utcnow()
            self.assertLess(abs(ahead - timedelta(days=30)), timedelta(minutes=1))
        self.assertEqual(self.holder.rest_token_ids[0].name, "Stock")

    def test_what_the_schema_refuses_is_named(self):
        for changes, fields in [
            ({"login": None}, ["login"]),
            ({"login": None, "password": None}, ["login", "password"]),
            ({"login": 1}, ["login"]),
            ({"password": ""}, ["password"]),
            ({"password": ["secret"]}, ["password"]),
            ({"lifetime_days": 0}, ["lifetime_days"]),
            ({"lifetime_days": 366}, ["lifetime_days"]),
            ({"lifetime_days": "soon"}, ["lifetime_days"]),
            ({"lifetime_days": 1.5}, ["lifetime_days"]),
            ({"lifetime_days": True}, ["lifetime_days"]),
            ({"name": 200 * "x"}, ["name"]),
            ({"scope": ""}, ["scope"]),
            ({"scope": "  "}, ["scope"]),
            ({"scope": "\t"}, ["scope"]),
            ({"scope": "\u00a0"}, ["scope"]),
            ({"scope": "partners:read\tpartners:write"}, ["scope"]),
            ({"scope": []}, ["scope"]),
        ]:
            with self.subTest(changes=changes):
                response = self._issue_over_http(**changes)
                self.assertError(response, 400)
                for field in fields:
                    self.assertIn(f"{field}: ", response.json()["description"])
        self.assertEqual(self.holder.rest_token_ids, self.client.token)

    def test_wrong_password_and_unknown_login_get_the_same_answer(self):
        wrong_password = self._issue_over_http(password="wrong")
        unknown_login = self._issue_over_http(login="nobody")
        self.assertError(wrong_password, 401)
        self.assertEqual(wrong_password.text, unknown_login.text)

    def test_token_is_no_password_here(self):
        self.assertError(self._issue_over_http(password=self.client.secret), 401)

    def test_odoos_cooldown_holds(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("base.login_cooldown_after", "3")
        for _attempt in range(3):
            self.assertError(self._issue_over_http(password="wrong"), 401)
        self.assertError(self._issue_over_http(), 401, "Too many")
        self._forget_failures()
        self.assertIssued(self._issue_over_http())

    def test_archived_user_gets_none(self):
        self.holder.active = False
        self.assertError(self._issue_over_http(), 401)

    def test_user_who_may_hold_none_gets_none(self):
        self._new_user("portal", "base.group_portal")
        response = self._issue_over_http(login="rest_portal", password="rest_portal")
        self.assertError(response, 403, "may not hold")

    def test_password_alone_is_not_enough_where_two_factors_are_asked(self):
        if "totp_secret" not in self.holder._fields:
            self.skipTest("auth_totp is not installed")
        self._flush()
        self.env.cr.execute(
            "UPDATE res_users SET totp_secret = 'JBSWY3DPEHPK3PXP' WHERE id = %s",
            (self.holder.id,),
        )
        self._invalidate()
        self.assertError(self._issue_over_http(), 403, "two-factor")
        self.assertError(self._issue_over_http(password="wrong"), 401)

    def test_at_the_limit_the_one_before_is_ended(self):
        self._set_parameter("max_active", "2")
        first = self.assertIssued(self._issue_over_http())
        self.assertIssued(self._issue_over_http())
        self.assertError(
            self._request("GET", "/api/auth/me", first["access_token"]), 401
        )
        self.assertDone(self.client.get("/api/auth/me"))

    def test_limit_of_other_tokens_is_a_conflict(self):
        self._set_parameter("max_active", "2")
        self._issue()
        self.assertError(self._issue_over_http(), 409, "2 active tokens")

    def test_lifetime_follows_the_parameter(self):
        self._set_parameter("max_lifetime_days", "10")
        self.assertError(self._issue_over_http(lifetime_days=11), 400, "lifetime_days")
        self.assertIssued(self._issue_over_http(lifetime_days=10))

    def test_secrets_are_not_logged(self):
        with self.assertLogs(level="DEBUG") as logs:
            answer = self.assertIssued(self._issue_over_http())
            self._issue_over_http(lifetime_days=0)
            self._request("GET", PATH, params=self.credentials)
            self._request("GET", "/api/auth/me", answer["access_token"])
        text = json.dumps(
            [
                record.__dict__
                for record in logs.records
                if not record.name.startswith("urllib3")  # this client, not the server
            ],
            default=str,
        )
        self.assertIn("/api/auth/token", text)
        self.assertNotIn(answer["access_token"], text)
        self.assertNotIn("password=rest_holder", text)
        self.assertNotIn('"password": "rest_holder"', text)
