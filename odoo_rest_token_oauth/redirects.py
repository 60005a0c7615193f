"""Where answers may be sent: the redirect URIs of applications.

They are compared as they are written, letter by letter (RFC 9700, section 4.1.3), but
for the port of a loopback address (RFC 8252, section 7.3).
"""

import re
from urllib.parse import urlsplit

MAX_URI = 2000
# RFC 3986, without the fragment, and without what browsers read otherwise
URI_RE = re.compile(r"[A-Za-z0-9._~:/?@!$&'()*+,;=%\[\]-]+")
LOOPBACK_RE = re.compile(
    r"http://(?P<host>127\.0\.0\.1|\[::1\])(?P<port>:\d{1,5})?(?=[/?]|\Z)"
)
# RFC 8252, section 7.1: a name of a domain, backwards, has a dot. What browsers take
# for a page or a script of their own, such as javascript: and data:, has none.
PRIVATE_SCHEME_RE = re.compile(r"[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+")


def find_fault(uri):
    """Say what is wrong with a redirect URI that is to be registered.

    A path is one of this server itself.

    :param str uri: as it is written
    :return: ``characters``, ``address``, ``http`` or ``scheme``; None where nothing is
    :rtype: str
    """
    if len(uri) > MAX_URI or not URI_RE.fullmatch(uri):
        return "characters"
    if uri.startswith("/"):
        return "characters" if uri.startswith("//") else None
    try:
        parts = urlsplit(uri)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "address"
    if parts.username is not None or parts.password is not None:
        return "address"
    if parts.scheme in ("https", "http"):
        if not host:
            return "address"
        is_local = host == "localhost" or LOOPBACK_RE.match(uri)
        return None if parts.scheme == "https" or is_local else "http"
    return None if PRIVATE_SCHEME_RE.fullmatch(parts.scheme) else "scheme"


def is_registered(uri, registered, issuer):
    """Tell whether a request may have its answer sent somewhere.

    :param str uri: that the request names
    :param registered: the redirect URIs of its application
    :param str issuer: address of this server
    :rtype: bool
    """
    if not isinstance(uri, str) or find_fault(uri) or uri.startswith("/"):
        return False
    return any(_matches(uri, each, issuer) for each in registered)


def _matches(uri, registered, issuer):
    if registered.startswith("/"):
        return uri == issuer + registered
    loopback = LOOPBACK_RE.match(registered)
    if loopback:
        return _drop_port(uri) == _drop_port(registered)
    return uri == registered


def _drop_port(uri):
    return LOOPBACK_RE.sub(lambda match: f"http://{match['host']}", uri)


def get_form_action(uri):
    """Return where a page's form may lead to, in terms of CSP: the redirect, too.

    :param str uri: a registered redirect URI
    :return: its origin, or its scheme where it has none
    :rtype: str
    """
    parts = urlsplit(uri)
    if parts.scheme in ("https", "http"):
        return f"{parts.scheme}://{parts.netloc}"
    return f"{parts.scheme}:"


def get_host(uri):
    """Return what people are told of where the answer goes.

    :param str uri: a registered redirect URI
    :rtype: str
    """
    parts = urlsplit(uri)
    return parts.netloc if parts.netloc else f"{parts.scheme}:"
