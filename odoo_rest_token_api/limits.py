"""How much there may be of what a client sends.

A request without a token is to cost no more than 50 ms of a processor, beside the hash
of a password, whatever is in it. ``make worst-cases`` measures what they cost.
"""

from typing import NamedTuple, Optional

KIB = 1024
MIB = 1024 * KIB

# Of a request, before anything is known of it
MAX_PATH = 2 * KIB
MAX_QUERY = 32 * KIB
MAX_HEADER = 8 * KIB  # of one, its name among it
MAX_CONTENT_TYPE = 512  # Werkzeug takes the square of its time for spaces
MAX_HEADERS = 32 * KIB  # of all

# Of a body, whoever sends it
MAX_DISCARDED_READS = 1000  # of what is refused, so that its client reads the answer
DISCARDED_PIECE = 64 * KIB
MIN_READ = 64  # what a shorter one counts for: chunks take time, not memory
MAX_CHUNK_LINE = 1 * KIB
MAX_BOUNDARY = 70  # RFC 2046, section 5.1.1
MAX_PART_HEADERS = 1 * KIB  # of a part of a multipart body
MEAN_PART_HEADERS = 128  # of as many as there may be
MAX_PART_SPACES = 40  # in a row, in its headers
MAX_ESCAPES = 1_000_000  # of a URL-encoded form, which take a hundred times their size
MAX_DIGITS = 1000  # of a number in JSON: Python takes the square of their time
MAX_DEPTH = 50  # of JSON: whatever looks into it goes as deep

# Of an import
MAX_LINES = 100_000
MAX_LINE = 4 * MIB  # a partner with a photo
MAX_BATCH_SIZE = 4 * MIB  # of the lines of a transaction
MAX_IN_MEMORY = 1 * MIB  # more of a body is written to a file

# Of single values
MAX_PASSWORD = 4 * KIB  # passlib fails on a longer one, where there is such a user
MAX_IDEMPOTENCY_KEY = 255
MAX_PREFER = 1 * KIB  # of the header: to parse it takes the square of its length


class Limits(NamedTuple):
    """What depends on who sends it.

    :param int fields: of a form
    :param int values: of JSON, those inside others among them
    :param int body: in bytes; none where ``limit_rest_body`` says so
    """

    fields: int
    values: int
    body: Optional[int] = None


STRANGER = Limits(fields=100, values=1000, body=64 * KIB)
TOKEN_HOLDER = Limits(fields=1000, values=200_000)
DEFAULT_BODY = 20 * MIB  # a hundred partners with a photo each
