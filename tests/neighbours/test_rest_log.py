"""OCA's ``rest_log`` keeps the calls of services that tokens protect."""

import json

import pytest
from blackbox.clients import assert_error
from servers import odoo

PASSWORD = "admin"  # nosec B105 # of the demo


@pytest.fixture(scope="module")
def log(admin):
    """Reads what was logged since the last time."""
    active = "rest.token.services,shelf.services"
    admin.call("ir.config_parameter", "set_param", "rest.log.active", active)
    seen = [0]

    def read():
        entries = admin.call(
            "rest.log", "search_read", [("id", ">", seen[0])], order="id"
        )
        seen[0] = max([seen[0], *(entry["id"] for entry in entries)])
        return entries

    read()
    yield read
    admin.call("ir.config_parameter", "set_param", "rest.log.active", "")


@pytest.fixture(scope="module")
def token(admin):
    return admin.issue_in_dialog()


def test_an_answer_is_as_without_it(client, token, log):
    partner = client.get("/api/partners/1", token).json()
    assert partner["id"] == 1 and "log_entry_url" not in partner
    (entry,) = log()
    assert (entry["state"], entry["request_method"]) == ("success", "GET")
    assert entry["request_url"].endswith("/api/partners/1")
    assert json.loads(entry["result"])["status"] == 200


@pytest.mark.parametrize(
    ("verb", "path", "options", "status"),
    [
        ("POST", "/partners", {"json": {"nonsense": 1}}, 400),
        ("GET", "/partners/99999999", {}, 404),
        ("PUT", "/partners/1", {"json": {"parent_id": 1}}, 422),
        ("PUT", "/partners/1", {"json": {}, "headers": {"If-Match": '"x"'}}, 412),
        ("POST", "/auth/token", {"json": {"login": "x", "password": "y"}}, 401),
    ],
)
def test_a_refusal_is_as_without_it(client, token, log, verb, path, options, status):
    used = None if "auth" in path else token
    assert_error(client.request(verb, f"/api{path}", used, **options), status)
    (entry,) = log()
    assert entry["state"] == "failed"
    assert entry["exception_name"] and "Traceback" in entry["error"]


def test_a_list_is_logged(client, token, log):
    names = [{"name": "One"}, {"name": "Two"}]
    response = client.post("/api/partners", token, json=names)
    assert response.status_code == 201, response.text
    (entry,) = log()
    assert json.loads(entry["params"])["body"] == names


def test_an_answer_of_nothing_is_no_failure(client, token, log):
    made = client.post("/api/partners", token, json={"name": "Gone soon"}).json()["id"]
    assert client.delete(f"/api/partners/{made}", token).ok
    assert [entry["state"] for entry in log()] == ["success", "success"]


def test_no_secret_is_logged(client, admin, log):
    user = {"login": "admin", "password": PASSWORD}
    token = client.post("/api/auth/token", json=user).json()["access_token"]
    client.get("/api/auth/token", data={"db": "x", **user})
    client.get(f"/api/auth/me?access_token={token}&password={PASSWORD}x", token)
    client.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"})
    client.get("/api/auth/me", headers={"access_token": token})
    client.get(f"/api/partners?name={token}", token)
    client.post("/api/auth/revoke", data={"token": token}, auth=("admin", PASSWORD))
    client.delete("/api/auth/token", token)
    entries = json.dumps(log())
    assert "/api/auth/me" in entries
    for secret in (token, token[30:], f'"{PASSWORD}"', "YWRtaW46YWRtaW4="):
        assert secret not in entries


def test_no_credential_of_a_protected_service_is_logged(client, token, log):
    client.get("/shelf/books/3", token)
    client.get("/shelf/books/3", headers={"Authorization": f"Bearer {token}"})
    client.get(f"/shelf/books/hours?access_token={token}&password={PASSWORD}x")
    entries = log()
    assert [entry["request_method"] for entry in entries] == ["GET"] * 3
    for secret in (token, token[30:], f"{PASSWORD}x"):
        assert secret not in json.dumps([each["request_url"] for each in entries])
        assert secret not in json.dumps([each["headers"] for each in entries])


@pytest.fixture
def failing_log(server):
    """Has PostgreSQL refuse each entry."""

    def alter(change):
        odoo("run", "psql", "-qc", f"ALTER TABLE rest_log {change}", server.db)

    alter("ADD CONSTRAINT full_disk CHECK (false) NOT VALID")
    yield
    alter("DROP CONSTRAINT full_disk")


def test_a_log_that_fails_changes_nothing(client, token, log, failing_log):
    made = client.post("/api/partners", token, json={"name": "Not logged"})
    assert made.status_code == 201, made.text
    assert client.get(f"/api/partners/{made.json()['id']}", token).ok
    assert_error(client.get("/api/partners/99999999", token), 404)
    assert log() == []
