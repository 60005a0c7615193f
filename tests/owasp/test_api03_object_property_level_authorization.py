"""API3:2023 Broken object property level authorization."""

import pytest
from blackbox.clients import list_parameters

from .attackers import assert_refused

# What a link to choose a password is made of, for administrators alone
PRIVATE = ("signup_token", "signup_type", "signup_expiration")


@pytest.fixture(scope="module")
def private(admin):
    """Those that the series has."""
    known = admin("res.partner", "fields_get", list(PRIVATE), ["type"])
    assert known
    return sorted(known)


@pytest.fixture(scope="module")
def partners(expose, everything, private):
    written = [(name, "write") for name in ("name", *private)]
    return expose("res.partner", *written, **everything)


@pytest.fixture(scope="module")
def manager(recruit):
    """A user who may write partners."""
    return recruit("base.group_user", "base.group_partner_manager")


def test_read_fields_of_a_group(recruit, manager, partners, private, customer):
    path = f"{partners}/{customer}"
    administrator = recruit("base.group_user", "base.group_erp_manager")
    assert administrator.get(path).json().keys() >= set(private)
    assert manager.get(path).json().keys() == {"id", "name"}


def test_ask_for_a_field_of_a_group(manager, partners, private, customer):
    for name in private:
        params = {"fields": name}
        assert_refused(manager.get(f"{partners}/{customer}", params=params), 400)
        assert_refused(manager.get(partners, params=params), 400)


def test_guess_a_field_of_a_group_by_filters(manager, partners, private):
    for name in private:
        for params in (
            {name: "x"},
            {f"{name}__like": "x%"},
            {f"{name}__empty": "false"},
            {"order": name},
            {"domain": f'[["{name}", "!=", false]]'},
            {"domain": f'[["parent_id.{name}", "!=", false]]'},
        ):
            assert_refused(manager.get(partners, params=params), 400)


def test_see_fields_of_a_group_in_the_document(manager, partners, private):
    document = manager.get("/api/openapi.json").json()
    names = {
        each["name"].split("__")[0]
        for each in list_parameters(document, "get", partners)
    }
    assert "name" in names
    assert not names.intersection(private)


def test_set_a_field_of_a_group(manager, admin, partners, private, customer):
    before = admin("res.partner", "read", [customer], private)
    for name in private:
        body = {name: "2099-01-01T00:00:00Z"}
        assert_refused(manager.patch(f"{partners}/{customer}", body), 400)
        assert_refused(manager.post(partners, {"name": "OWASP", **body}), 400)
    assert admin("res.partner", "read", [customer], private) == before


@pytest.fixture(scope="module")
def employees(expose, everything):
    return expose("hr.employee", "name", ("pin", "write"), **everything)


@pytest.fixture(scope="module")
def employee(admin):
    return admin("hr.employee", "create", {"name": "Employee of OWASP", "pin": "4711"})


def test_read_a_model_by_its_fields_of_a_group(clerk, employees, employee):
    assert "4711" not in clerk.get(f"{employees}/{employee}").text
    for params in (
        {"pin": "4711"},
        {"order": "pin"},
        {"domain": '[["pin", "=", "1"]]'},
    ):
        assert_refused(clerk.get(employees, params=params))


def test_write_a_field_of_a_group(clerk, admin, employees, employee):
    assert_refused(clerk.patch(f"{employees}/{employee}", {"pin": "0000"}))
    assert admin("hr.employee", "read", [employee], ["pin"])[0]["pin"] == "4711"


@pytest.mark.parametrize(
    "extra",
    [
        {"user_ids": [{"login": "x", "password": "x"}]},
        {"signup_token": "x"},
        {"credit_limit": 10**6},
        {"bank_ids": [1]},
        {"write_uid": 1},
        {"message_follower_ids": []},
        {"__proto__": {}},
        {"res.partner": {}},
    ],
    ids=lambda extra: next(iter(extra)),
)
def test_assign_what_was_not_declared(recruit, admin, extra):
    manager = recruit("base.group_user", "base.group_partner_manager")
    body = {"name": "Mass assignment of OWASP", **extra}
    assert_refused(manager.post("/api/partners", body), 400)
    domain = [("name", "=", body["name"])]
    assert admin("res.partner", "search_count", domain) == 0


def test_assign_what_is_only_read(mallory, admin, orders, own_order):
    before = admin("sale.order", "read", [own_order], ["amount_total", "user_id"])
    body = {"amount_total": {"amount": 0.01}, "user_id": 1, "id": 1, "name": "X"}
    mallory.patch(f"{orders}/{own_order}", body)
    after = admin("sale.order", "read", [own_order], ["amount_total", "user_id"])
    assert after == before


def test_read_the_password_of_a_user(expose, admin, clerk):
    users = expose("res.users", "name", "login", ("password", "write"))
    for path in (f"{users}/{admin.uid}", users):
        assert "pbkdf2" not in clerk.get(path).text
    for params in ({"password__like": "%"}, {"domain": '[["password", "!=", false]]'}):
        response = clerk.get(users, params=params)
        assert "pbkdf2" not in response.text
        assert response.status_code != 500


@pytest.mark.parametrize(
    "domain",
    [
        '[["user_id.password", "like", "%"]]',
        '[["partner_id.user_ids.login", "=", "admin"]]',
        '[["create_uid.%(groups)s", "in", [1]]]',
        '[["note", "like", "x"]]',
        '[["__class__", "=", 1]]',
    ],
)
def test_look_through_links_by_a_domain(admin, mallory, orders, domain):
    domain = domain.replace("%(groups)s", admin.groups_field)
    assert_refused(mallory.get(orders, params={"domain": domain}), 400)
