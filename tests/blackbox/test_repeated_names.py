"""Lists, as most typed clients send them: a name that is repeated."""

import pytest

from .clients import assert_error
from .records import done


@pytest.fixture
def people(partners, origin):
    items = [
        {"name": name, "city": city, "ref": origin}
        for name, city in (("Ada", "Porto"), ("Bob", "Faro"), ("Cid", "Porto"))
    ]
    return partners.create(items)["data"]


def test_what_is_read_sorted_and_expanded(partners, origin, people):
    page = partners.search(
        ref=origin, fields=["name", "city"], order=["city desc", "name desc"]
    )
    assert [each["name"] for each in page["data"]] == ["Cid", "Ada", "Bob"]
    assert all(set(each) == {"id", "name", "city"} for each in page["data"])
    options = {"fields": ["parent_id", "country_id"], "expand": ["country_id"]}
    record = partners.read(people[0]["id"], params=options)
    assert set(record) == {"id", "parent_id", "country_id"}


def test_filters_by_several_values(partners, origin, people):
    ids = [person["id"] for person in people]
    assert partners.names(id__in=ids[:2], order="name") == ["Ada", "Bob"]
    found = partners.names(ref=origin, name__not_in=["Ada", "Bob, or so"], order="name")
    assert found == ["Bob", "Cid"]
    response = partners.request(
        "DELETE", params={"id__in": ids[1:], "expected_count": 2}
    )
    assert response.status_code == 204
    assert partners.names(ref=origin) == ["Ada"]


def test_groups(partners, origin, people):
    path = f"{partners.path}/groups"
    params = {"ref": origin, "by": ["city", "is_company"], "order": ["city", "count"]}
    params["count"] = "true"
    answer = done(partners.client.request("GET", path, partners.token, params=params))
    assert [group["by"]["city"] for group in answer["data"]] == ["Faro", "Porto"]
    assert [group["count"] for group in answer["data"]] == [1, 2]


@pytest.mark.parametrize("name", ["limit", "city", "city__ilike", "cursor", "unknown"])
def test_a_name_of_one_value_is_not_repeated(partners, name):
    response = partners.request("GET", params={name: ["1", "2"]})
    assert_error(response, 400, f"'{name}' is given twice")
