from base64 import b64encode
from datetime import datetime, timedelta

import pytest

from .clients import assert_error, assert_works

URL = "/api/auth/token"
A_MINUTE = timedelta(minutes=1)


def as_multipart(values):
    return {"files": {key: (None, value) for key, value in values.items()}}


def as_basic(values):
    pair = f"{values['login']}:{values['password']}".encode()
    return {"headers": {"Authorization": f"Basic {b64encode(pair).decode()}"}}


CARRIERS = {
    "form": lambda values: {"data": values},
    "multipart": as_multipart,
    "JSON": lambda values: {"json": values},
    "query": lambda values: {"params": values},
    "Basic": as_basic,
}
BODIES = ["form", "multipart", "JSON"]


def lifetime(response):
    assert response.status_code == 200, response.text
    expires_at = response.json()["expires_at"]
    return datetime.strptime(expires_at, "%Y-%m-%dT%H:%M:%S%z")


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_credentials_in(client, user, method, carrier):
    response = client.request(method, URL, **CARRIERS[carrier](user.credentials))
    assert response.status_code == 200, response.text
    assert response.json()["uid"] == user.id
    assert response.json()["partner_id"] == user.partner_id
    assert_works(client, response.json()["access_token"])


@pytest.mark.parametrize("carrier", BODIES)
def test_body_wins_over_query(client, user, carrier):
    query = {"login": "nobody", "password": "wrong", "name": "query"}
    values = {**user.credentials, "name": "body"}
    response = client.post(URL, params=query, **CARRIERS[carrier](values))
    token = response.json()["access_token"]
    assert client.me(token).json()["token"]["name"] == "body"


@pytest.mark.parametrize("carrier", CARRIERS)
def test_database_may_be_left_out_or_named(client, server, user, carrier):
    values = {**user.credentials, "db": server.db}
    response = client.post(URL, **CARRIERS[carrier](values))
    assert response.status_code == 200, response.text


def test_wrong_database_is_an_error_that_names_none(client, server, user):
    response = client.post(URL, json={**user.credentials, "db": "another"})
    assert_error(response, 400, "db")
    description = response.json()["description"]
    assert "another" not in description
    assert server.db not in description.replace(":", " ").split()


def test_name(client, user):
    name = "Nightly <b>export</b> ☃"
    token = client.issue(user, name=name)
    assert client.me(token).json()["token"]["name"] == name


def test_name_may_be_left_out(client, token):
    assert client.me(token).json()["token"]["name"]


def test_expires_in_a_week(client, user, set_parameter, now):
    set_parameter("lifetime_days")
    response = client.post(URL, json=user.credentials)
    assert response.json()["expires_at"].endswith("Z")
    assert abs(lifetime(response) - now - timedelta(days=7)) < A_MINUTE


def test_default_lifetime_is_a_parameter(client, user, set_parameter, now):
    set_parameter("lifetime_days", "2")
    response = client.post(URL, json=user.credentials)
    assert abs(lifetime(response) - now - timedelta(days=2)) < A_MINUTE


@pytest.mark.parametrize("carrier", [*BODIES, "query"])
def test_lifetime_as_text(client, user, now, carrier):
    values = {**user.credentials, "lifetime_days": "3"}
    response = client.get(URL, **CARRIERS[carrier](values))
    assert abs(lifetime(response) - now - timedelta(days=3)) < A_MINUTE


def test_lifetime_as_number(client, user, now):
    response = client.post(URL, json={**user.credentials, "lifetime_days": 3})
    assert abs(lifetime(response) - now - timedelta(days=3)) < A_MINUTE


def test_longest_lifetime(client, user, set_parameter, now):
    set_parameter("max_lifetime_days", "20")
    response = client.post(URL, json={**user.credentials, "lifetime_days": 20})
    assert abs(lifetime(response) - now - timedelta(days=20)) < A_MINUTE
    response = client.post(URL, json={**user.credentials, "lifetime_days": 21})
    assert_error(response, 400, "lifetime_days", "20")


@pytest.mark.parametrize(
    "days", [0, -1, 366, 10**30, 1.5, "0", "366", "<b>", "", "1.5", True, None, [1]]
)
def test_wrong_lifetime(client, user, set_parameter, days):
    set_parameter("max_lifetime_days")
    response = client.post(URL, json={**user.credentials, "lifetime_days": days})
    assert_error(response, 400, "lifetime_days")


@pytest.mark.parametrize("days", ["0", "-1", "366", "<b>", "", "1.5", "9" * 5000])
def test_wrong_lifetime_in_form(client, user, set_parameter, days):
    set_parameter("max_lifetime_days")
    response = client.get(URL, data={**user.credentials, "lifetime_days": days})
    assert_error(response, 400, "lifetime_days")
