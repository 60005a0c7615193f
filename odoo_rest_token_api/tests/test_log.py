import logging

from odoo.tests.common import TransactionCase, tagged

from ..log import RedactSecrets


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

    def test_other_messages_stay_as_they_are(self):
        self.assertEqual(self._redact("%d%% of %s", 5, "passwords"), "5% of passwords")

    def test_access_log_is_filtered(self):
        filters = logging.getLogger("werkzeug").filters
        self.assertTrue([f for f in filters if isinstance(f, RedactSecrets)])
