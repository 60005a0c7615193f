"""Who attacks."""

from functools import cached_property
from http import HTTPStatus

from blackbox.clients import Backend, User

REFUSED = {400, 403, 404, 405, 409, 412, 413, 414, 415, 422, 431}
LEAKS = ("Traceback", 'File "', "psycopg2", "odoo.exceptions", "ir.rule", "SELECT ")


class Attacker:
    """A user, who calls the API with a token."""

    def __init__(self, server, client, uid, login, password):
        self.server = server
        self.client = client
        self.id = uid
        self.login = login
        self.password = password
        self.token = self.issue()

    def issue(self, **options):
        """Get one more token."""
        user = User(self.id, None, self.login, self.password)
        return self.client.issue(user, **options)

    @cached_property
    def rpc(self):
        return Backend(self.server, self.login, self.password)

    def call(self, method, path, **options):
        options.setdefault("token", self.token)
        return self.client.request(method, path, **options)

    def get(self, path, **options):
        return self.call("GET", path, **options)

    def post(self, path, json, **options):
        return self.call("POST", path, json=json, **options)

    def patch(self, path, json, **options):
        return self.call("PATCH", path, json=json, **options)

    def delete(self, path, **options):
        return self.call("DELETE", path, **options)

    def found(self, path, **params):
        """Return the ids that a search finds."""
        response = self.get(path, params=params)
        assert response.status_code == HTTPStatus.OK, response.text
        return [record["id"] for record in response.json()["data"]]


def assert_refused(response, *codes):
    """Check that something was refused, by an error that gives nothing away."""
    assert response.status_code in (codes or REFUSED), response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/json"
    assert not [leak for leak in LEAKS if leak in response.text], response.text


def assert_finds_nothing(response):
    """Check that a search is refused, or finds nothing."""
    if response.status_code == HTTPStatus.OK:
        assert not response.json()["data"]
        assert not response.json().get("total")
    else:
        assert_refused(response)
