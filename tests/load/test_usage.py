"""Calls are counted right by all workers, and no request waits for it."""

import time

import pytest
from blackbox.clients import Client

from .clients import at_once, call, insist
from .load import disconnect, sql
from .test_last_use import locked

SECONDS = 150  # counts are written once a minute, or the next one
COUNT = """
    SELECT coalesce(sum(calls), 0) FROM rest_usage_count
    WHERE operation = 'auth_list_tokens' AND token_id = %s
"""


def count(database, token_id):
    return int(sql(database, COUNT % token_id))


def wait_for(condition, seconds=SECONDS):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(1)


def test_no_call_is_lost_counted_twice_or_held_up(loaded, user, bad_records):
    client = Client(loaded.url)
    token = client.issue(user)
    token_id = client.token_id(token)
    answers = []

    def call_at_once():
        answers.extend(
            at_once(lambda: insist(loaded.url, "GET", "/api/auth/tokens", token))
        )

    for _round in range(3):
        call_at_once()
    with locked(loaded.db, "LOCK rest_usage_count, rest_usage_total"):
        start = time.monotonic()
        call_at_once()
        assert time.monotonic() - start < 20
    call_at_once()
    assert {answer.status for answer in answers} == {200}
    wait_for(lambda: count(loaded.db, token_id) >= len(answers))
    assert count(loaded.db, token_id) == len(answers)
    assert not bad_records()


@pytest.mark.parametrize("loaded", ["workers"], indirect=True)
def test_health_is_503_while_the_database_is_out_of_reach(loaded):
    def ask():
        return call(loaded.url, "GET", "/api/health").status

    assert ask() == 200
    allow = f"ALTER DATABASE {loaded.db} ALLOW_CONNECTIONS %s"
    sql("postgres", allow % "false")
    try:
        disconnect(loaded.db)
        assert ask() == 503
    finally:
        sql("postgres", allow % "true")
    wait_for(lambda: ask() == 200, seconds=20)
