"""Odoo with OCA's addons on base_rest, and their own tests."""

import ast
import re
from pathlib import Path
from subprocess import run
from typing import NamedTuple

from servers import INSIDE, ODOO, OWN, free_port, odoo

PROGRAM = f"{INSIDE}/tests/neighbours/odoo"
WHEELS = OWN / "root" / "srv" / "neighbours"
ADDONS_PATH = ",".join(
    (
        "/usr/lib/python3/dist-packages/odoo/addons",
        "/srv/neighbours/odoo/addons",
        f"{INSIDE}",
        f"{INSIDE}/tests/neighbours/addons",
    )
)
TEST_ADDON = "rest_neighbours_test"
SERVICES_ADDON = "rest_neighbours_services"
ALONE = "base,web,base_rest"  # server-wide
BESIDE_OURS = f"{ALONE},odoo_rest_token_api"
FAILED = re.compile(r": (?:FAIL|ERROR): (.+)")
COUNT = re.compile(r" of (\d+) tests when loading")


class Outcome(NamedTuple):
    """What became of the tests of one addon."""

    total: int
    failed: frozenset  # names of tests


def get_neighbours():
    """Return the names of the addons whose tests are run.

    :rtype: list of str
    """
    manifest = Path(__file__).parent / "addons" / TEST_ADDON / "__manifest__.py"
    return ast.literal_eval(manifest.read_text())["depends"]


def start_odoo(database, server_wide, *options):
    """Run Odoo until it is done.

    :param str database: its name
    :param str server_wide: addons with commas between them
    :param options: more of its command line
    :return: what it logged
    :rtype: str
    """
    program = [PROGRAM, "--stop-after-init"]
    place = ["-d", database, "--db-filter", f"^{database}$"]
    addons = ["--addons-path", ADDONS_PATH, "--load", server_wide]
    port = ["--http-port", str(free_port())]
    done = run(
        [ODOO, "run", *program, *place, *addons, *port, *options],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def install(database, server_wide, addons):
    """Install addons.

    :raise AssertionError: they are not installed; says what Odoo logged
    """
    log = start_odoo(database, server_wide, "-i", addons)
    query = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    installed = odoo("run", "psql", "-qAtX", database, "-c", query)
    assert set(addons.split(",")) <= set(installed.split()), log


def run_tests(database, server_wide, addon):
    """Run the tests of an addon, once all addons are loaded.

    :rtype: Outcome
    """
    log = start_odoo(
        *(database, server_wide, "-u", TEST_ADDON),
        *("--test-enable", "--test-tags", addon),
    )
    count = COUNT.search(log)
    assert count, log
    return Outcome(int(count.group(1)), frozenset(FAILED.findall(log)))
