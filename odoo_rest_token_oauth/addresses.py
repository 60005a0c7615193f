"""The addresses of what this addon serves: all begin with the issuer."""

from urllib.parse import urlsplit

from werkzeug.urls import iri_to_uri

API = "/api/oauth"
AUTHORIZE = "/oauth/authorize"
TOKEN = f"{API}/token"
REVOKE = f"{API}/revoke"
INTROSPECT = f"{API}/introspect"
REGISTER = f"{API}/register"
DOCUMENTATION = "/api-docs"
RESOURCE = "/.well-known/oauth-protected-resource"


def get_issuer(httprequest):
    """Return the issuer: this server, by the name that it is called by.

    A client compares it with the address that it knows (RFC 8414, section 3.3; RFC
    9207, section 2.4). The name is the one of the request: ``rest_hosts`` limits which
    there are.

    :param werkzeug.wrappers.Request httprequest: any
    :rtype: str, without a slash at its end
    """
    return httprequest.url_root.rstrip("/")


def get_resource_metadata(httprequest, roots):
    """Return where a client finds out what a token for a request is got from.

    :param werkzeug.wrappers.Request httprequest: that had no valid token
    :param roots: of services, such as ``/api/``
    :return: address of the metadata of the resource (RFC 9728, section 5.1)
    :rtype: str
    """
    path = httprequest.path
    root = next((each for each in roots if path.startswith(each)), "/")
    return iri_to_uri(get_issuer(httprequest) + RESOURCE + root.rstrip("/"))


def find_audience(env, issuer, resource):
    """Find whose scopes a request for a resource means (RFC 8707).

    The server as a whole is a resource, and so is each root below which there are
    services, such as ``https://odoo.example.com/api``.

    :param odoo.api.Environment env: of the database
    :param str issuer: of :func:`get_issuer`
    :param str resource: as the client names it, or None
    :return: a collection of services; that of this addon's own if no other is meant
    :rtype: str, or None where there is no such resource
    """
    roots = env.registry.rest_operations.roots
    default = roots["/api/"]._collection_name
    if not resource:
        return default
    parts = urlsplit(resource)
    if parts.query or parts.fragment or not resource.startswith(issuer):
        return None
    path = resource[len(issuer) :].rstrip("/")
    if not path:
        return default
    controller_class = roots.get(f"{path}/")
    return controller_class and controller_class._collection_name
