import logging

from odoo.tests.common import TransactionCase, tagged

from ..log import RedactSecrets

TOKEN = "access_token_482f5b6e" + 32 * "0"


@tagged("post_install", "-at_install")
class TestRedactSecrets(TransactionCase):
    def _redact(self, message, *args):
        record = logging.LogRecord("werkzeug", 20, "", 0, message, args, None)
        self.assertTrue(RedactSecrets().filter(record))
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
                "SELECT id FROM rest_token WHERE secret_hash = 'abc'",
                "SELECT id FROM rest_token WHERE secret_hash = ***",
            ),
            (
                "UPDATE res_users SET password='$pbkdf2-sha512$a.b' WHERE id=2",
                "UPDATE res_users SET password=*** WHERE id=2",
            ),
            (
                'UPDATE "res_users_identitycheck" SET "password"=\'a\nb\' WHERE id = 1',
                'UPDATE "res_users_identitycheck" SET ***',
            ),
        ):
            self.assertEqual(self._redact(statement), redacted)

    def test_other_messages_stay_as_they_are(self):
        self.assertEqual(self._redact("%d%% of %s", 5, "passwords"), "5% of passwords")

    def test_loggers_are_filtered(self):
        for name in ("werkzeug", "odoo.api", "odoo.http.rpc.response", "odoo.sql_db"):
            filters = logging.getLogger(name).filters
            self.assertTrue([f for f in filters if isinstance(f, RedactSecrets)], name)
