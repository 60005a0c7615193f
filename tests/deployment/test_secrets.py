"""What a server leaves behind that logs all it can: no secret, in its log or database.

Each route is called well and badly, by a user whose passwords and tokens are looked for
afterwards.
"""

import secrets
from base64 import b64encode
from hashlib import sha256
from types import SimpleNamespace
from xmlrpc.client import Fault

import pytest
from blackbox.clients import (
    Backend,
    Client,
    Program,
    RpcError,
    WebClient,
    assert_error,
)
from servers import ADDONS, database, odoo, read_log, serving

DATABASE = "rest_secrets"
NAME = "rest_secrets"
LEVELS = ["debug", "debug_rpc_answer", "debug_sql"]
TOKEN_PATHS = ["/api/auth/token", "/rest/sky/token"]


class Visit:
    """All that a user may do, and much that they may not.

    ``passwords`` and ``tokens`` are the secrets that took part; ``errors`` are the
    texts of the answers that refused something, and ``read`` is what was exported.
    """

    def __init__(self, server):
        self.server = server
        self.passwords = []
        self.tokens = []
        self.errors = []
        self.read = []
        self.client = Client(server.url)
        self.client.hooks["response"] = [self._keep_error]
        self.admin = Backend(server, "admin", "admin")
        self.login = f"visitor-{secrets.token_hex(6)}"
        self.user_id = self.admin(
            "res.users",
            "create",
            {"name": self.login, "login": self.login, "password": self._password()},
            context={"no_reset_password": True},
        )

    def _keep_error(self, response, **_options):
        if response.status_code >= 400:
            self.errors.append(response.text)

    def _password(self):
        self.passwords.append(f"pass{secrets.token_hex(12)}")
        return self.passwords[-1]

    @property
    def credentials(self):
        return {"login": self.login, "password": self.passwords[0]}

    def _issue(self, method="POST", path=TOKEN_PATHS[0], **request):
        response = self.client.request(method, path, **request)
        assert response.status_code == 200, response.text
        self.tokens.append(response.json()["access_token"])
        return self.tokens[-1]

    def issue(self):
        basic = b64encode(":".join(self.credentials.values()).encode()).decode()
        for path in TOKEN_PATHS:
            for method in ("GET", "POST"):
                self._issue(method, path, json=self.credentials)
                self._issue(method, path, data=self.credentials)
                self._issue(method, path, params=self.credentials)
                self._issue(method, path, headers={"Authorization": f"Basic {basic}"})

    def fail_to_issue(self):
        password = self.passwords[0]
        as_json = {"Content-Type": "application/json"}
        for path in TOKEN_PATHS:
            for credentials in (
                {"login": self.login, "password": self._password()},
                {**self.credentials, "lifetime_days": 0},
                {**self.credentials, "scope": "nothing:read"},
                {**self.credentials, "db": "another"},
                {**self.credentials, "login": f"{self.login}\n"},
                {"login": self.login, "password": {"a": password}},
                {"password": password},
            ):
                assert not self.client.post(path, json=credentials).ok
                assert not self.client.get(path, params=credentials).ok
            for body in (
                f'{{"login": "{self.login}", "password": "{password}"',
                f'{{"password": "{password}", "password": "{password}"}}',
                f'{{"login": "{self.login}", "password": "{password}\\u0000"}}',
            ):
                response = self.client.post(path, data=body, headers=as_json)
                assert_error(response, 400)
            assert self.client.request("HEAD", path, json=self.credentials).status_code
            assert not self.client.request("PUT", path, json=self.credentials).ok
            assert self._issue(path=path, json=self.credentials)  # no cooldown yet

    def use(self):
        token = self._issue(json=self.credentials)
        call = self.client.request
        document = self.client.get("/api/openapi.json", token).json()
        for path in document["paths"]:
            if not path.endswith(("/token", "/rotate")):
                for method in ("GET", "POST", "PATCH", "PUT", "HEAD", "OPTIONS"):
                    path = path.replace("{id}", "999999").replace("{token_id}", "9")
                    call(method, "/api" + path.replace("/api", ""), token)
        values = {"name": "Secrets", "Idempotency-Key": "once"}
        for number in range(2):
            call("POST", "/api/partners", token, json=values)
            headers = {"Idempotency-Key": "once"}
            body = {"name": f"Secrets {number}"}
            call("POST", "/api/partners", token, json=body, headers=headers)
        for carrier in ("params", "cookies", "data", "json"):
            call("GET", "/api/auth/me", **{carrier: {"access_token": token}})
        call("GET", f"/api/auth/{token}", token)
        call("GET", f"/api/partners?name={token}", token)
        call("GET", "/api/auth/me", token.upper())
        headers = {"Authorization": f"Bearer {token}"}
        assert call("GET", "/api/auth/me", headers=headers).ok
        limited = self._issue(json={**self.credentials, "scope": "partners:read"})
        assert call("GET", "/api/auth/tokens", limited).status_code == 403

    def log_in(self):
        token = self._issue(json=self.credentials)
        programs = Program(self.server, self.login, token)
        programs("rest.token", "search_read", [])
        with pytest.raises(Fault):
            programs("rest.token", "unlink", programs("rest.token", "search", []))
        service = {"service": "common", "method": "login"}
        service["args"] = [self.server.db, self.login, token]
        self.client.post("/jsonrpc", json={"jsonrpc": "2.0", "params": service})
        answer = self.client.post("/api/auth/session", token)
        cookies = {"session_id": answer.cookies["session_id"]}
        assert self.client.get("/web", cookies=cookies).ok
        self.client.delete("/api/auth/session", cookies=cookies)

    def use_the_dialog(self):
        browser = WebClient(self.server, self.login, self.passwords[0])
        self.tokens.append(browser.issue_in_dialog())
        assert self.client.me(self.tokens[-1]).ok
        with pytest.raises(RpcError):
            browser.issue_in_dialog(expires_at="2000-01-01 00:00:00")
        browser.call("res.users", "action_revoke_rest_tokens", [self.user_id])

    def copy_and_export(self):
        for model, ids in [("res.users", [self.user_id]), ("rest.token", None)]:
            ids = ids or self.admin(model, "search", [("user_id", "=", self.user_id)])
            names = self.admin(model, "fields_get", attributes=["store"])
            names = [n for n in names if not n.startswith(("in_group_", "sel_groups_"))]
            exported = self.admin(model, "export_data", ids, names)["datas"]
            self.read += [exported, self.admin(model, "read", ids)]
        copy = self.admin(
            "res.users", "copy", self.user_id, {"login": f"{self.login}2"}
        )
        copies = copy if isinstance(copy, list) else [copy]  # the former from 18.0
        self.read.append(self.admin("res.users", "read", copies))
        for token_id in ids:
            with pytest.raises(RpcError):
                self.admin("rest.token", "copy", token_id)

    def use_what_was_revoked(self):
        for token in self.tokens[:3]:
            assert_error(self.client.me(token), 401)
        values = {"password": self._password()}
        self.admin("res.users", "write", [self.user_id], values)


