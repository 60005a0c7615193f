"""People in front of a browser, and the applications that they use."""

import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import requests
from blackbox.clients import WebClient

CALLBACK = "https://app.example.com/callback"
APPLICATION = "rest.oauth.application"
CSRF_RE = re.compile(r'name="csrf_token" value="([^"]+)"')


class Application(NamedTuple):
    """What the makers of an application know of it."""

    id: int
    client_id: str
    secret: str = ""
    redirect_uri: str = CALLBACK


class Administrator(WebClient):
    """Somebody who makes applications."""

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.rpc("/web/dataset/call_kw", **params)

    def make_application(self, *scopes, uri=CALLBACK, **values):
        """Make a record of an application, and read its secret off the dialog.

        :param scopes: names of those that it may ask for
        :rtype: Application
        """
        domain = [["name", "in", scopes], ["audience", "=", "rest.token.services"]]
        ids = self.call("rest.token.scope", "search", domain)
        values = {"name": "Time Sheets", "scope_ids": [[6, 0, ids]], **values}
        values["redirect_uris"] = uri
        record_id = self.call(APPLICATION, "create", values)
        [record] = self.call(APPLICATION, "read", [record_id], ["client_id"])
        is_confidential = values.get("is_confidential", True)
        secret = self.read_secret(record_id) if is_confidential else ""
        return Application(record_id, record["client_id"], secret, uri)

    def read_secret(self, record_id):
        check = "res.users.identitycheck"
        action = self.call(APPLICATION, "action_new_secret", [record_id])
        if action["res_model"] == check:  # the password was not given lately
            password = {"password": self.password}
            self.call(check, "write", [action["res_id"]], password)
            # From Odoo 19.0, it is in the context.
            check_id = action["res_id"]
            action = self.call(check, "run_check", [check_id], context=password)
        return action["context"]["default_secret"]

    def make_user(self, name):
        login, password = f"{name}-{secrets.token_hex(4)}", secrets.token_hex(8)
        values = {"name": name.title(), "login": login, "password": password}
        context = {"no_reset_password": True}
        user_id = self.call("res.users", "create", values, context=context)
        return user_id, login, password


class Person(requests.Session):
    """Somebody in front of a browser, which follows nothing by itself."""

    def __init__(self, url, user_id, login, password):
        super().__init__()
        self.url = url
        self.user_id = user_id
        self.login = login
        self.password = password

    def request(self, method, url, **options):
        options = {"timeout": 60, **options, "allow_redirects": False}
        url = url if urlsplit(url).scheme else self.url + url
        return super().request(method, url, **options)

    def open(self, url):
        """Open the page that an application sends its user to, and log in first.

        :return: the page that asks the user, or whatever comes in its place
        """
        page = self.get(url)
        if "/web/login" in page.headers.get("Location", ""):
            form = self.get(page.headers["Location"])
            values = {"login": self.login, "password": self.password}
            values["csrf_token"] = CSRF_RE.search(form.text)[1]
            values["redirect"] = page.headers["Location"].partition("redirect=")[2]
            values["redirect"] = requests.utils.unquote(values["redirect"])
            back = self.post("/web/login", data=values)
            page = self.get(back.headers["Location"])
        return page

    def decide(self, page, decision="allow"):
        """Press a button of the page that asks.

        :return: the answer
        """
        token = CSRF_RE.search(page.text)[1]
        form = {"csrf_token": token, "decision": decision}
        return self.post(page.request.url, data=form)

    def allow(self, url):
        """Go through it, and return where the browser is sent in the end.

        :rtype: str
        """
        page = self.open(url)
        assert page.status_code == 200, page.text
        return self.decide(page).headers["Location"]


def make_verifier():
    verifier = secrets.token_urlsafe(48)
    digest = sha256(verifier.encode()).digest()
    return verifier, urlsafe_b64encode(digest).decode().rstrip("=")


def read_answer(location):
    """Read what a browser takes to an application.

    :rtype: dict
    """
    query = parse_qs(urlsplit(location).query)
    return {name: value for name, [value] in query.items()}
