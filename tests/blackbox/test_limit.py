from concurrent.futures import ThreadPoolExecutor

import pytest

from .clients import Client, RpcError, assert_error, assert_refused, assert_works

URL = "/api/auth/token"


@pytest.fixture(autouse=True)
def limit(set_parameter):
    set_parameter("max_active", "3")


def test_one_more_ends_the_one_out_of_use_for_the_longest(
    client, fresh_user, other_user
):
    tokens = [client.issue(fresh_user) for _ in range(3)]
    other = client.issue(other_user)
    assert_works(client, tokens[0])  # the others were never used
    newer = client.issue(fresh_user)
    for token in (tokens[0], tokens[2], newer, other):
        assert_works(client, token)
    assert_refused(client, tokens[1])


def test_so_does_the_older_path(client, fresh_user):
    tokens = [client.issue(fresh_user) for _ in range(3)]
    answer = client.get("/rest/sky/token", data=fresh_user.credentials)
    assert answer.status_code == 200
    assert_refused(client, tokens[0])


def test_tokens_of_the_dialog_are_not_ended(client, web, fresh_user):
    browser = web(fresh_user)
    tokens = [browser.issue_in_dialog() for _ in range(3)]
    assert_error(client.post(URL, json=fresh_user.credentials), 409, "3 active tokens")
    for token in tokens:
        assert_works(client, token)


def test_dialog_ends_none(client, web, fresh_user):
    tokens = [client.issue(fresh_user) for _ in range(3)]
    with pytest.raises(RpcError, match="3 active tokens"):
        web(fresh_user).issue_in_dialog()
    for token in tokens:
        assert_works(client, token)


def test_revoked_tokens_do_not_count(client, fresh_user):
    tokens = [client.issue(fresh_user) for _ in range(3)]
    client.delete(URL, tokens[1])
    client.issue(fresh_user)
    assert_works(client, tokens[0])


def test_limit_holds_at_once(server, client, fresh_user):
    def issue(_number):
        return Client(server.url).issue(fresh_user)

    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(issue, range(8)))
    statuses = [client.get("/api/auth/me", token).status_code for token in tokens]
    assert sorted(statuses) == [200] * 3 + [401] * 5


def test_limit_holds_at_once_in_the_dialog(web, fresh_user):
    browser = web(fresh_user)
    browser.issue_in_dialog()
    wizards = [browser.open_issuing() for _ in range(8)]

    def issue(wizard):
        # The password was asked for just now.
        try:
            return browser.call("rest.token.issue", "action_issue", [wizard])["name"]
        except RpcError as error:
            return str(error)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(issue, wizards))
    assert answers.count("REST Token Issued") == 2
    assert sum("3 active tokens" in answer for answer in answers) == 6
