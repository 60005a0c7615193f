"""Tokens that are limited when they are issued, over HTTP."""

import pytest

from .clients import assert_error, assert_refused, assert_works
from .records import Resource, done

READ, WRITE = "partners:read", "partners:write"


@pytest.fixture
def limited(client, manager):
    """The partners, served to a token of the scope given."""

    def issue(scope):
        answer = client.get(
            "/api/auth/token", data={**manager.credentials, "scope": scope}
        )
        assert done(answer)["scope"] == scope
        return Resource(client, "/api/partners", answer.json()["access_token"])

    return issue


def calls(partner_id, origin):
    """Arguments of one request of each kind, by the scope that it asks for."""
    return {
        READ: [("GET",), ("GET", partner_id)],
        WRITE: [
            ("POST", None, {"name": "Bob", "ref": origin}),
            ("PATCH", partner_id, {"city": "Lisboa"}),
            ("PUT", partner_id, {"city": "Faro"}),
            ("DELETE", partner_id),
        ],
    }


def send(resource, method, record_id=None, json=None):
    return resource.request(method, record_id, json=json)


@pytest.mark.parametrize("scope", [READ, WRITE, f"{READ} {WRITE}"])
def test_token_does_what_its_scopes_say(partners, limited, origin, scope):
    resource = limited(scope)
    partner = partners.create({"name": "Ada", "ref": origin})
    for needed, requests in calls(partner["id"], origin).items():
        for request in requests:
            response = send(resource, *request)
            if needed in scope.split():
                assert response.status_code < 300, response.text
                continue
            assert_error(response, 403, needed)
            challenge = response.headers["WWW-Authenticate"]
            assert challenge.startswith("Bearer ")
            assert 'error="insufficient_scope"' in challenge
            assert f'scope="{needed}"' in challenge


def test_refused_request_writes_nothing(partners, limited, committed, origin):
    partner = partners.create({"name": "Ada", "ref": origin})
    resource = limited(READ)
    for request in calls(partner["id"], origin)[WRITE]:
        send(resource, *request)
    assert committed() == ["Ada"]
    assert partners.read(partner["id"]) == partner


def test_limited_token_looks_at_itself_and_revokes_itself(client, limited):
    token = limited(READ).token
    assert client.me(token).json()["token"]["scopes"] == [READ]
    done(client.delete("/api/auth/token", token))
    assert_refused(client, token)


def test_limited_token_does_not_reach_other_tokens(client, issue, manager, limited):
    other = issue(manager)
    resource = limited(f"{READ} {WRITE}")
    assert_error(client.get("/api/auth/tokens", resource.token), 403, "auth:read")
    path = f"/api/auth/tokens/{client.token_id(other)}"
    assert_error(client.delete(path, resource.token), 403, "auth:write")
    assert_works(client, other)


def test_scopes_give_no_right(client, user):
    resource = Resource(client, "/api/partners", client.issue(user, scope=WRITE))
    response = resource.request("POST", json={"name": "Bob"})
    assert_error(response, 403)
    assert "insufficient_scope" not in response.headers.get("WWW-Authenticate", "")


@pytest.mark.parametrize("carrier", ["data", "json", "params"])
@pytest.mark.parametrize("scope", ["nothing:read", f"{READ} nothing", "PARTNERS:READ"])
def test_unknown_scope_is_refused(client, user, carrier, scope):
    options = {carrier: {**user.credentials, "scope": scope}}
    assert_error(client.post("/api/auth/token", **options), 400, "scope")
