import pytest

from .clients import assert_error


def test_health_needs_no_token(client):
    response = client.get("/api/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_health_does_not_look_at_tokens(client):
    response = client.get("/api/health", "access_token_" + 40 * "0")
    assert response.status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_health_is_read_alone(client, method):
    assert_error(client.request(method, "/api/health"), 405)


def test_metrics_are_for_those_who_may(client, token):
    assert_error(client.get("/api/metrics"), 401)
    assert_error(client.get("/api/metrics", token), 403)


def test_metrics_are_text(client, issue, administrator):
    response = client.get("/api/metrics", issue(administrator))
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "# TYPE odoo_rest_call_duration_seconds summary" in response.text
