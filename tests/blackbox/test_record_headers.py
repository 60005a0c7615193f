"""The company and the language that a request asks for."""

import secrets

import pytest

from .clients import RpcError, assert_error
from .records import done


@pytest.fixture
def companies(admin, manager):
    """A company of the user's own, and one of others."""
    names = [f"Blackbox {secrets.token_hex(4)}" for _company in range(2)]
    own, foreign = (admin("res.company", "create", {"name": name}) for name in names)
    admin("res.users", "write", [manager.id], {"company_ids": [(4, own)]})
    rule = admin.ref("base.res_partner_rule")
    (before,) = admin("ir.rule", "read", [rule], ["active"])
    admin("ir.rule", "write", [rule], {"active": True})
    yield own, foreign
    admin("ir.rule", "write", [rule], {"active": before["active"]})
    admin("res.users", "write", [manager.id], {"company_ids": [(3, own)]})
    remove_companies(admin, [own, foreign])


def remove_companies(admin, ids):
    """Remove companies, or archive them where an app gave them a warehouse."""
    rows = admin("res.company", "read", ids, ["partner_id"])
    try:
        admin("res.company", "unlink", ids)
    except RpcError:
        if "active" in admin("res.company", "fields_get", ["active"], ["type"]):
            admin("res.company", "write", ids, {"active": False})
    else:
        admin("res.partner", "unlink", [row["partner_id"][0] for row in rows])


def test_company_is_chosen_by_a_header(admin, partners, companies, manager, origin):
    own, foreign = companies
    (row,) = admin("res.users", "read", [manager.id], ["company_id"])
    first = row["company_id"][0]
    for name, company in {"First": first, "Own": own, "Foreign": foreign}.items():
        values = {"name": name, "ref": origin, "company_id": company}
        admin("res.partner", "create", values)
    partners.create({"name": "Everybody's", "ref": origin})

    def names(company=None):
        headers = {"X-Company-Id": str(company)} if company else {}
        params = {"ref": origin, "order": "name"}
        answer = done(partners.request("GET", params=params, headers=headers))
        return [record["name"] for record in answer["data"]]

    assert names() == ["Everybody's", "First", "Own"]
    assert names(first) == ["Everybody's", "First"]
    assert names(own) == ["Everybody's", "Own"]
    response = partners.request("GET", headers={"X-Company-Id": str(foreign)})
    assert_error(response, 403, "X-Company-Id")


@pytest.fixture
def country(admin):
    """A country that has a name in French."""
    context = {"active_test": False}
    domain = [("code", "=", "fr_FR")]
    (french,) = admin("res.lang", "search", domain, context=context)
    (before,) = admin("res.lang", "read", [french], ["active"])
    admin("res.lang", "write", [french], {"active": True})
    country = admin("res.country", "create", {"name": "Land", "code": "QZ"})
    context = {"lang": "fr_FR"}
    admin("res.country", "write", [country], {"name": "Pays"}, context=context)
    yield country
    admin("res.country", "unlink", [country])
    admin("res.lang", "write", [french], {"active": before["active"]})


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "Pays"), ("fr-FR, en;q=0.5", "Pays"), ("en-US", "Land"), ("xx", "Land")],
)
def test_language_is_chosen_by_a_header(country, partners, origin, language, name):
    values = {"name": "Ada", "ref": origin, "country_id": country}
    partner = partners.create(values)
    headers = {"Accept-Language": language}
    assert partners.read(partner["id"], headers=headers)["country_id"]["name"] == name
