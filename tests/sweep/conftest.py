import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .callers import Caller
from .exposed import expose, find_models, remove
from .report import Report

# How many models, "all" of them, a part such as "2/8", or their names; and which.
MODELS = os.environ.get("SWEEP_MODELS", "12")
SEED = int(os.environ.get("SWEEP_SEED", "1"))
LOG = Path(__file__).resolve().parents[2] / ".odoo" / "log" / "sweep.txt"

REPORT = Report()


@pytest.fixture(scope="session")
def admin(server):
    """An administrator, who may do all that Odoo lets anybody do."""
    admin = Caller(server, server.login, server.password)
    limit = "odoo_rest_token.max_active"
    admin.rpc("ir.config_parameter", "set_param", limit, "1000000")
    return admin


@pytest.fixture(scope="session")
def plain(server, admin):
    """An internal user of no further rights."""
    login, password = f"sweep-{secrets.token_hex(6)}", secrets.token_hex(8)
    module, name = "base", "group_user"
    domain = [("module", "=", module), ("name", "=", name)]
    (group,) = admin.rpc("ir.model.data", "search_read", domain, ["res_id"])
    known = admin.rpc("res.users", "fields_get", [], ["type"])
    groups = "group_ids" if "group_ids" in known else "groups_id"
    values = {"name": login, "login": login, "password": password}
    values[groups] = [(6, 0, [group["res_id"]])]
    context = {"no_reset_password": True}
    uid = admin.rpc("res.users", "create", values, context=context)
    yield Caller(server, login, password)
    admin.rpc("res.users", "write", [uid], {"active": False})


@pytest.fixture(scope="session")
def callers(admin, plain):
    return [admin, plain]


@pytest.fixture(scope="session")
def exposed(admin):
    """The models that are swept, as resources."""
    yield expose(admin, find_models(admin, MODELS, SEED))
    remove(admin)


@pytest.fixture(scope="session")
def report():
    return REPORT


@pytest.fixture(scope="session")
def sweep(exposed, report):
    """Runs a check of a kind on each model, and fails where one does not hold."""

    def run(kind, check):
        def check_one(model):
            before = report.tried[kind]
            try:
                check(model)
            except Exception as error:
                report.fault(kind, f"{model.model}: {error!r}")
            if report.tried[kind] > before:
                report.models[kind] += 1

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(check_one, exposed))
        faults = report.faults.get(kind, [])
        assert report.tried[kind], f"of {kind}, nothing was tried"
        assert not faults, f"{len(faults)} of {report.tried[kind]}:\n" + "\n".join(
            faults[:40]
        )

    return run


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section(f"sweep of {MODELS} models, seed {SEED}")
    for line in REPORT.get_table():
        terminalreporter.write_line(line)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    faults = [
        f"{kind}: {text}" for kind in REPORT.faults for text in REPORT.faults[kind]
    ]
    LOG.write_text("\n".join([*REPORT.get_table(), "", *faults, ""]))
    terminalreporter.write_line(f"What is wrong stands in {LOG.name}, in .odoo/log.")
