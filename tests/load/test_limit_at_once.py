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


def find_active(admin, user):
    domain = [("user_id", "=", user.id), ("state", "=", "active")]
    return admin("rest.token", "search", domain)


def test_never_more_than_the_limit(loaded, admin, user, bad_records):
    tokens, statuses = issue_at_once(loaded, user)
    assert statuses == {200: CLIENTS}
    assert len(set(tokens)) == CLIENTS
    assert len(find_active(admin, user)) == LIMIT
    assert not bad_records()


def test_no_more_are_ended_than_there_has_to_be_room_for(
    loaded, admin, user, bad_records
):
    issue_at_once(loaded, user)
    before = find_active(admin, user)
    for token_id in before[:3]:
        admin("rest.token", "action_revoke", [token_id])
    client = Client(loaded.url)
    newer = [client.issue(user) for _number in range(4)]
    client.close()
    after = find_active(admin, user)
    assert len(after) == LIMIT
    assert len(set(before[3:]) - set(after)) == 1
    assert len(newer) == 4
    assert not bad_records()
