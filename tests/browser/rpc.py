import time
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

import requests


class User(NamedTuple):
    id: int
    name: str
    login: str
    password: str


class Rpc:
    """Session of a user, as the web client has one."""

    def __init__(self, server, login, password):
        self.url = server.url
        self.password = password
        self.http = requests.Session()
        credentials = {"db": server.db, "login": login, "password": password}
        self._post("/web/session/authenticate", credentials)

    def __call__(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post("/web/dataset/call_kw", params)

    def _post(self, path, params):
        answer = self.http.post(
            self.url + path, json={"jsonrpc": "2.0", "params": params}, timeout=60
        ).json()
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def create_user(self, **values):
        context = {"no_reset_password": True}
        return self("res.users", "create", values, context=context)

    def issue_briefly(self, name, seconds):
        """Issue a token by the wizard: the API issues none for less than a day."""
        wizard, check = "rest.token.issue", "res.users.identitycheck"
        wizard_id = self(wizard, "create", {"name": name})
        check_id = self(wizard, "action_issue", [wizard_id])["res_id"]
        password = {"password": self.password}
        self(check, "write", [check_id], password)
        expiry = datetime.now(timezone.utc) + timedelta(seconds=seconds)
        self(wizard, "write", [wizard_id], {"expires_at": f"{expiry:%F %T}"})
        # From Odoo 19.0, it is in the context.
        action = self(check, "run_check", [check_id], context=password)
        return action["context"]["default_secret"]


def issue(server, user, name, **values):
    """Issue a token by the API."""
    credentials = {"db": server.db, "login": user.login, "password": user.password}
    response = requests.post(
        f"{server.url}/api/auth/token",
        json={**credentials, "name": name, **values},
        timeout=60,
    )
    assert response.status_code == 200, response.text
    return response.json()["access_token"]


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.2)
