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
        params = {"model": model, "method": method, "args": args, "kwargs": options}
        return self._ask(self._web, "/web/dataset/call_kw", params)

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
        url = f"{self._server.url}/api-docs/api/{model.path}.json"
        document = self._web.get(url, timeout=300)
        assert document.status_code == 200, document.text
        document = document.json()
        for path, item in list(document["paths"].items()):
            document["paths"][f"{document['servers'][0]['url']}{path}".rstrip("/")] = (
                item
            )
        return document if model.url in document["paths"] else None

    @property
    def _web(self):
        if not hasattr(self._local, "web"):
            web = requests.Session()
            login = {"login": self.name, "password": self._password}
            params = {"db": self._server.db, **login}
            session = self._ask(web, "/web/session/authenticate", params)
            assert session["uid"], f"{self.name} can't log in"
            self._local.web = web
        return self._local.web

    @property
    def _session(self):  # those of requests are for one thread
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
        return self._local.session

    def _ask(self, session, path, params):
        answer = session.post(
            f"{self._server.url}{path}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=300,
        ).json()
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer.get("result")
