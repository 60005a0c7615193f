"""Who calls: what a request brings, and whom that makes of it."""

import re
from typing import FrozenSet, NamedTuple, Optional, Tuple

from .rates import Quota

# RFC 6750, section 2.1; RFC 9110, section 11.1: the scheme is case-insensitive
BEARER_RE = re.compile(r"bearer +(\S+)", re.IGNORECASE)

NEEDED = "rest_token"  # how a route authenticates that asks for a token


def takes_tokens(auth):
    """Tell whether a way to authenticate takes tokens, whether they are needed or not.

    :param str auth: as routes say it, or None
    :rtype: bool
    """
    return bool(auth) and NEEDED in auth


class Scope(NamedTuple):
    """What a token is limited to.

    :param str name: as clients write it, such as ``partners:read``
    :param str audience: what it was made for: a collection of services, or a resource;
        empty for routes that name it
    """

    name: str
    audience: str = ""

    def __str__(self):
        return f"{self.audience}/{self.name}"

    @classmethod
    def parse(cls, text):
        """Read what :meth:`__str__` wrote: no audience has a slash.

        :rtype: Scope
        """
        audience, _slash, name = text.partition("/")
        return cls(name, audience)


class Principal(NamedTuple):
    """Who calls, and within which limits.

    :param int user_id: id of the user that the request runs as
    :param int token_id: id of the token, if it is one that says so
    :param frozenset scopes: of :class:`Scope`; without any there are no limits
    :param str source: name of the authenticator that says so
    :param tuple quotas: of :class:`~.rates.Quota`, from the narrowest on: whose calls
        are counted; the user's, if there are none
    """

    user_id: int
    token_id: Optional[int] = None
    scopes: FrozenSet[Scope] = frozenset()
    source: str = ""
    quotas: Tuple[Quota, ...] = ()

    def may(self, *scopes):
        """Tell whether this is for who has no limits, or has one of these scopes.

        :param scopes: of :class:`Scope`; without any, limits are refused
        :rtype: bool
        """
        return not self.scopes or not self.scopes.isdisjoint(scopes)


class Authenticator:
    """One kind of credential that a request may bring, in a place of its own.

    ``ir.http._get_rest_authenticators()`` lists them.
    """

    name = None  #: of the security scheme in OpenAPI
    scheme = None  #: what OpenAPI says of it, a dict

    @property
    def header(self):
        """Name of the header that it is brought in."""
        scheme = self.scheme
        return scheme["name"] if scheme["type"] == "apiKey" else "Authorization"

    def get_credential(self, httprequest):
        """Return what the request brings of this kind.

        Never from the query string: it ends up in logs and browser histories.

        :param werkzeug.wrappers.Request httprequest: any
        :rtype: str, or None if it brings nothing of this kind
        """
        raise NotImplementedError

    def authenticate(self, env, credential):
        """Find out who brings a credential.

        :param odoo.api.Environment env: of nobody
        :param str credential: of :meth:`get_credential`
        :rtype: Principal
        :raise Unauthorized: it is not valid
        """
        raise NotImplementedError


class TokenAuthenticator(Authenticator):
    """A token of ``rest.token``."""

    def authenticate(self, env, credential):
        return env["rest.token"]._authenticate(credential)


class HeaderToken(TokenAuthenticator):
    """``access-token: access_token_…``; WSGI takes ``access_token`` for the same."""

    name = "access_token"
    scheme = {"type": "apiKey", "in": "header", "name": "access-token"}

    def get_credential(self, httprequest):
        return httprequest.headers.get("access-token", "").strip() or None


class BearerToken(TokenAuthenticator):
    """``Authorization: Bearer access_token_…`` (RFC 6750, section 2.1)."""

    name = "bearer"
    scheme = {"type": "http", "scheme": "bearer"}

    def get_credential(self, httprequest):
        header = httprequest.headers.get("Authorization", "").strip()
        bearer = BEARER_RE.fullmatch(header)
        return bearer and bearer.group(1)
