"""Calls of web pages of other origins, which an administrator lists.

The protocol is that of the Fetch standard, section 3.2. No answer allows credentials: a
page sends a token by itself, and no cookie of Odoo's is any of its business.
"""

import logging
import re
from functools import lru_cache

from odoo.addons.odoo_rest_token.exceptions import JsonError

from ..openapi.parts import ANSWER_HEADERS, REQUEST_HEADERS
from .databases import HEADER as DATABASE_HEADER

_logger = logging.getLogger(__name__)

PARAMETER = "odoo_rest_token_api.cors_origins"
# RFC 6454, section 6.2: as browsers write it
ORIGIN_RE = re.compile(r"https?://[a-z0-9.:\[\]_-]+")
MAX_AGE = 600  # seconds that a browser may keep what a preflight was told
# Those that browsers don't show to pages unless they are told to
OTHER_ANSWER_HEADERS = ("Allow", "Content-Disposition", "WWW-Authenticate")


class Preflight(JsonError):
    """204: what a page may send.

    It is raised, since it is known before Odoo has found a route.
    """

    code = 204

    def get_body(self, *args, **kwargs):
        return ""


@lru_cache(maxsize=128)
def parse_origins(text):
    """Read the origins whose pages may call, and complain once of what is none.

    What is no origin, such as ``*``, allows nothing.

    :param str text: with spaces or commas between them
    :rtype: frozenset of str
    """
    words = set(re.split(r"[\s,]+", text)) - {""}
    origins = frozenset(filter(ORIGIN_RE.fullmatch, words))
    if words != origins:
        _logger.warning("%s: %s is no origin", PARAMETER, sorted(words - origins))
    return origins


def describe_origin(env, httprequest):
    """Return the headers that let a page of the request's origin read the answer.

    :param odoo.api.Environment env: of nobody in particular
    :param werkzeug.wrappers.Request httprequest: any
    :return: none where the origin is not listed, but what keeps caches from mixing
        origins up
    :rtype: list of (str, str)
    """
    parameters = env["ir.config_parameter"].sudo()
    origins = parse_origins(parameters.get_param(PARAMETER, ""))
    if not origins:
        return []
    headers = [("Vary", "Origin")]
    origin = httprequest.headers.get("Origin")
    if origin in origins:
        exposed = ", ".join((*ANSWER_HEADERS, *OTHER_ANSWER_HEADERS))
        headers.append(("Access-Control-Allow-Origin", origin))
        headers.append(("Access-Control-Expose-Headers", exposed))
    return headers


def is_preflight(httprequest):
    """Tell whether a browser asks what a page may send.

    :param werkzeug.wrappers.Request httprequest: any
    :rtype: bool
    """
    asks = "Access-Control-Request-Method" in httprequest.headers
    return httprequest.method == "OPTIONS" and asks


def answer_preflight(refusal, authenticators):
    """Make the answer to a preflight of a listed origin.

    :param JsonError refusal: of the method OPTIONS, a 405 that says what is allowed
    :param authenticators: the kinds of credentials that may be sent
    :rtype: Preflight
    """
    methods = dict(refusal.headers)["Allow"]
    names = [DATABASE_HEADER, "Content-Type", *REQUEST_HEADERS]
    names += dict.fromkeys(authenticator.header for authenticator in authenticators)
    return Preflight(
        headers=[
            ("Access-Control-Allow-Methods", methods),
            ("Access-Control-Allow-Headers", ", ".join(names)),
            ("Access-Control-Max-Age", str(MAX_AGE)),
        ]
    )
