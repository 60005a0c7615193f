import secrets
from typing import NamedTuple

import pytest
import requests

from .backend import Backend


class User(NamedTuple):
    id: int
    login: str
    password: str


@pytest.fixture(scope="session")
def admin(server):
    return Backend(server)


@pytest.fixture(scope="session")
def user(admin):
    """A user who may change partners and read metrics, removed with what they made."""
    login = f"openapi-{secrets.token_hex(6)}"
    password = secrets.token_hex(8)
    groups = [
        admin.ref("base.group_user"),
        admin.ref("base.group_partner_manager"),
        admin.ref("odoo_rest_token_api.group_rest_metrics"),
    ]
    values = {"name": login, "login": login, "password": password}
    values[admin.groups_field] = [(6, 0, groups)]
    context = {"no_reset_password": True}
    uid = admin("res.users", "create", values, context=context)
    yield User(uid, login, password)
    admin.remove_records_of(uid, "res.partner")
    partner = admin("res.users", "read", [uid], ["partner_id"])[0]["partner_id"]
    admin("res.users", "unlink", [uid])
    admin("res.partner", "unlink", [partner[0]])


@pytest.fixture(scope="session")
def issue(server, user):
    """Issues a token for the user."""

    def issue_token(**options):
        credentials = {"login": user.login, "password": user.password}
        response = requests.post(
            f"{server.url}/api/auth/token", json={**credentials, **options}, timeout=60
        )
        assert response.status_code == 200, response.text
        return response.json()["access_token"]

    return issue_token


@pytest.fixture(scope="session")
def token(issue):
    return issue(name="OpenAPI tests")
