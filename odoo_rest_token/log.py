"""Keep secrets out of Odoo's log, whatever its level.

Werkzeug logs the first line of each request, its query string among it. At the levels
of debugging, Odoo logs calls, answers and statements, and what is in them: the password
that a dialog asks for, the token that another one shows.
"""

import logging
import re

LOGGERS = (
    "werkzeug",
    "odoo.api",
    "odoo.http.rpc.request",
    "odoo.http.rpc.response",
    "odoo.sql_db",
)
SECRET_RE = re.compile(
    r"""
    (?P<start>
        \b(?:password|access[-_]token|secret)=    # of a query string, or in SQL
        | ['"]password['"]:\ ?                    # of a dictionary
        | secret_hash\ =\                         # in SQL
    )
    (?: '[^']*' | "[^"]*" | [^&\s"]* )
    | (?P<token> access_token_[0-9a-f]{8} ) [0-9a-f]{32}
    | (?P<dialog> "res_users_identitycheck"\ SET\  ) .*
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


class RedactSecrets(logging.Filter):
    """Replace passwords, tokens and their hashes by asterisks."""

    def filter(self, record):
        message = record.getMessage()
        redacted = SECRET_RE.sub(_redact, message)
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


def _redact(match):
    return "".join(filter(None, match.groups())) + "***"


for name in LOGGERS:
    logging.getLogger(name).addFilter(RedactSecrets())
