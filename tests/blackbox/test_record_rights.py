"""What a user may not do in Odoo, they may not do by a token either."""

import pytest

from .clients import assert_error
from .records import Resource


@pytest.fixture
def ada(partners, origin):
    return partners.create({"name": "Ada", "ref": origin})


@pytest.fixture
def readable(client, token):
    """The partners, served to an ordinary user."""
    return Resource(client, "/api/partners", token)


def test_ordinary_user_reads_and_does_not_write(readable, committed, origin, ada):
    assert readable.names(ref=origin) == ["Ada"]
    assert readable.read(ada["id"]) == ada
    for method, record_id, json in (
        ("POST", None, {"name": "Bob", "ref": origin}),
        ("POST", None, [{"name": "Bob", "ref": origin}]),
        ("PATCH", ada["id"], {"name": "Bob"}),
        ("PUT", ada["id"], {"name": "Bob"}),
        ("DELETE", ada["id"], None),
    ):
        assert_error(readable.request(method, record_id, json=json), 403)
    assert committed() == ["Ada"]


def test_rights_are_those_of_this_moment(admin, client, create_user, origin):
    user = create_user("base.group_user")
    group = admin.ref("base.group_partner_manager")
    resource = Resource(client, "/api/partners", client.issue(user))
    values = {"name": "Ada", "ref": origin}
    assert_error(resource.request("POST", json=values), 403)
    admin.add_to_group(user.id, group)
    partner = resource.create(values)
    admin.remove_from_group(user.id, group)
    assert_error(resource.request("DELETE", partner["id"]), 403)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_token_is_needed(partners, origin, committed, method):
    stranger = partners.with_token(None)
    json = {"name": "Ada", "ref": origin} if method == "POST" else None
    assert_error(stranger.request(method, json=json), 401, "access-token")
    assert committed() == []


@pytest.fixture
def hide(admin):
    """Hides a partner from everybody, by a record rule."""
    rules = []

    def hide(partner):
        domain = [("model", "=", "res.partner")]
        (model,) = admin("ir.model", "search", domain)
        values = {
            "name": "Hidden from the tests",
            "model_id": model,
            "domain_force": f"[('id', '!=', {partner['id']})]",
        }
        rules.append(admin("ir.rule", "create", values))

    yield hide
    admin("ir.rule", "unlink", rules)


def test_partner_that_a_rule_hides_does_not_exist(partners, hide, origin, ada):
    assert partners.names(ref=origin) == ["Ada"]
    hide(ada)
    assert partners.search(ref=origin, total="true")["total"] == 0
    for method in ("GET", "PATCH", "DELETE"):
        json = {"name": "Bob"} if method == "PATCH" else None
        assert_error(partners.request(method, ada["id"], json=json), 404)
