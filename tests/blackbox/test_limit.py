from concurrent.futures import ThreadPoolExecutor

import pytest

from .clients import Client, RpcError, assert_error, assert_works

URL = "/api/auth/token"


@pytest.fixture(autouse=True)
def limit(set_parameter):
    set_parameter("max_active", "3")


def test_409_at_the_limit(client, fresh_user, other_user):
    tokens = [client.issue(fresh_user) for _ in range(3)]
    response = client.post(URL, json=fresh_user.credentials)
    assert_error(response, 409, "3 active tokens")
    assert_works(client, tokens[0])
    assert client.post(URL, json=other_user.credentials).status_code == 200


def test_409_under_the_older_path(client, fresh_user):
    for _ in range(3):
        client.issue(fresh_user)
    assert_error(client.get("/rest/sky/token", data=fresh_user.credentials), 409)


def test_revoked_tokens_do_not_count(client, fresh_user):
    tokens = [client.issue(fresh_user) for _ in range(3)]
    client.delete(URL, tokens[0])
    assert client.post(URL, json=fresh_user.credentials).status_code == 200
    assert_error(client.post(URL, json=fresh_user.credentials), 409)


def test_limit_holds_at_once(server, client, fresh_user):
    def issue(_number):
        return Client(server.url).post(URL, json=fresh_user.credentials)

    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(issue, range(8)))
    codes = sorted(response.status_code for response in responses)
    assert codes == [200] * 3 + [409] * 5


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
