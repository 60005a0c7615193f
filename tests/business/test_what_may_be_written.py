"""Fields of documents that people may write in some states, or in none."""

import secrets

import pytest
from blackbox.clients import assert_error


@pytest.fixture
def partner(admin):
    return admin("res.partner", "search", [("is_company", "=", True)], limit=1)[0]


def test_fields_that_a_form_lets_people_write_in_some_state_are(service, partner):
    orders = service("test-listed-orders")
    order = orders.create({"partner_id": partner, "client_order_ref": "z"})
    assert order["partner_id"]["id"] == partner
    assert orders.update(order["id"], date_order="2026-01-31T12:00:00Z")


def test_kind_of_an_invoice_is_not_lost(service, partner):
    invoices = service("test-listed-invoices")
    body = {"move_type": "out_invoice", "partner_id": partner}
    response = invoices.request("POST", json=body)
    if response.status_code == 201:  # from 19.0 Odoo's form lets people choose
        kind = response.json()["move_type"]
        assert kind == "out_invoice"
    else:
        assert_error(response, 400, "move_type: can't be written")
    entry = invoices.create({"move_type": "entry", "partner_id": partner})
    assert (entry["move_type"], entry["partner_id"]["id"]) == ("entry", partner)


@pytest.mark.parametrize(
    "name", ["test-listed-orders", "test-listed-invoices", "test-listed-leaves"]
)
def test_states_are_not_written(service, name):
    documents = service(name)
    document = documents.search(limit=1)["data"][0]
    other = "cancel" if document["state"] != "cancel" else "draft"
    response = documents.request("PATCH", document["id"], json={"state": other})
    assert_error(response, 400, "state: can't be written")


def test_accounts_of_another_partner_stay(admin, expose, partner):
    # From 19.0 it is archived where it is deleted.
    number = secrets.token_hex(8)
    values = {"acc_number": number, "partner_id": partner}
    account = admin("res.partner.bank", "create", values)
    thief = admin("res.partner", "create", {"name": "Thief"})
    partners = expose("res.partner", ("name", "write"), ("bank_ids", "write"))
    try:
        for method, record_id in (("POST", None), ("PATCH", thief)):
            body = {"name": "Thief", "bank_ids": [account]}
            response = partners.request(method, record_id, json=body)
            assert_error(response, 422, f"bank_ids: {account} belongs")
        response = partners.request("PATCH", partner, json={"bank_ids": []})
        assert_error(response, 422, f"bank_ids: {account} would be deleted")
        row = admin("res.partner.bank", "read", [account], ["partner_id"])[0]
        assert row["partner_id"][0] == partner
    finally:
        admin("res.partner.bank", "unlink", [account])
        admin("res.partner", "unlink", [thief])


def test_records_outside_of_the_filter_stay(admin, expose):
    ids = admin(
        "res.partner",
        "create",
        [
            {"name": "Company", "is_company": True},
            {"name": "Branch", "is_company": True},
            {"name": "Person"},
        ],
    )
    company, branch, person = ids
    admin("res.partner", "write", [person], {"parent_id": company})
    fields = [("name", "write"), ("child_ids", "write"), ("parent_id", "write")]
    companies = expose("res.partner", *fields, domain="[('is_company', '=', True)]")
    try:
        for record_id, body in [
            (company, {"child_ids": []}),
            (branch, {"child_ids": [person]}),
            (branch, {"parent_id": person}),
        ]:
            response = companies.request("PATCH", record_id, json=body)
            assert_error(response, 400, f"{next(iter(body))}: ", str(person))
        row = admin("res.partner", "read", [person], ["parent_id"])[0]
        assert row["parent_id"][0] == company
        answer = companies.update(company, child_ids=[branch, person])
        assert sorted(answer["child_ids"]) == sorted([branch, person])
    finally:
        admin("res.partner", "unlink", [person])
        admin("res.partner", "unlink", [branch])
        admin("res.partner", "unlink", [company])


def test_what_is_missing_is_named(admin, expose):
    languages = expose("res.lang", ("name", "write"), ("code", "write"))
    response = languages.request("POST", json={"name": "Tlhingan"})
    assert_error(response, 422, "code: required")
    assert not admin("res.lang", "search", [("name", "=", "Tlhingan")])


def test_all_that_is_missing_is_named_at_once(admin, expose):
    currencies = expose("res.currency", ("position", "write"))
    response = currencies.request("POST", json={"position": "before"})
    assert_error(response, 422, "name: required; symbol: required")
