"""Keep secrets of query strings out of the access log."""

import logging
import re

SECRET_RE = re.compile(
    r"(?P<name>\b(?:password|access[-_]token|secret)=)[^&\s\"]*", re.IGNORECASE
)


class RedactSecrets(logging.Filter):
    """Replace what a query string says of passwords and tokens.

    Werkzeug logs the first line of each request, its query string among it.
    """

    def filter(self, record):
        message = record.getMessage()
        redacted = SECRET_RE.sub(r"\g<name>***", message)
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


logging.getLogger("werkzeug").addFilter(RedactSecrets())
