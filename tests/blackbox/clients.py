"""Clients of the server under test, and what they agree on."""

import hmac
import json
import re
import time
from base64 import b32decode
from functools import cached_property
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from http.cookiejar import DefaultCookiePolicy
from typing import NamedTuple
from urllib.parse import urlsplit
from xmlrpc.client import ServerProxy

import requests

HTML = re.compile(r"<[a-z/!]", re.IGNORECASE)


class User(NamedTuple):
    id: int
    partner_id: int
    login: str
    password: str

    @property
    def credentials(self):
        return {"login": self.login, "password": self.password}


class Raw:
    """Answer to a request whose target and headers are sent as they are given."""

    def __init__(self, server, method, path, headers=(), body=b""):
        address = urlsplit(server.url)
        scheme = HTTPSConnection if address.scheme == "https" else HTTPConnection
        connection = scheme(address.netloc, timeout=60)
        names_host = any(name.lower() == "host" for name, _value in headers)
        connection.putrequest(method, path, skip_host=names_host)
        for name, value in headers:
            connection.putheader(name, value)
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        response = connection.getresponse()
        self.status_code = response.status
        self.headers = response.headers
        self.text = response.read().decode()
        connection.close()

    def json(self):
        return json.loads(self.text)


class Client(requests.Session):
    """Client of the REST services, who keeps no cookie: a server that knows its
    cookie again doesn't set it again.
    """

    cookie_policy = DefaultCookiePolicy(allowed_domains=())

    def __init__(self, url):
        super().__init__()
        self.url = url
        self.cookies.set_policy(self.cookie_policy)

    def request(self, method, path, token=None, headers=None, **options):
        headers = dict(headers or {})
        if token is not None:
            headers["access-token"] = token
        options.setdefault("timeout", 60)
        return super().request(method, self.url + path, headers=headers, **options)

    def issue(self, user, **options):
        response = self.post("/api/auth/token", json={**user.credentials, **options})
        assert response.status_code == 200, response.text
        return response.json()["access_token"]

    def me(self, token):
        return self.get("/api/auth/me", token)

    def token_id(self, token):
        return self.me(token).json()["token"]["id"]

    def get(self, path, token=None, **options):
        return self.request("GET", path, token, **options)

    def post(self, path, token=None, **options):
        return self.request("POST", path, token, **options)

    def delete(self, path, token=None, **options):
        return self.request("DELETE", path, token, **options)


class RpcError(Exception):
    """What Odoo refused: ``name`` is the class of the error, ``text`` all it said."""

    def __init__(self, error):
        data = error["data"]
        super().__init__(data["message"])
        self.name = data["name"].rpartition(".")[2]
        self.text = json.dumps(error)


