"""What the server under test can be asked, as its OpenAPI document says."""

from typing import NamedTuple

import requests
from blackbox.clients import list_parameters


class Route(NamedTuple):
    """One method of one path.

    :param str path: with braces around what is variable
    :param tuple params: names of the query parameters
    :param tuple keys: of the JSON object that is the body
    """

    method: str
    path: str
    params: tuple = ()
    keys: tuple = ()

    @property
    def may_end_a_token(self):
        return self.method == "DELETE" and "/token" in self.path


CREDENTIALS = ("db", "login", "password", "name", "lifetime_days", "scope")
UNDOCUMENTED = [
    *(
        Route(method, "/rest/sky/token", keys=CREDENTIALS)
        for method in ("GET", "POST", "DELETE")
    ),
    Route("GET", "/api/openapi.json"),
    Route("GET", "/api-docs"),
    Route("GET", "/api-docs/api/{usage}.json"),
]


def read_routes(url):
    """Return all routes of a server.

    :rtype: list of Route
    """
    document = requests.get(f"{url}/api/openapi.json", timeout=60).json()
    described = [
        Route(
            method.upper(),
            path,
            tuple(
                parameter["name"]
                for parameter in list_parameters(document, method, path)
                if parameter["in"] == "query"
            ),
            tuple(_get_schema(document, operation).get("properties", ())),
        )
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method != "parameters"
    ]
    return described + UNDOCUMENTED


def _get_schema(document, operation):
    """Return the JSON schema of the object that is the body."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    schema = schema.get("items", schema)  # of a list
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema
