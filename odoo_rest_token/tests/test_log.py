import logging
from pprint import pformat

from odoo.tests.common import TransactionCase, tagged

from ..log import RedactSecrets, TidyLines

TOKEN = "access_token_482f5b6e" + 32 * "0"


@tagged("post_install", "-at_install")
class TestRedactSecrets(TransactionCase):
    def _redact(self, message, *args, by=None):
        record = logging.LogRecord("werkzeug", 20, "", 0, message, args, None)
        self.assertTrue((by or RedactSecrets()).filter(record))
        return record.getMessage()

    def test_secrets_of_query_strings_are_redacted(self):
        line = '"GET /x?login=a&password=b%20c&access-token=d HTTP/1.1" 200'
        self.assertEqual(
            self._redact("%s", line),
            '"GET /x?login=a&password=***&access-token=*** HTTP/1.1" 200',
        )

    def test_secrets_of_calls_and_answers_are_redacted(self):
        for message, redacted in (
            (
                "call: {'password': 'a b', 'login': 'c'}",
                "call: {'password': ***, 'login': 'c'}",
            ),
            ('{"password": "a\'b"}', '{"password": ***}'),
            (f"{{'secret': '{TOKEN}'}}", "{'secret': 'access_token_482f5b6e***'}"),
        ):
            self.assertEqual(self._redact(message), redacted)

    def test_secrets_of_statements_are_redacted(self):
        for statement, redacted in (
            (
                "UPDATE rest_token SET secret_hash = 'abc' WHERE id = 1",
                "UPDATE rest_token SET secret_hash = *** WHERE id = 1",
            ),
            (
                "UPDATE x SET refresh_key = 'abc', refresh_hash = 'd' WHERE id = 1",
                "UPDATE x SET refresh_key = ***, refresh_hash = *** WHERE id = 1",
            ),
            (
                "SELECT id FROM rest_token WHERE secret_hash = 'abc'",
                "SELECT id FROM rest_token WHERE secret_hash = ***",
            ),
            (
                "UPDATE res_users SET password='$pbkdf2-sha512$a.b' WHERE id=2",
                "UPDATE res_users SET password=*** WHERE id=2",
            ),
            (
                'UPDATE "res_users_identitycheck" SET "password"=\'a\nb\' WHERE id = 1',
                'UPDATE "res_users_identitycheck" ***',
            ),
            (
                'INSERT INTO "change_password_user" ("new_passwd") VALUES (\'a b\')',
                'INSERT INTO "change_password_user" ***',
            ),
            ("SET \"password\"=E'a\\\\''b c' WHERE", 'SET "password"=*** WHERE'),
        ):
            self.assertEqual(self._redact(statement), redacted)

    def test_secrets_leave_no_tail(self):
        for message, redacted in (
            (
                "GET /x?password='a'TAIL&b=1 HTTP/1.1",
                "GET /x?password=***&b=1 HTTP/1.1",
            ),
            (
                'GET /x?password="a"TAIL&b=1 HTTP/1.1',
                "GET /x?password=***&b=1 HTTP/1.1",
            ),
            ("GET /x?password='a&b=1 HTTP/1.1", "GET /x?password=***"),
            (
                "GET /x?new_password=a&b=1 HTTP/1.1",
                "GET /x?new_password=***&b=1 HTTP/1.1",
            ),
            ("{'new_password': 'a b', 'c': 1}", "{'new_password': ***, 'c': 1}"),
            ("{'new_passwd': 'a b', 'c': 1}", "{'new_passwd': ***, 'c': 1}"),
            ("{'password': 'a\\' b', 'c': 1}", "{'password': ***, 'c': 1}"),
            ("{'password': {'a': 'b c'}, 'c': 1}", "{'password': ***"),
            ("{'password': ['a b'], 'c': 1}", "{'password': ***"),
            (
                "[{'name': 'old_pwd', 'value': 'a b'}, {'name': 'c', 'value': 'd'}]",
                "[{'name': 'old_pwd', 'value': ***}, {'name': 'c', 'value': 'd'}]",
            ),
        ):
            with self.subTest(message=message):
                self.assertEqual(self._redact(message), redacted)

    def test_secrets_that_are_wrapped_are_redacted(self):
        words = " ".join(f"correct{number}'s\"\\" for number in range(40))
        values = {"a": 1, "password": words, "values": {"new_password": words}}
        for value in (values, [values, "b"], [[2, values]]):
            text = pformat(value)
            self.assertIn("\n", text)
            self.assertNotIn("correct", self._redact(text))
            redact = RedactSecrets()
            lines = [self._redact(line, by=redact) for line in text.split("\n")]
            self.assertNotIn("correct", "".join(lines))
            self.assertIn("'a': 1", "".join(lines))
        # What comes after a secret is no part of it.
        self.assertEqual(self._redact("  'b'", by=redact), "  'b'")

    def test_access_logs_have_no_control_characters(self):
        for line, tidy in (
            ("GET /\x1b]0;x\x07 HTTP/1.1", r"GET /\x1b]0;x\x07 HTTP/1.1"),
            ("GET /\x1b[31mx\x1b[0m\r\x7f\x9b", r"GET /x\r\x7f\x9b"),
            ("GET /\u202eabc\u2028", r"GET /\u202eabc\u2028"),
            ("GET /é/日本 HTTP/1.1", "GET /é/日本 HTTP/1.1"),
            ("Error:\n\tTraceback", "Error:\n\tTraceback"),
        ):
            self.assertEqual(self._redact("%s", line, by=TidyLines()), tidy)

    def test_access_logs_repeat_no_long_lines(self):
        line = f'1.2.3.4 - - [now] "GET /?a={"b" * 60000} HTTP/1.1" 414 -'
        tidy = self._redact("%s", line, by=TidyLines())
        self.assertLess(len(tidy), 5000)
        self.assertTrue(tidy.startswith('1.2.3.4 - - [now] "GET /?a=bbb'))
        self.assertTrue(tidy.endswith('" 414 -'))

    def test_other_messages_stay_as_they_are(self):
        self.assertEqual(self._redact("%d%% of %s", 5, "passwords"), "5% of passwords")

    def test_loggers_are_filtered(self):
        access = ("werkzeug", "longpolling")
        for name in (*access, "odoo.api", "odoo.http.rpc.response", "odoo.sql_db"):
            kinds = [type(each) for each in logging.getLogger(name).filters]
            self.assertIn(RedactSecrets, kinds, name)
            if name in access:
                # What is cut is redacted after.
                self.assertLess(kinds.index(TidyLines), kinds.index(RedactSecrets))
