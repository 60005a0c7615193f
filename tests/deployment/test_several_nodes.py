"""Two Odoo servers, of two workers each, on one PostgreSQL."""

import pytest
from blackbox.clients import Client
from servers import two_nodes

REQUESTS = 12  # enough to meet each worker


@pytest.fixture(scope="module")
def nodes(server):
    with two_nodes("rest_node", server.db) as urls:
        yield [*map(Client, urls)]


def statuses(node, token):
    return {node.me(token).status_code for _request in range(REQUESTS)}


def test_token_of_one_node_works_on_the_other_at_once(nodes, server):
    for issuer, other in (nodes, reversed(nodes)):
        token = issuer.issue(server)
        assert statuses(other, token) == {200}
        assert statuses(issuer, token) == {200}
        issuer.delete("/api/auth/token", token)


def test_token_that_one_node_revokes_is_refused_by_the_other(nodes, server):
    for revoker, other in (nodes, reversed(nodes)):
        token = other.issue(server)
        assert statuses(other, token) == {200}
        revoker.delete("/api/auth/token", token)
        assert statuses(other, token) == {401}
        assert statuses(revoker, token) == {401}


def test_session_ends_with_a_token_that_another_node_revokes(nodes, server):
    first, second = nodes
    token = first.issue(server)
    answer = first.post("/api/auth/session", token)
    cookies = {"session_id": answer.cookies["session_id"]}

    def ask():
        path = "/web/session/get_session_info"
        return first.post(path, json={}, cookies=cookies).json()

    assert "uid" in ask()["result"]
    second.delete("/api/auth/token", token)
    assert "error" in ask()


def test_many_tokens_are_issued_and_revoked_on_either(nodes, server):
    for number in range(REQUESTS):
        issuer, revoker = nodes[number % 2], nodes[number // 2 % 2]
        token = issuer.issue(server)
        assert revoker.me(token).status_code == 200
        assert revoker.delete("/api/auth/token", token).status_code == 200
        assert issuer.me(token).status_code == 401
