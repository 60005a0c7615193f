"""One description of the whole API."""

from .elsewhere import merge_schemas

DESCRIPTION = (
    "Calls take a token, in the header `access-token` or as a bearer token: "
    "`/api/auth/token` issues one for a login and a password."
)
LICENSE = {"name": "LGPL-3", "url": "https://www.gnu.org/licenses/lgpl-3.0.html"}


def get_version(env):
    """Return the version of this addon that is installed.

    :rtype: str
    """
    module = env["ir.module.module"].sudo()
    return module.search([("name", "=", "odoo_rest_token_api")]).latest_version or ""


def merge_documents(title, version, documents):
    """Make one document of those of several services.

    :param str title: of the whole
    :param str version: of the whole
    :param list documents: as :meth:`~.service.TokenServiceAPISpec.to_dict` makes them
    :rtype: dict
    """
    merged = {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": DESCRIPTION,
            "license": LICENSE,
        },
        "servers": [{"url": "/"}],
        "tags": [],
        "paths": {},
        "components": {},
    }
    for document in documents:
        server = document["servers"][0]["url"]
        for path, item in document["paths"].items():
            merged["paths"][(server + path).rstrip("/")] = item
        for kind, components in document["components"].items():
            merge_schemas(merged["components"].setdefault(kind, {}), components)
        merged["tags"] += document["tags"]
    return merged
