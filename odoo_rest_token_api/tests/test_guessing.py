from contextlib import contextmanager
from unittest.mock import patch

from passlib.hash import pbkdf2_sha512
from requests.adapters import HTTPAdapter

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import RestApiCase

PATHS = ("/api/auth/token", "/rest/sky/token")


class OtherAddress(HTTPAdapter):
    """Requests from another address of this machine."""

    def init_poolmanager(self, *args, **options):
        options["source_address"] = ("127.0.0.2", 0)
        return super().init_poolmanager(*args, **options)


@tagged("post_install", "-at_install")
class TestGuessing(RestApiCase):
    """The request for a token tells no stranger which users there are."""

    def setUp(self):
        super().setUp()
        self._forget_failures()
        self.addCleanup(self._forget_failures)

    def _forget_failures(self):
        getattr(self.env.registry, "_login_failures", {}).clear()

    def _ask(self, login, password="wrong", path=PATHS[0], **options):
        credentials = {"login": login, "password": password}
        with mute_logger("odoo.addons.base.models.res_users"):
            return self._request("POST", path, json=credentials, **options)

    @contextmanager
    def _counting_hashes(self):
        """Count how often a password is hashed, which is what takes time."""
        hashed = []
        verify = pbkdf2_sha512.verify.__func__

        def count(cls, *args, **kwargs):
            hashed.append(cls)
            return verify(cls, *args, **kwargs)

        with patch.object(pbkdf2_sha512, "verify", classmethod(count)):
            yield hashed

    def _make_strangers(self):
        """Return logins that have no password to check, or none that helps."""
        self._new_user("archived").active = False
        invited = self._new_user("invited")
        self._new_user("portal", "base.group_portal")
        self._flush()
        self.env.cr.execute(
            "UPDATE res_users SET password = NULL WHERE id = %s", (invited.id,)
        )
        return "nobody", "rest_archived", "rest_invited", "rest_portal"

    def test_each_login_that_fails_takes_one_hash_and_gets_one_answer(self):
        logins = ("rest_holder", *self._make_strangers())
        self.env["res.users"]._get_dummy_hash()
        answers = set()
        for path in PATHS:
            for login in logins:
                self._forget_failures()
                with self._counting_hashes() as hashed:
                    response = self._ask(login, path=path)
                self.assertError(response, 401)
                self.assertEqual(len(hashed), 1, login)
                answers.add(response.text)
        self.assertEqual(len(answers), 1)

    def test_http_basic_takes_one_hash_too(self):
        for login in ("rest_holder", "nobody"):
            self._forget_failures()
            with self._counting_hashes() as hashed:
                with mute_logger("odoo.addons.base.models.res_users"):
                    response = self._request("GET", PATHS[0], auth=(login, "wrong"))
            self.assertError(response, 401)
            self.assertEqual(len(hashed), 1, login)

    def test_hash_of_nobody_is_as_costly_as_a_new_password(self):
        users = self.env["res.users"]
        self.holder.password = "another"
        self._flush()
        self.env.cr.execute(
            "SELECT password FROM res_users WHERE id = %s", (self.holder.id,)
        )
        (stored,) = self.env.cr.fetchone()
        dummy = users._get_dummy_hash()
        self.assertEqual(
            pbkdf2_sha512.from_string(dummy).rounds,
            pbkdf2_sha512.from_string(stored).rounds,
        )

    def test_password_that_is_too_long_to_hash_is_refused_for_all(self):
        for login in ("rest_holder", "nobody"):
            self.assertError(self._ask(login, 4097 * "x"), 400, "^password: ")
            self.assertError(self._ask(login, 4096 * "x"), 401)

    def test_cooldown_is_the_addresss_whatever_the_login(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("base.login_cooldown_after", "3")
        for path, login in zip((*PATHS, *PATHS), ("nobody", "rest_holder", "admin")):
            self.assertError(self._ask(login, path=path), 401)
        answers = set()
        for path in PATHS:
            for login in ("rest_holder", "nobody"):
                with self._counting_hashes() as hashed:
                    response = self._ask(login, "rest_holder", path)
                self.assertError(response, 401, "Too many")
                self.assertFalse(hashed)
                answers.add(response.text)
        self.assertEqual(len(answers), 1)

    def test_cooldown_leaves_other_addresses_and_tokens_alone(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("base.login_cooldown_after", "3")
        for _attempt in range(4):
            self.assertError(self._ask("rest_holder"), 401)
        self.assertEqual(self.client.get("/api/auth/me").status_code, 200)
        self.opener.mount("http://", OtherAddress())
        response = self._ask("rest_holder", "rest_holder")
        self.assertEqual(response.status_code, 200, response.text)

    def test_invalid_tokens_take_the_same_statements(self):
        expired, expired_secret = self._issue()
        self._expire(expired)
        revoked, revoked_secret = self._issue()
        revoked.action_revoke()
        counts = set()
        for secret in (
            "access_token_" + 40 * "0",
            "nonsense",
            expired_secret,
            revoked_secret,
        ):
            self._request("GET", "/api/auth/me", "nonsense")
            before = self.env.cr.sql_log_count
            self.assertError(self._request("GET", "/api/auth/me", secret), 401)
            counts.add(self.env.cr.sql_log_count - before)
        self.assertEqual(len(counts), 1, counts)

    def test_login_of_several_lines_is_refused_before_it_is_logged(self):
        forged = "x\n2030-01-01 00:00:00,000 1 INFO db odoo: Login successful"
        for login in (forged, "x\rx", "x\x1b[2Jx", "x\u2028x", "x\x85x"):
            with self.assertLogs(level="DEBUG") as logs:
                self.assertError(self._ask(login), 400, "^login: ")
            server = [r for r in logs.records if not r.name.startswith("urllib3")]
            self.assertNotIn(login, "".join(r.getMessage() for r in server))


@tagged("post_install", "-at_install")
class TestHead(RestApiCase):
    def test_head_issues_no_token(self):
        for path in PATHS:
            for request in (
                {"json": {"login": "rest_holder", "password": "rest_holder"}},
                {"auth": ("rest_holder", "rest_holder")},
                {},
            ):
                response = self._request("HEAD", path, **request)
                self.assertEqual(response.status_code, 405)
                allowed = set(response.headers["Allow"].split(", "))
                self.assertEqual(allowed, {"GET", "POST", "DELETE"})
        self.assertEqual(self.holder.rest_token_ids, self.client.token)

    def test_head_of_what_is_only_read_is_answered(self):
        for path in ("/api/auth/me", "/api/auth/tokens", "/api/partners"):
            response = self.client.request("HEAD", path)
            self.assertEqual(response.status_code, 200)
            self.assertFalse(response.content)

    def test_answers_are_not_to_be_cached(self):
        for response in (
            self._request("GET", PATHS[0], auth=("rest_holder", "rest_holder")),
            self.client.get("/api/auth/me"),
            self.client.get("/api/partners"),
        ):
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response.headers["Cache-Control"], "no-store")
