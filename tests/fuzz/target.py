"""The server that is fuzzed: one of its own, on a database of its own."""

import re
import secrets
from contextlib import contextmanager
from typing import NamedTuple

import requests
from blackbox.clients import Backend
from blackbox.resources import Exposing
from servers import ADDONS, LOGS, database, serving

from .verdict import get_bad_records

NAME = "rest_fuzz"
LOG = LOGS / f"{NAME}.log"
WORKERS = 4
# Workers that have answered many requests are replaced, otherwise.
OPTIONS = ("--workers", str(WORKERS), "--limit-request", str(10**9))
WORKER_RE = re.compile(r"Worker WorkerHTTP \((\d+)\) (alive|exiting|unregistered)")


class Target(NamedTuple):
    url: str
    db: str
    login: str = "admin"
    password: str = "admin"

    def issue(self):
        """Issue a token to the user who is fuzzed.

        :rtype: str
        """
        credentials = {"login": self.login, "password": self.password}
        answer = requests.post(
            f"{self.url}/api/auth/token", json=credentials, timeout=60
        )
        return answer.json()["access_token"]

    def is_good(self, token):
        headers = {"access-token": token}
        answer = requests.get(f"{self.url}/api/auth/me", headers=headers, timeout=60)
        return answer.status_code == 200

    def get_bad_records(self):
        """Return what the log says of errors, and of workers that were lost.

        :rtype: list of str
        """
        log = LOG.read_text(errors="replace")
        lost = [
            match.group() for match in WORKER_RE.finditer(log) if match[2] != "alive"
        ]
        return get_bad_records(log) + lost


@contextmanager
def target(*options):
    """Serve what is fuzzed, and return it.

    :param options: of Odoo's command line; several workers if not given
    :rtype: Target
    """
    with database(NAME, f"{ADDONS},rest_token_test"):
        filters = ("-d", NAME, "--db-filter", f"^{NAME}$")
        with serving(NAME, *filters, *(options or OPTIONS)) as url:
            yield _prepare(Target(url, NAME))


def _prepare(server):
    """Make a user who may do a lot, and a resource."""
    admin = Backend(server, server.login, server.password)
    admin.lift_limits()
    groups = ("base.group_user", "base.group_partner_manager")
    password = secrets.token_hex(8)
    values = {"name": "Fuzz", "login": "fuzz", "password": password}
    values[admin.groups_field] = [(6, 0, [admin.ref(group) for group in groups])]
    admin("res.users", "create", values)
    expose = Exposing(admin)
    names = [(name, "write") for name in ("name", "color", "parent_id", "active")]
    every = {f"allow_{name}": True for name in ("create", "update", "delete")}
    expose("fuzz", "res.partner.category", *names, **every)
    return server._replace(login="fuzz", password=password)
