"""A server with Odoo's business apps: what the services of records are made for."""

import secrets

import pytest
from blackbox.records import Resource
from blackbox.resources import Exposing
from business_server import admin, client

__all__ = ["admin", "client"]


@pytest.fixture
def pricelist(admin):
    """One that asks for what products cost: those of the demo data give discounts."""
    pricelist = admin("product.pricelist", "create", {"name": "Of the products"})
    yield pricelist
    admin("product.pricelist", "write", [pricelist], {"active": False})


@pytest.fixture
def expose(admin, client, server):
    """Exposes a model, with all that may be done, until the test is over.

    It takes a model and its fields, each by its name or with the access to it, and
    returns the resource, called with a token of the administrator.
    """
    exposing = Exposing(admin)

    def expose(model, *fields, **values):
        path = f"business-{secrets.token_hex(4)}"
        operations = ("create", "update", "delete")
        allowed = {f"allow_{operation}": True for operation in operations}
        exposing(path, model, *fields, **{**allowed, **values})
        token = client.issue(server)
        return Resource(client, f"/api/{path}", token)

    yield expose
    exposing.remove()


@pytest.fixture
def service(client, server):
    """A service of the addon ``rest_business_test``, by its name."""

    def open_service(name):
        return Resource(client, f"/api/{name}", client.issue(server))

    return open_service
