"""Versions of a record: nobody overwrites what they have not seen."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from .clients import Client, assert_error
from .records import Resource, done


@pytest.fixture
def ada(partners, origin):
    return partners.create({"name": "Ada", "city": "Porto", "ref": origin})["id"]


def test_version_that_the_client_has_is_not_sent_again(partners, ada):
    etag = partners.etag(ada)
    response = partners.request("GET", ada, headers={"If-None-Match": etag})
    assert (response.status_code, response.text) == (304, "")
    assert response.headers["ETag"] == etag
    partners.update(ada, city="Lisboa")
    changed = partners.read(ada, headers={"If-None-Match": etag})
    assert changed["city"] == "Lisboa"


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_record_that_has_changed_is_left_alone(partners, admin, ada, method):
    etag = partners.etag(ada)
    admin("res.partner", "write", [ada], {"city": "Faro"})
    json = None if method == "DELETE" else {"city": "Lisboa"}
    response = partners.request(method, ada, json=json, headers={"If-Match": etag})
    assert_error(response, 412)
    assert partners.read(ada)["city"] == "Faro"


def test_change_tells_the_version_for_the_next_one(partners, ada):
    etag = partners.etag(ada)
    for city in ("Lisboa", "Faro"):
        headers = {"If-Match": etag}
        response = partners.request("PATCH", ada, json={"city": city}, headers=headers)
        assert done(response)["city"] == city
        etag = response.headers["ETag"]
    assert partners.etag(ada) == etag


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_one_of_many_changes_at_once_wins(server, partners, ada, method):
    headers = {"If-Match": partners.etag(ada)}

    def change(city):
        with Client(server.url) as client:
            mine = Resource(client, partners.path, partners.token)
            return mine.request(method, ada, json={"city": city}, headers=headers)

    cities = [f"City {number}" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        responses = dict(zip(cities, pool.map(change, cities)))
    won = [city for city, response in responses.items() if response.status_code == 200]
    assert len(won) == 1
    for city in set(cities).difference(won):
        assert_error(responses[city], 412)
    assert partners.read(ada)["city"] == won[0]


def test_changes_at_once_without_a_version_are_all_made(server, partners, ada):
    fields = ("city", "street", "street2", "zip", "phone", "comment")

    def change(field):
        with Client(server.url) as client:
            mine = Resource(client, partners.path, partners.token)
            return mine.request("PATCH", ada, json={field: "x"})

    with ThreadPoolExecutor(6) as pool:
        for response in pool.map(change, fields):
            done(response)
    partner = partners.read(ada)
    assert all("x" in (partner[field] or "") for field in fields)