@pytest.fixture(scope="module")
def own_database():
    """A database with ``mail``, which tracks what changes."""
    with database(DATABASE, f"{ADDONS},mail") as name:
        yield name


@pytest.fixture(scope="module", params=LEVELS)
def traces(own_database, request):
    """A visit, and what it left: the log, and a dump of the database."""
    options = ["-d", own_database, "--db-filter", f"^{own_database}$"]
    options += ["--log-level", request.param]
    # Odoo would log the statements that log statements.
    db_level = "info" if request.param == "debug_sql" else "debug"
    options += ["--log-db", own_database, "--log-db-level", db_level]
    # From 19.0 it logs what methods are called with by RPC, be it a password.
    options += ["--log-handler", "odoo.service.model:INFO"]
    with serving(NAME, *options) as url:
        visit = Visit(
            SimpleNamespace(url=url, db=own_database, login="admin", password="admin")
        )
        visit.issue()
        visit.fail_to_issue()
        visit.use()
        visit.log_in()
        visit.use_the_dialog()
        visit.copy_and_export()
        visit.use_what_was_revoked()
    visit.log = read_log(NAME)
    visit.dump = odoo("run", "pg_dump", own_database)
    return visit


def found(words, text):
    """Return those of the words that are in a text."""
    return [word for word in words if word in text]


def hash_of(token):
    return sha256(token.encode()).hexdigest()


def random_part(token):
    """What of a token is not its prefix, which may be told."""
    return token.removeprefix("access_token_")[8:]


def test_log_has_no_secret(traces):
    for token in traces.tokens:
        assert f"REST token {token[13:21]} of '{traces.login}'" in traces.log
    assert found(traces.passwords, traces.log) == []
    assert found(map(random_part, traces.tokens), traces.log) == []


def test_log_has_no_hash(traces):
    assert found(map(hash_of, traces.tokens), traces.log) == []
    assert "$pbkdf2" not in traces.log


def test_database_has_hashes_and_no_secret(traces):
    for table in ("ir_logging", "mail_message", "mail_tracking_value", "res_users"):
        assert f"COPY public.{table} " in traces.dump
    assert traces.login in traces.dump
    assert found(traces.passwords, traces.dump) == []
    assert found(map(random_part, traces.tokens), traces.dump) == []
    hashes = [hash_of(token) for token in traces.tokens]
    assert found(hashes, traces.dump) == hashes
    # Once each, in their column: not in a log, a message or an answer that is kept.
    assert [traces.dump.count(value) for value in hashes] == [1] * len(hashes)


def test_errors_have_no_secret(traces):
    errors = "\n".join(traces.errors)
    assert "Bad Request" in errors and "Unauthorized" in errors
    assert found(traces.passwords, errors) == []
    assert found(map(random_part, traces.tokens), errors) == []
    assert found(map(hash_of, traces.tokens), errors) == []


def test_export_has_no_secret(traces):
    exported = str(traces.read)
    assert found([token[13:21] for token in traces.tokens], exported)
    assert found(traces.passwords, exported) == []
    assert found(map(random_part, traces.tokens), exported) == []
    assert found(map(hash_of, traces.tokens), exported) == []
