"""Entity tags: they change whenever what is stored of what a client reads does.

What Odoo computes may change with the clock, and nobody has changed anything then: in
its place, there is what it is computed of.
"""

import json
from hashlib import sha256

from werkzeug.http import parse_etags

from odoo import _

from odoo.addons.odoo_rest_token.exceptions import JsonError


def make_etag(value):
    """Return the entity tag of a value (RFC 9110, section 8.8.3), without its quotes.

    :param value: what JSON takes
    :rtype: str
    """
    text = json.dumps(value, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:32]


def check_if_match(httprequest, etag):
    """Refuse a change of what has changed since the client read it.

    :param str etag: of the record as it is
    :raise JsonError: 412, as the header ``If-Match`` names other tags
    """
    header = httprequest.headers.get("If-Match")
    if header and not parse_etags(header).contains(etag):
        raise JsonError(_("The record has changed since it was read."), code=412)


def is_not_modified(httprequest, etag):
    """Tell whether the client has this version, as ``If-None-Match`` says."""
    header = httprequest.headers.get("If-None-Match")
    return bool(header) and parse_etags(header).contains_weak(etag)
