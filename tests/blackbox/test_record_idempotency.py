"""Requests that a client sends again, as it got no answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from .clients import Client, assert_error
from .records import Resource, done


@pytest.fixture
def key(origin):
    return {"Idempotency-Key": f"order {origin}"}


@pytest.fixture
def ada(origin):
    return {"name": "Ada", "ref": origin}


def is_replayed(response):
    return response.headers.get("Idempotency-Replayed") == "true"


def test_request_that_is_sent_again_gets_the_first_answer(
    partners, committed, key, ada
):
    first, second = (
        partners.request("POST", json=ada, headers=key) for _time in range(2)
    )
    assert done(first, 201) == done(second, 201)
    assert first.headers["Location"] == second.headers["Location"]
    assert (is_replayed(first), is_replayed(second)) == (False, True)
    assert committed() == ["Ada"]


def test_list_that_is_sent_again_creates_nothing_more(partners, committed, key, ada):
    items = [ada, {**ada, "name": "Bob"}]
    assert partners.create(items, headers=key) == partners.create(items, headers=key)
    assert committed() == ["Ada", "Bob"]


def test_requests_at_once_create_once(server, partners, committed, key, ada):
    def create(_number):
        with Client(server.url) as client:
            mine = Resource(client, partners.path, partners.token)
            return mine.request("POST", json=ada, headers=key)

    with ThreadPoolExecutor(6) as pool:
        responses = list(pool.map(create, range(6)))
    answers = [done(response, 201) for response in responses]
    assert answers == answers[:1] * 6
    assert sorted(map(is_replayed, responses)) == [False] + [True] * 5
    assert committed() == ["Ada"]


def test_key_is_for_one_request(partners, committed, key, ada):
    partners.create(ada, headers=key)
    other = {**ada, "name": "Bob"}
    response = partners.request("POST", json=other, headers=key)
    assert_error(response, 422, "Idempotency-Key")
    assert committed() == ["Ada"]


def test_key_is_free_again_after_a_request_that_failed(partners, committed, key, ada):
    wrong = {**ada, "nothing": 1}
    assert_error(partners.request("POST", json=wrong, headers=key), 400)
    partners.create(ada, headers=key)
    assert committed() == ["Ada"]


def test_key_holds_for_all_tokens_of_a_user(issue, manager, partners, key, ada):
    partner = partners.create(ada, headers=key)
    same_user = partners.with_token(issue(manager))
    assert same_user.create(ada, headers=key) == partner


def test_key_of_another_user_is_another_key(
    client, create_user, partners, committed, key, ada
):
    partner = partners.create(ada, headers=key)
    colleague = create_user("base.group_user", "base.group_partner_manager")
    theirs = partners.with_token(client.issue(colleague))
    assert theirs.create(ada, headers=key)["id"] != partner["id"]
    assert committed() == ["Ada", "Ada"]