class WebClient(Client):
    """Odoo's web client, somebody logged in."""

    cookie_policy = DefaultCookiePolicy()

    def __init__(self, server, login, password):
        super().__init__(server.url)
        self.password = password
        info = self.rpc(
            "/web/session/authenticate", db=server.db, login=login, password=password
        )
        self.uid = info["uid"]
        assert self.uid, f"{login} can't log in"

    def rpc(self, path, **params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.post(path, json=body, timeout=300).json()
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer.get("result")

    def session_uid(self):
        return self.rpc("/web/session/get_session_info")["uid"]

    def call(self, model, method, *args, **kwargs):
        path = "/web/dataset/call_kw"
        return self.rpc(path, model=model, method=method, args=args, kwargs=kwargs)

    def press(self, model, method, record_id, **context):
        """Press a button that asks for the password first."""
        action = self.call(model, method, [record_id], context=context)
        check = "res.users.identitycheck"
        if isinstance(action, dict) and action.get("res_model") == check:
            ids = [action["res_id"]]
            values = {"password": self.password}
            self.call(check, "write", ids, values)
            # From Odoo 19.0, it is in the context.
            action = self.call(check, "run_check", ids, context=values)
        return action

    def open_issuing(self, **values):
        return self.call("rest.token.issue", "create", {"name": "Backend", **values})

    def issue_in_dialog(self, **values):
        wizard = self.open_issuing(**values)
        action = self.press("rest.token.issue", "action_issue", wizard)
        return action["context"]["default_secret"]

    def turn_second_factor_on(self, user):
        """Turn two-factor authentication on for the user, who is logged in."""
        try:
            action = self.press("res.users", "action_totp_enable_wizard", user.id)
        except RpcError:
            # up to Odoo 14.0
            action = self.press("res.users", "totp_enable_wizard", user.id)
        model, wizard = "auth_totp.wizard", action["res_id"]
        (values,) = self.call(model, "read", [wizard], ["secret"])
        code = one_time_code(values["secret"])
        self.call(model, "write", [wizard], {"code": code})
        self.press(model, "enable", wizard, code=code)  # from Odoo 19.0, in the context


class SessionClient(WebClient):
    """Odoo's web client, whom a token logs in instead of a password."""

    def __init__(self, url, token):
        Client.__init__(self, url)
        self.opened = self.post("/api/auth/session", token)

    def is_logged_in(self):
        try:
            return bool(self.session_uid())
        except RpcError:
            return False


def one_time_code(secret):
    """Six digits of this half-minute (RFC 6238)."""
    counter = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.new(b32decode(secret.replace(" ", "")), counter, "sha1").digest()
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


UNLIMITED = {
    "base.login_cooldown_after": "0",
    "odoo_rest_token.max_active": "1000000",
    "odoo_rest_token.user_calls_per_minute": "0",
    "odoo_rest_token_api.login_failures": "0",
}


class Backend(WebClient):
    """Odoo's web client, whose pages call methods: as one user, logged in once.

    To check a password takes later series as long as dozens of calls, and programs
    that use XML-RPC send it with each.
    """

    def __call__(self, model, method, *args, **options):
        return self.call(model, method, *args, **options)

    def ref(self, xml_id):
        module, name = xml_id.split(".")
        domain = [("module", "=", module), ("name", "=", name)]
        return self("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]

    @cached_property
    def groups_field(self):
        """What users call their groups: another name from Odoo 19.0."""
        names = self("res.users", "fields_get", ["group_ids", "groups_id"])
        return next(iter(names))

    def add_to_group(self, user, group):
        """Make a user a member of a group, both by their ids."""
        self("res.users", "write", [user], {self.groups_field: [(4, group)]})

    def remove_from_group(self, user, group):
        """Undo :meth:`add_to_group`."""
        self("res.users", "write", [user], {self.groups_field: [(3, group)]})

    def lift_limits(self):
        """Have the server count neither logins that fail nor tokens of a user."""
        for name, value in UNLIMITED.items():
            self("ir.config_parameter", "set_param", name, value)


class Program:
    """A program that calls Odoo's XML-RPC.

    :param str secret: a password, or what stands for one
    """

    def __init__(self, server, login, secret):
        self.db = server.db
        self.secret = secret
        self.uid = ServerProxy(f"{server.url}/xmlrpc/2/common").authenticate(
            server.db, login, secret, {}
        )
        assert self.uid, f"{login} can't log in"
        self.url = f"{server.url}/xmlrpc/2/object"

    def __call__(self, model, method, *args, **options):
        with ServerProxy(self.url, allow_none=True) as models:
            return models.execute_kw(
                self.db, self.uid, self.secret, model, method, args, options
            )


def list_parameters(document, verb, path):
    """List the parameters of an operation: its own, and those that others have, too.

    :rtype: list of dict
    """
    shared = document["components"].get("parameters", {})
    return [
        shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        for each in document["paths"][path][verb].get("parameters", ())
    ]


def assert_oauth_error(response, code, error="invalid_request"):
    """Check an error of an operation of OAuth 2.0 (RFC 6749, section 5.2)."""
    assert response.json()["error"] == error
    assert_error(response, code, keys=("error",))


def assert_error(response, code, *words, keys=()):
    """Check an error's status, its shape, and that it says each of the words."""
    assert response.status_code == code, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/json"
    assert "Set-Cookie" not in response.headers
    body = response.json()
    assert set(body) == {"code", "name", "description", *keys}
    assert body["code"] == code
    assert body["name"] == HTTPStatus(code).phrase
    description = body["description"]
    assert description and "Traceback" not in description
    assert not HTML.search(description), description
    for word in words:
        assert word in description, description
    if code == 401:
        assert response.headers["WWW-Authenticate"].startswith("Bearer ")
    if code == 405:
        assert response.headers["Allow"]


def assert_refused(client, token):
    assert_error(client.me(token), 401)


def assert_works(client, token):
    response = client.me(token)
    assert response.status_code == 200, response.text
