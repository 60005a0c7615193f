"""How records of Odoo's apps are found and read, users of few rights among them."""

import secrets
import time

import pytest
from blackbox.clients import Backend, RpcError, User, assert_error, list_parameters
from blackbox.records import Resource, done


@pytest.fixture(scope="module")
def employee(admin):
    """An internal user without any rights of an app."""
    login, password = f"employee-{secrets.token_hex(4)}", secrets.token_hex(8)
    group = admin.ref("base.group_user")
    values = {"name": login, "login": login, "password": password}
    values[admin.groups_field] = [(6, 0, [group])]
    context = {"no_reset_password": True}
    uid = admin("res.users", "create", values, context=context)
    partner = admin("res.users", "read", [uid], ["partner_id"])[0]["partner_id"][0]
    yield User(uid, partner, login, password)
    admin("res.users", "write", [uid], {"active": False})


@pytest.fixture
def as_employee(client, employee):
    """Calls a resource with a token of the employee."""

    def call(resource):
        return Resource(client, resource.path, client.issue(employee))

    return call


@pytest.fixture
def rpc_lets_read(server, employee):
    """Tells whether Odoo's RPC has the employee read all that it finds of a model."""

    def ask(model):
        rpc = Backend(server, employee.login, employee.password)
        try:
            rpc(model, "search_read", [], ["create_date"])
        except RpcError as error:
            assert error.name == "AccessError", error.text
            return False
        return True

    return ask


def ids_of(pages):
    return [record["id"] for page in pages for record in page["data"]]


@pytest.mark.parametrize("order", ["id", "id desc", "name", "name desc, id"])
@pytest.mark.parametrize("limit", [1, 3, 7, 500])
def test_pages_of_employees_for_who_has_no_right_to_them(
    admin, expose, as_employee, order, limit
):
    employees = as_employee(expose("hr.employee", "name", "work_email"))
    expected = admin("hr.employee", "search", [], order=order)
    pages = list(employees.pages(order=order, limit=limit, total="true"))
    assert ids_of(pages) == expected
    assert {page["total"] for page in pages} == {len(expected)}


@pytest.mark.parametrize("model", ["mail.message", "ir.attachment", "hr.leave.type"])
def test_pages_of_models_that_search_by_themselves(
    expose, as_employee, rpc_lets_read, model
):
    records = as_employee(expose(model, "create_date"))
    if not rpc_lets_read(model):
        # Up to 16.0 Odoo finds files of others for users who may not read them.
        assert_error(records.request("GET", params={"limit": 500}), 403)
        return
    expected = ids_of(records.pages(limit=500))
    assert len(expected) == records.search(limit=1, total="true")["total"]
    for order in ("id desc", "create_date desc, id desc"):
        found = ids_of(records.pages(order=order, limit=13))
        assert sorted(found) == expected


@pytest.mark.parametrize("order", ["invoice_date desc", "quantity", "quantity desc"])
def test_pages_of_a_report(expose, order):
    report = expose("account.invoice.report", "invoice_date", "quantity")
    name, _space, direction = order.partition(" ")
    pages = list(report.pages(order=order, limit=2))
    expected = ids_of(report.pages(limit=500))
    assert sorted(ids_of(pages)) == expected
    values = [record[name] for page in pages for record in page["data"]]
    values = [value for value in values if value is not None]
    assert values == sorted(values, reverse=bool(direction))


@pytest.mark.parametrize(
    "name", ["message_partner_ids", "message_is_follower", "activity_user_id"]
)
def test_filters_by_what_methods_search(admin, expose, name):
    leads = expose("crm.lead", name)
    lead, other = admin("crm.lead", "search", [], limit=2)
    follower = admin("res.partner", "search", [], limit=1)[0]
    admin("crm.lead", "message_subscribe", [lead], [follower])
    document = done(leads.client.get("/api/openapi.json", leads.token))
    offered = [
        each["name"]
        for each in list_parameters(document, "get", leads.path)
        if each["name"].split("__")[0] == name
    ]
    assert name in offered
    for filter_ in offered:
        is_switch = name.endswith("follower") or filter_.endswith("__empty")
        leads.search(**{filter_: "true" if is_switch else follower})
    if name == "message_partner_ids":
        found = ids_of(leads.pages(message_partner_ids__not_in=follower, limit=500))
        assert lead not in found and other in found


def test_filters_by_values_of_a_company(expose):
    products = expose("product.product", "standard_price")
    all_of = {
        record["id"]: record["standard_price"]
        for page in products.pages(limit=500)
        for record in page["data"]
    }
    value = max(all_of.values())
    for operator, holds in {
        "eq": lambda each: each == value,
        "ne": lambda each: each != value,
        "in": lambda each: each == value,
        "not_in": lambda each: each != value,
        "lt": lambda each: each < value,
        "lte": lambda each: each <= value,
        "gt": lambda each: each > value,
        "gte": lambda each: each >= value,
    }.items():
        filters = {f"standard_price__{operator}": value, "limit": 500}
        expected = [record for record, price in all_of.items() if holds(price)]
        assert ids_of(products.pages(**filters)) == expected, operator


def test_tree_that_leads_to_itself(admin, expose):
    partners = expose("res.partner", "commercial_partner_id")
    company = admin("res.partner", "search", [("child_ids", "!=", False)], limit=1)[0]
    found = ids_of(partners.pages(commercial_partner_id__child_of=company, limit=500))
    assert company in found


def test_tag_of_a_document_whose_dates_are_those_of_the_clock(admin, expose):
    orders = expose(
        "sale.order", "expected_date", ("client_order_ref", "write"), "order_line"
    )
    domain = [("state", "=", "draft"), ("order_line", "!=", False)]
    order = admin("sale.order", "search", domain, limit=1)[0]
    etag = orders.etag(order)
    time.sleep(1.1)
    assert orders.etag(order) == etag
    headers = {"If-Match": etag}
    values = {"client_order_ref": secrets.token_hex(4)}
    done(orders.request("PATCH", order, json=values, headers=headers))
    assert (
        orders.request("PATCH", order, json=values, headers=headers).status_code == 412
    )


def test_document_has_what_its_user_may_call(client, expose, as_employee):
    employees = as_employee(expose("hr.employee", "name"))
    accounts = as_employee(expose("account.move", "name"))
    paths = done(client.get("/api/openapi.json", employees.token))["paths"]
    assert employees.path in paths
    assert accounts.path not in paths


def test_private_events_of_others_are_found_by_what_is_shown(
    admin, expose, as_employee
):
    name = f"secret {secrets.token_hex(4)}"
    values = {
        "name": name,
        "start": "2026-03-02 10:00:00",
        "stop": "2026-03-02 11:00:00",
        "privacy": "private",
        "location": name,
    }
    event = admin("calendar.event", "create", values)
    names = ("name", "location", "start", "privacy")
    events = as_employee(expose("calendar.event", *names))
    try:
        shown = events.read(event)
        assert name not in (shown["name"], shown["location"])
        for key in ("name", "name__ilike", "location", "location__in"):
            assert events.search(**{key: name})["data"] == [], key
        for key in ("start", "start__gte"):
            assert event in ids_of([events.search(**{key: shown["start"]})]), key
        every_id = ids_of(events.pages(order="id", limit=500))
        for order in ("name", "location desc", "start desc"):
            pages = list(events.pages(order=order, limit=7))
            assert sorted(ids_of(pages)) == every_id
            assert not any(name in str(page) for page in pages)
        names = [e["name"].casefold() for e in events.search(order="name")["data"]]
        assert names == sorted(names)
    finally:
        admin("calendar.event", "unlink", [event])
