"""Users who call both the API and Odoo's own RPC, which is the oracle."""

import threading

import requests


class RpcError(Exception):
    """What Odoo raised.

    :param str kind: name of the exception's class, such as ``AccessError``
    """

    def __init__(self, error):
        data = error.get("data") or {}
        super().__init__(data.get("message") or error.get("message"))
        self.kind = (data.get("name") or "").rpartition(".")[2]


class Caller:
    """One user, with a token.

    :param server: under test
    :param str login: of the user
    :param str password: of the user
    """

    def __init__(self, server, login, password):
        self.name = login
        self._server = server
        self._password = password
        self._local = threading.local()
        self.uid = self._jsonrpc(
            "common", "authenticate", server.db, login, password, {}
        )
        assert self.uid, f"{login} can't log in"
        self.context = self.rpc("res.users", "context_get")
        self.token = self.issue()

    def issue(self, **options):
        """Issue one more token.

        :param options: of ``POST /api/auth/token``, such as ``scope``
        """
        body = {"login": self.name, "password": self._password, **options}
        answer = self._session.post(
            f"{self._server.url}/api/auth/token", json=body, timeout=60
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    def rpc(self, model, method, *args, **options):
        """Call a method of a model as Odoo's web client does.

        :raise RpcError: Odoo raised something
        """
        credentials = (self._server.db, self.uid, self._password)
        return self._jsonrpc(
            "object", "execute_kw", *credentials, model, method, args, options
        )

    def call(self, verb, path, token=None, headers=None, **options):
        """Call the API.

        :rtype: requests.Response
        """
        headers = {"access-token": token or self.token, **(headers or {})}
        url = f"{self._server.url}{path}"
        return self._session.request(verb, url, headers=headers, timeout=300, **options)

    def get_document(self, model):
        """Return the document of a resource, or None where it is none of the user's.

        :param Exposed model: that the resource serves
        """
        if not hasattr(self._local, "web"):
            self._local.web = self._log_in()
        url = f"{self._server.url}/api-docs/api/{model.path}.json"
        document = self._local.web.get(url, timeout=300)
        assert document.status_code == 200, document.text
        document = document.json()
        for path, item in list(document["paths"].items()):
            document["paths"][f"{document['servers'][0]['url']}{path}".rstrip("/")] = (
                item
            )
        return document if model.url in document["paths"] else None

    def _log_in(self):
        web = requests.Session()
        params = {"db": self._server.db, "login": self.name, "password": self._password}
        answer = web.post(
            f"{self._server.url}/web/session/authenticate",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=60,
        )
        assert answer.json()["result"]["uid"] == self.uid, answer.text
        return web

    @property
    def _session(self):  # those of requests are for one thread
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
        return self._local.session

    def _jsonrpc(self, service, method, *args):
        params = {"service": service, "method": method, "args": args}
        answer = self._session.post(
            f"{self._server.url}/jsonrpc",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=300,
        ).json()
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer.get("result")
