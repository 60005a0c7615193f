import time

import pytest

from .clients import Backend, RpcError, assert_error

SECONDS = 75  # counts are written once a minute


def wait_for(find, seconds=SECONDS):
    deadline = time.monotonic() + seconds
    while True:
        found = find()
        if found:
            return found
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.5)


@pytest.fixture
def usage(admin, token_id):
    """Reads how often the token called what."""

    def read():
        domain = [("token_id", "=", token_id)]
        names = ["operation", "status", "calls", "failures", "seconds", "user_id"]
        return admin("rest.usage", "search_read", domain, names)

    return read


@pytest.fixture
def failed_calls(admin, token_id):
    """Reads the failed calls of the token, which are kept from now on."""
    admin("rest.token", "action_keep_failed_calls", [token_id])

    def read():
        domain = [("token_id", "=", token_id)]
        return admin("rest.failed.call", "search_read", domain)

    return read


def test_calls_are_counted_within_a_minute_or_so(client, token, user, usage):
    for _number in range(4):
        client.get("/api/auth/tokens", token)
    client.get("/api/partners/0", token)
    rows = wait_for(lambda: {row["operation"]: row for row in usage()})
    assert rows["auth_list_tokens"]["calls"] == 4
    assert rows["auth_list_tokens"]["failures"] == 0
    assert rows["auth_list_tokens"]["user_id"][0] == user.id
    assert 0 < rows["auth_list_tokens"]["seconds"] < 60
    assert rows["partners_get"]["failures"] == 1


def test_failed_call_is_kept_with_its_id(client, token, failed_calls):
    response = client.get(
        "/api/partners?order=secret-order", token, headers={"X-Request-Id": "job-9"}
    )
    assert_error(response, 400)
    (row,) = wait_for(failed_calls, seconds=20)
    assert row["request_id"] == "job-9"
    assert (row["method"], row["path"]) == ("GET", "/api/partners")
    assert row["operation"] == "partners_search"
    assert row["status"] == 400
    assert row["description"] == response.json()["description"]


def test_what_was_sent_is_not_kept(client, token, failed_calls):
    client.post(
        "/api/partners?query=private-query",
        token,
        json={"unknown_key": "private-body"},
        headers={"X-Private": "private-header"},
    )
    assert "private" not in str(wait_for(failed_calls, seconds=20))


@pytest.mark.parametrize("model", ["rest.usage", "rest.failed.call"])
def test_users_read_none_of_it(server, user, model):
    backend = Backend(server, user.login, user.password)
    with pytest.raises(RpcError):
        backend(model, "search_read", [])
    with pytest.raises(RpcError):
        backend("rest.token", "search_read", [], ["recent_calls"])


def test_users_keep_no_failed_calls(server, user, token_id):
    backend = Backend(server, user.login, user.password)
    with pytest.raises(RpcError):
        backend("rest.token", "action_keep_failed_calls", [token_id])
