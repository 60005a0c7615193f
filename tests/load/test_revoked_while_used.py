"""No request that begins after the answer to a revocation succeeds."""

import time

import pytest
from blackbox.clients import Client

from .clients import CLIENTS, at_once, insist, insist_as, using


def by_itself(loaded, admin, user, token):
    answer = Client(loaded.url).delete("/api/auth/token", token)
    assert answer.status_code == 200, answer.text


def by_another(loaded, admin, user, token):
    client = Client(loaded.url)
    path = f"/api/auth/tokens/{client.token_id(token)}"
    answer = client.delete(path, client.issue(user))
    assert answer.status_code == 200, answer.text


def by_administrator(loaded, admin, user, token):
    insist_as(admin, "res.users", "action_revoke_rest_tokens", [user.id])


def by_archiving(loaded, admin, user, token):
    insist_as(admin, "res.users", "write", [user.id], {"active": False})


def by_another_password(loaded, admin, user, token):
    insist_as(admin, "res.users", "write", [user.id], {"password": "another"})


WAYS = [by_itself, by_another, by_administrator, by_archiving, by_another_password]


@pytest.mark.parametrize("revoke", WAYS)
def test_no_request_succeeds_afterwards(loaded, admin, user, bad_records, revoke):
    token = Client(loaded.url).issue(user)
    with using(loaded.url, token) as uses:
        revoke(loaded, admin, user, token)
        revoked_at = time.monotonic()
    before = [use.status for use in uses if use.start < revoked_at]
    after = [use.status for use in uses if use.start >= revoked_at]
    assert before.count(200) >= CLIENTS
    assert len(after) >= CLIENTS
    assert set(after) == {401}
    assert set(before) <= {200, 401}
    assert not bad_records()


def test_revoked_by_all_at_once(loaded, user, bad_records):
    token = Client(loaded.url).issue(user)

    answers = at_once(lambda: insist(loaded.url, "DELETE", "/api/auth/token", token))
    statuses = [answer.status for answer in answers]
    assert 200 in statuses
    assert set(statuses) <= {200, 401}
    assert not bad_records()
