"""Partners from one end of their life to the other, as a client drives them."""

import pytest

from .clients import assert_error
from .records import done


@pytest.fixture
def ada(partners, origin):
    return partners.create({"name": "Ada", "city": "Porto", "ref": origin})


def in_backend(admin, partner, *fields):
    (row,) = admin("res.partner", "read", [partner["id"]], [*fields])
    return tuple(row[name] for name in fields)


def test_created_partner_is_where_the_answer_says(partners, client, admin, origin):
    values = {"name": "Ada", "city": "Porto", "ref": origin}
    response = partners.request("POST", json=values)
    partner = done(response, 201)
    assert values.items() <= partner.items()
    location = response.headers["Location"].removeprefix(client.url)
    assert location == f"/api/partners/{partner['id']}"
    assert client.get(location, partners.token).json() == partner
    assert in_backend(admin, partner, "name", "city") == ("Ada", "Porto")


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_change_leaves_what_is_not_given(partners, admin, ada, method):
    response = partners.request(method, ada["id"], json={"city": "Lisboa"})
    changed = done(response)
    assert changed == {
        **ada,
        "city": "Lisboa",
        "write_date": changed["write_date"],
    }
    assert partners.read(ada["id"]) == changed
    assert in_backend(admin, ada, "name", "city") == ("Ada", "Lisboa")


def test_null_empties(partners, admin, ada):
    assert partners.update(ada["id"], city=None)["city"] is None
    assert in_backend(admin, ada, "city") == (False,)


def test_what_was_read_can_be_sent_back(partners, ada):
    done(partners.request("PUT", ada["id"], json=partners.read(ada["id"])))
    again = partners.read(ada["id"])
    assert again == {**ada, "write_date": again["write_date"]}


def test_backend_changes_what_is_read_at_once(partners, admin, ada):
    admin("res.partner", "write", [ada["id"]], {"city": "Faro"})
    assert partners.read(ada["id"])["city"] == "Faro"


def test_archived_partner_is_read_by_its_id_and_brought_back(partners, origin, ada):
    partners.update(ada["id"], active=False)
    assert partners.names(ref=origin) == []
    assert partners.names(ref=origin, active="false") == ["Ada"]
    assert partners.read(ada["id"])["active"] is False
    partners.update(ada["id"], active=True)
    assert partners.names(ref=origin) == ["Ada"]


def test_deleted_partner_is_gone(partners, committed, ada):
    response = partners.request("DELETE", ada["id"])
    assert (response.status_code, response.text) == (204, "")
    for method in ("GET", "PATCH", "PUT", "DELETE"):
        json = {"city": "Lisboa"} if method in ("PATCH", "PUT") else None
        assert_error(partners.request(method, ada["id"], json=json), 404)
    assert committed() == []


def test_partner_in_use_is_kept(partners, admin):
    company = admin.ref("base.main_partner")
    assert_error(partners.request("DELETE", company), 409, "archived")
    assert partners.read(company)["id"] == company


def test_links_are_given_by_id_and_read_with_a_name(partners, admin, origin):
    country = admin.ref("base.pt")
    company = partners.create(
        {"name": "Company", "is_company": True, "ref": origin, "country_id": country}
    )
    assert company["country_id"] == {"id": country, "name": "Portugal"}
    contact = partners.create(
        {"name": "Ada", "ref": origin, "parent_id": company["id"]}
    )
    assert contact["parent_id"] == {"id": company["id"], "name": "Company"}
    assert partners.read(company["id"])["child_ids"] == [contact["id"]]


def test_refused_change_changes_nothing(partners, ada):
    for values, code in (
        ({"city": "Lisboa", "nothing": 1}, 400),
        ({"city": "Lisboa", "country_id": 2**31 - 1}, 400),
        ({"city": "Lisboa", "parent_id": ada["id"]}, 422),
    ):
        assert_error(partners.request("PATCH", ada["id"], json=values), code)
    assert partners.read(ada["id"]) == ada


def test_list_is_created_in_its_order(partners, committed, origin):
    items = [{"name": name, "ref": origin} for name in ("Cid", "Ada", "Bob")]
    answer = partners.create(items)
    assert answer["count"] == 3
    assert [record["name"] for record in answer["data"]] == ["Cid", "Ada", "Bob"]
    assert committed() == ["Ada", "Bob", "Cid"]


@pytest.mark.parametrize(
    ("item", "code", "words"),
    [
        pytest.param({"name": None}, 400, ["1: ", "name"], id="schema"),
        pytest.param({"parent_id": 2**31 - 1}, 400, ["1: ", "parent_id"], id="link"),
        pytest.param({"parent_id": "self"}, 400, ["1: ", "parent_id"], id="type"),
    ],
)
def test_list_is_created_as_a_whole_or_not_at_all(
    partners, committed, origin, item, code, words
):
    items = [{"name": "Ada", "ref": origin}, {"name": "Bob", "ref": origin, **item}]
    assert_error(partners.request("POST", json=items), code, *words)
    assert committed() == []
