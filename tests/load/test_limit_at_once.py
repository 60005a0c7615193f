"""The limit of active tokens holds, however many are issued at once."""

from collections import Counter

import pytest
from blackbox.clients import Client

from .clients import CLIENTS, at_once, insist, issue

LIMIT = 10


@pytest.fixture(autouse=True)
def limit(parameter):
    parameter("odoo_rest_token.max_active", str(LIMIT))


def issue_at_once(loaded, user):
    """Return the tokens, and how often each status was answered."""
    answers = at_once(lambda: issue(loaded.url, user, insist))
    tokens = [a.json()["access_token"] for a in answers if a.status == 200]
    return tokens, Counter(answer.status for answer in answers)


def test_never_more_than_the_limit(loaded, admin, user, bad_records):
    tokens, statuses = issue_at_once(loaded, user)
    assert statuses == {200: LIMIT, 409: CLIENTS - LIMIT}
    assert len(set(tokens)) == LIMIT
    domain = [("user_id", "=", user.id), ("state", "=", "active")]
    assert admin("rest.token", "search_count", domain) == LIMIT
    assert not bad_records()


def test_never_more_than_are_free(loaded, admin, user, bad_records):
    tokens, _statuses = issue_at_once(loaded, user)
    client = Client(loaded.url)
    for token in tokens[:3]:
        client.delete("/api/auth/token", token)
    _tokens, statuses = issue_at_once(loaded, user)
    assert statuses == {200: 3, 409: CLIENTS - 3}
    assert not bad_records()
