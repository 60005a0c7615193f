from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..principal import Scope
from .common import RestTokenHttpCase

PATH = "/odoo_rest_token/test/"


@tagged("post_install", "-at_install")
class TestScopes(RestTokenHttpCase):
    def setUp(self):
        super().setUp()
        self.scopes = self.env["rest.token.scope"].create(
            [{"name": "test:read"}, {"name": "test:write"}]
        )
        _token, self.unlimited = self._issue()
        self.token, self.reader = self._issue(scope="test:read")
        _token, self.writer = self._issue(scope="test:write")

    def _status(self, path, secret):
        return self._request("GET", PATH + path, secret).status_code

    def test_limited_token_reaches_only_what_names_its_scope(self):
        self.assertEqual(self._status("scope", self.reader), 200)
        self.assertEqual(self._status("scope", self.writer), 403)
        self.assertEqual(self._status("whoami", self.reader), 403)
        for path in ("scope", "whoami"):
            self.assertEqual(self._status(path, self.unlimited), 200)

    def test_refusal_names_the_scope_that_is_needed(self):
        response = self._request("GET", PATH + "scope", self.writer)
        self.assertEqual(
            response.headers["WWW-Authenticate"],
            'Bearer realm="Odoo", error="insufficient_scope", scope="test:read"',
        )
        self.assertEqual(response.json()["code"], 403)

    def test_limits_hold_where_a_token_is_optional(self):
        self.assertEqual(self._status("optional", self.reader), 403)
        self.assertEqual(self._status("optional", "unknown"), 401)
        self.assertEqual(self._status("optional", self.unlimited), 200)
        response = self._request("GET", PATH + "optional")
        self.assertEqual(response.text, self.env.ref("base.public_user").login)

    def test_unknown_scope_is_named(self):
        with self.assertRaisesRegex(ValidationError, "test:all"):
            self._issue(scope="test:read test:all")

    def test_only_spaces_separate_scopes(self):
        _token, secret = self._issue(scope=" test:read  test:write ")
        self.assertEqual(self._status("scope", secret), 200)
        for text in ("test:read\ttest:write", "test:read\u00a0", "test:read\n"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self.scopes._parse(text)

    def test_list_of_no_scopes_is_refused(self):
        for text in ("", " ", "   "):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self.scopes._parse(text)

    def test_scope_of_a_token_can_not_be_deleted(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.scopes[0].unlink()
                self._flush()
        self.assertEqual(self.token.scope_ids.mapped("name"), ["test:read"])

    def test_scope_is_as_long_as_its_name(self):
        name = "test:write\u00a0test:read"
        scope = self.scopes.create({"name": name})
        tokens = self.tokens.with_user(self.holder)
        _token, secret = tokens._issue(self.holder, "Test", scopes=scope)
        principal = self.tokens._authenticate(secret)
        self.assertEqual(principal.scopes, {Scope(name)})

    def test_scope_is_one_word(self):
        for name in ("test read", "test:read\n", " test", ""):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                with self.env.cr.savepoint():
                    self.scopes.create({"name": name})

    def test_scope_that_gets_another_name(self):
        self.scopes[0].name = "test:renamed"
        self._flush()
        self.assertEqual(self._status("scope", self.reader), 403)

    def test_token_of_unknown_limits_is_refused(self):
        self._flush()
        self.env.cr.execute("UPDATE rest_token SET scope_keys = NULL")
        for secret in (self.reader, self.unlimited):
            self.assertEqual(self._status("scope", secret), 401)

    def test_wizard_offers_the_scopes(self):
        wizard = self.env["rest.token.issue"].with_user(self.holder)
        self.assertIn("scope_ids", wizard.fields_get())
        self.assertIn(
            "test:read", wizard.env["rest.token.scope"].search([]).mapped("name")
        )
