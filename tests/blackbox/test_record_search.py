"""Searches: the questions that a client asks, and pages of long answers."""

import json

import pytest

from .clients import assert_error

CITIES = {"Ada": "Porto", "Bob": "Lisboa", "Cid": "Porto", "Dom": None, "Eva": "Faro"}


@pytest.fixture
def people(partners, origin):
    """Partners whose names tell the order in which they were created."""
    items = [{"name": n, "city": city, "ref": origin} for n, city in CITIES.items()]
    return partners.create(items)["data"]


FARO_OR_ADA = '["|", ["city", "=", "Faro"], ["name", "=", "Ada"]]'
NOT_PORTO = '["!", ["city", "=", "Porto"]]'


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"city": "Porto"}, ["Ada", "Cid"]),
        ({"city__ne": "Porto"}, ["Bob", "Dom", "Eva"]),
        ({"city__ilike": "O"}, ["Ada", "Bob", "Cid", "Eva"]),
        ({"city__in": "Faro,Lisboa"}, ["Bob", "Eva"]),
        ({"city__empty": "true"}, ["Dom"]),
        ({"city": "Porto", "name__not_like": "A"}, ["Cid"]),
        ({"domain": FARO_OR_ADA}, ["Ada", "Eva"]),
        ({"domain": NOT_PORTO, "name__ne": "Eva"}, ["Bob", "Dom"]),
    ],
)
@pytest.mark.usefixtures("people")
def test_filters_and_domain(partners, origin, filters, found):
    assert partners.names(ref=origin, order="name", **filters) == found


@pytest.mark.usefixtures("people")
def test_domain_goes_as_deep_as_the_client_writes_it(partners, origin):
    not_ada = ["!", ["name", "=", "Ada"]]
    in_porto = ["&", ["city", "=", "Porto"], *not_ada]
    domain = [["ref", "=", origin], "|", *in_porto, ["city", "in", ["Faro"]]]
    assert partners.names(domain=json.dumps(domain), order="id") == ["Cid", "Eva"]


@pytest.mark.usefixtures("people")
def test_order(partners, origin):
    assert partners.names(ref=origin, order="name desc") == sorted(CITIES, reverse=True)
    by_city = partners.names(ref=origin, order="city, name desc")
    assert by_city == ["Eva", "Bob", "Cid", "Ada", "Dom"]


@pytest.mark.usefixtures("people")
def test_fields_limit_offset_and_total(partners, origin):
    answer = partners.search(
        ref=origin, fields="name", order="name", limit=2, offset=1, total="true"
    )
    assert answer["count"] == 2
    assert answer["total"] == 5
    assert [set(record) for record in answer["data"]] == [{"id", "name"}] * 2
    assert [record["name"] for record in answer["data"]] == ["Bob", "Cid"]


@pytest.mark.parametrize("order", ["id", "id desc", "name", "city desc, name", "city"])
def test_pages_have_each_record_once(partners, origin, people, order):
    whole = partners.search(ref=origin, order=order)["data"]
    pages = list(partners.pages(ref=origin, order=order, limit=2))
    assert [page["count"] for page in pages] == [2, 2, 1]
    assert sum((page["data"] for page in pages), []) == whole
    assert len(whole) == len(people)


@pytest.mark.parametrize("order", ["id", "name", "city, name"])
def test_pages_hold_while_records_come_and_go(partners, origin, people, order):
    """What is there all the time is on exactly one page."""
    found = []
    for page in partners.pages(ref=origin, order=order, limit=1):
        (record,) = page["data"]
        found.append(record["name"])
        if record["name"] in ("Ada", "Cid"):
            partners.request("DELETE", record["id"])
            partners.create({"name": "Aaa", "city": "Evora", "ref": origin})
    assert len(found) - found.count("Aaa") == len(set(found) - {"Aaa"})
    assert {person["name"] for person in people} <= set(found)


def test_pages_beyond_the_default_size(partners, origin):
    names = [f"Partner {number:03}" for number in range(170)]
    partners.create([{"name": name, "ref": origin} for name in names])
    pages = list(partners.pages(ref=origin, order="name", fields="name"))
    assert [page["count"] for page in pages] == [80, 80, 10]
    assert [r["name"] for page in pages for r in page["data"]] == names


@pytest.mark.parametrize(
    ("params", "word"),
    [
        ({"nothing": "1"}, "nothing"),
        ({"name__between": "a"}, "name__between"),
        ({"fields": "name,nothing"}, "nothing"),
        ({"order": "nothing"}, "nothing"),
        ({"domain": "[["}, "domain"),
        ({"domain": '[["nothing", "=", 1]]'}, "nothing"),
        ({"domain": '[["parent_id.user_ids.password", "!=", false]]'}, "parent_id"),
        ({"limit": "501"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"cursor": "bm90aGluZw"}, "cursor"),
    ],
)
def test_search_that_can_not_be_answered_says_why(partners, params, word):
    assert_error(partners.request("GET", params=params), 400, word)
