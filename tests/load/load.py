"""Clients that go on whatever happens, and what has to be true afterwards."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from subprocess import check_output
from threading import Event

from fuzz.verdict import get_fault_of_error
from servers import ODOO

from .clients import call, issue

CLIENTS = 8
PATIENCE = 60  # seconds until a server has to be as it was


class Load:
    """Clients that issue tokens, use and revoke them, one after the other.

    :param server: that is asked
    :param user: whose tokens they are
    """

    def __init__(self, server, user):
        self.url = server.url
        self.user = user
        self.answers = []
        self.issued = {}  # tokens, and the status of their revocation, if it was tried
        self.ended = Event()

    def run(self):
        while not self.ended.is_set():
            self.round()

    def round(self):
        """Issue a token, use it, create a record, and revoke the token."""
        answer = self.note(issue(self.url, self.user))
        if answer.status != 200:
            return False
        token = answer.json()["access_token"]
        self.issued[token] = None
        used = self.call("GET", "/api/auth/me", token).status
        created = self.call("POST", "/api/partners", token, {"name": "Load"}).status
        self.issued[token] = self.call("DELETE", "/api/auth/token", token).status
        return (used, created, self.issued[token]) == (200, 201, 200)

    def call(self, method, path, token, body=b""):
        return self.note(call(self.url, method, path, token, body))

    def note(self, answer):
        self.answers.append(answer)
        return answer

    def wait_for(self, count):
        """Wait until that many more requests have been answered."""
        enough = len(self.answers) + count
        deadline = time.monotonic() + PATIENCE
        while len(self.answers) < enough:
            assert time.monotonic() < deadline, Counter(a.status for a in self.answers)
            time.sleep(0.05)


@contextmanager
def load(server, user):
    """Put a server under load."""
    running = Load(server, user)
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(running.run) for _number in range(CLIENTS)]
        try:
            running.wait_for(4 * CLIENTS)
            yield running
        finally:
            running.ended.set()
        for client in clients:
            client.result()


def sql(database, statement, user="odoo"):
    command = [ODOO, "run", "-u", user, "psql", "-qAtX", "-v", "ON_ERROR_STOP=1"]
    return check_output([*command, database, "-c", statement], text=True).strip()


def assert_as_before(load):
    """The server works again, and its tokens are what their clients were told."""
    deadline = time.monotonic() + PATIENCE
    while not all([load.round() for _number in range(CLIENTS)]):
        assert time.monotonic() < deadline, load.answers[-1]
    for token, revoked in load.issued.items():
        status = call(load.url, "GET", "/api/auth/me", token).status
        assert status == 401 if revoked == 200 else status in (200, 401)


def assert_whole(database):
    """No token is without a secret, but for those of the demo data."""
    query = """
        SELECT count(*) FROM rest_token
        WHERE secret_hash IS NULL AND id NOT IN (
            SELECT res_id FROM ir_model_data WHERE model = 'rest.token'
        )
    """
    assert sql(database, query) == "0"


def assert_in_order(answers, may_be_lost=False):
    """All that failed did so in JSON, and only with what the server could not do."""
    for answer in answers:
        if answer.status == 0:
            assert may_be_lost
        elif answer.status >= 400:
            assert answer.status == 503 or answer.status < 500, answer
            assert get_fault_of_error(answer) in (None, "status 503"), answer


def failures(load):
    return [answer for answer in load.answers if answer.status == 503]


def disconnect(database):
    sql(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{database}'",  # nosec B608 # the test's own
    )
