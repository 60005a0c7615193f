"""What clients find out by themselves of this server."""

from . import addresses
from .adapters import CODE, CREDENTIALS, REFRESH, SECRET_METHODS
from .parameters import is_on


def describe_server(env, issuer):
    """Describe the authorization server (RFC 8414).

    :param odoo.api.Environment env: of the database
    :param str issuer: address of this server
    :rtype: dict
    """
    secret_methods = [*SECRET_METHODS]
    described = {
        "issuer": issuer,
        "authorization_endpoint": issuer + addresses.AUTHORIZE,
        "token_endpoint": issuer + addresses.TOKEN,
        "revocation_endpoint": issuer + addresses.REVOKE,
        "introspection_endpoint": issuer + addresses.INTROSPECT,
        "scopes_supported": list_scopes(env),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [CODE, REFRESH, CREDENTIALS],
        "token_endpoint_auth_methods_supported": ["none", *secret_methods],
        "revocation_endpoint_auth_methods_supported": ["none", *secret_methods],
        "introspection_endpoint_auth_methods_supported": secret_methods,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "service_documentation": issuer + addresses.DOCUMENTATION,
    }
    if is_on(env, "registration"):
        described["registration_endpoint"] = issuer + addresses.REGISTER
    return described


def describe_resource(env, issuer, resource):
    """Describe the API, as a resource that tokens are for (RFC 9728).

    :param odoo.api.Environment env: of the database
    :param str issuer: address of this server
    :param str resource: as the client names it
    :rtype: dict
    """
    return {
        "resource": resource,
        "authorization_servers": [issuer],
        "scopes_supported": list_scopes(env),
        "bearer_methods_supported": ["header"],
        "resource_name": env.company.sudo().name,
        "resource_documentation": issuer + addresses.DOCUMENTATION,
    }


def list_scopes(env):
    return sorted(set(env["rest.token.scope"].sudo()._find_all().mapped("name")))
