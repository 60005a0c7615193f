"""What a stranger learns from how long the server takes: nothing.

Samples of all kinds alternate, so that a busy machine slows all of them down, and the
quickest are compared, which it slows down least. Where the server checks a password for
one kind and none for another, one takes at least twice as long.
"""

import secrets
import time
from base64 import b64encode
from datetime import timedelta

import pytest

from .clients import assert_error

ROUNDS = 8  # where each takes a password's time
MANY_ROUNDS = 60  # where each takes some milliseconds
TOLERANCE = 1.5
URLS = ["/api/auth/token", "/rest/sky/token"]


def assert_same_time(requests, rounds=ROUNDS):
    """Check that requests take the same time, within noise.

    :param dict requests: functions that send one, by what they stand for
    :param int rounds: how often each is sent, if a third of that doesn't tell
    """
    seconds = {name: [] for name in requests}
    for send in requests.values():  # what is done once is done now
        assert_error(send(), 401)
    for number in range(rounds):
        for name, send in requests.items():
            start = time.perf_counter()
            send()
            seconds[name].append(time.perf_counter() - start)
        quickest = {name: min(values) for name, values in seconds.items()}
        is_same = max(quickest.values()) < TOLERANCE * min(quickest.values())
        if is_same and number >= rounds // 3:
            break
    assert is_same, quickest


@pytest.fixture
def no_cooldown(admin, client, user):
    """Ends Odoo's cooldown and our own, which would refuse all but the first."""
    keys = ("base.login_cooldown_after", "odoo_rest_token_api.login_failures")
    before = [admin("ir.config_parameter", "get_param", key) for key in keys]
    for key in keys:
        admin("ir.config_parameter", "set_param", key, "0")
    yield
    client.issue(user)  # so that the failures are forgotten
    for key, value in zip(keys, before, strict=True):
        admin("ir.config_parameter", "set_param", key, value)


@pytest.fixture
def strangers(admin, user, portal_user, create_user):
    """Logins: of users of every kind, and of nobody."""
    archived = create_user("base.group_user")
    admin("res.users", "write", [archived.id], {"active": False})
    return {
        "a user": user.login,
        "one of the portal": portal_user.login,
        "an archived one": archived.login,
        "nobody": f"nobody-{secrets.token_hex(6)}@example.com",
    }


@pytest.mark.usefixtures("no_cooldown")
@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("carrier", ["JSON", "Basic"])
def test_wrong_password_takes_the_same_time_for_all(client, strangers, url, carrier):
    def ask(login):
        if carrier == "JSON":
            return client.post(url, json={"login": login, "password": "wrong"})
        basic = b64encode(f"{login}:wrong".encode()).decode()
        return client.get(url, headers={"Authorization": f"Basic {basic}"})

    assert_same_time(
        {name: lambda login=login: ask(login) for name, login in strangers.items()}
    )


def test_tokens_that_are_refused_take_the_same_time(client, web, user, now):
    expired = web(user).issue_in_dialog(
        expires_at=f"{now + timedelta(seconds=10):%F %T}"
    )
    revoked = client.issue(user)
    client.delete("/api/auth/token", revoked)
    deadline = time.monotonic() + 30
    while client.me(expired).status_code == 200:
        assert time.monotonic() < deadline, "it does not expire"
        time.sleep(0.2)
    tokens = {
        "unknown": f"access_token_{secrets.token_hex(20)}",
        "expired": expired,
        "revoked": revoked,
        "malformed": "nonsense",
        "long": "a" * 8000,
    }
    assert_same_time(
        {name: lambda token=token: client.me(token) for name, token in tokens.items()},
        MANY_ROUNDS,
    )
