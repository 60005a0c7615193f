"""An attacker's suite: OWASP's API Security Top 10 of 2023, one file a risk.

It talks to a server with Odoo's business apps. At the end of the run it prints what was
tried, and what held.
"""

import secrets
from collections import defaultdict

import pytest
from blackbox.resources import Exposing
from business_server import admin, client

from .attackers import Attacker

__all__ = ["admin", "client"]

SALESMAN = ("base.group_user", "sales_team.group_sale_salesman")
OUTCOMES = defaultdict(list)  # by the risk


# ------------------------------------------------------------
# What was tried, and what held
# ------------------------------------------------------------


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if call.when == "call" or report.failed:
        risk = (item.module.__doc__ or item.module.__name__).splitlines()[0]
        name, bracket, words = item.name[5:].partition("[")
        attack = name.replace("_", " ") + (f": {words[:-1]}" if bracket else "")
        OUTCOMES[risk].append((attack, report.passed))


def pytest_terminal_summary(terminalreporter):
    write = terminalreporter.write_line
    for risk in sorted(OUTCOMES, key=lambda risk: int(risk[3:].split(":")[0])):
        outcomes = OUTCOMES[risk]
        held = sum(passed for _name, passed in outcomes)
        terminalreporter.section(f"{risk} {held} of {len(outcomes)} held", sep="-")
        for name, passed in outcomes:
            write(f"  {'held       ' if passed else 'GOT THROUGH'}  {name}")


# ------------------------------------------------------------
# Who attacks, and what is there
# ------------------------------------------------------------


@pytest.fixture(scope="session")
def recruit(server, client, admin):
    """Makes users of some groups, who are archived in the end."""
    ids = []

    def recruit(*groups):
        login, password = f"owasp-{secrets.token_hex(6)}@example.com", "owasp-password"
        values = {"name": login, "login": login, "password": password}
        values[admin.groups_field] = [(6, 0, [admin.ref(group) for group in groups])]
        context = {"no_reset_password": True}
        ids.append(admin("res.users", "create", values, context=context))
        return Attacker(server, client, ids[-1], login, password)

    yield recruit
    admin("res.users", "write", ids, {"active": False})


@pytest.fixture(scope="session")
def mallory(recruit):
    """A salesperson, who may see documents of their own alone."""
    return recruit(*SALESMAN)


@pytest.fixture(scope="session")
def alice(recruit):
    """Their colleague, of the same rights."""
    return recruit(*SALESMAN)


@pytest.fixture(scope="session")
def clerk(recruit):
    """An internal user of no further rights."""
    return recruit("base.group_user")


@pytest.fixture(scope="session")
def exposing(admin):
    expose = Exposing(admin)
    yield expose
    expose.remove()


@pytest.fixture(scope="session")
def expose(exposing):
    """Exposes a model under a path that there isn't yet."""

    def expose(model, *fields, **values):
        path = f"owasp-{secrets.token_hex(4)}"
        exposing(path, model, *fields, **values)
        return f"/api/{path}"

    return expose


@pytest.fixture(scope="session")
def everything():
    """All operations that a resource can allow."""
    return {"allow_create": True, "allow_update": True, "allow_delete": True}


@pytest.fixture(scope="session")
def orders(expose, everything):
    """Orders, with all operations."""
    names = ("name", "user_id", "amount_total", "order_line", "create_uid")
    written = [("partner_id", "required"), ("client_order_ref", "write")]
    return expose("sale.order", *names, *written, **everything)


@pytest.fixture(scope="session")
def lines(expose, everything):
    """Lines of orders, with all operations."""
    written = [("order_id", "required"), ("product_id", "required"), ("name", "write")]
    return expose("sale.order.line", "price_total", *written, **everything)


@pytest.fixture(scope="session")
def customer(admin):
    customer_id = admin("res.partner", "create", {"name": "Customer of OWASP"})
    yield customer_id
    admin("res.partner", "write", [customer_id], {"active": False})


@pytest.fixture(scope="session")
def make_order(admin, customer):
    """Makes an order of a salesperson."""
    (product,) = admin("product.product", "search", [("sale_ok", "=", True)], limit=1)

    def make(user):
        line = {"product_id": product, "name": "Line", "product_uom_qty": 1}
        values = {
            "partner_id": customer,
            "user_id": user.id,
            "client_order_ref": "private",
            "order_line": [(0, 0, line)],
        }
        return admin("sale.order", "create", values)

    return make


@pytest.fixture(scope="session")
def her_order(make_order, alice):
    return make_order(alice)


@pytest.fixture(scope="session")
def own_order(make_order, mallory):
    return make_order(mallory)
