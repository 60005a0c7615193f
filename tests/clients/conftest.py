import pytest
import requests
from business.shop import open_shop
from business_server import admin

__all__ = ["admin"]

ROWS = []


@pytest.fixture(scope="session")
def shop(admin):
    """Partners, orders with their lines, and what else the presets have."""
    ids = open_shop(admin)
    yield
    admin("rest.resource", "unlink", ids)


@pytest.fixture(scope="session")
def token(server):
    body = {"login": server.login, "password": server.password, "name": "clients"}
    answer = requests.post(f"{server.url}/api/auth/token", json=body, timeout=60)
    return answer.json()["access_token"]


@pytest.fixture(scope="session")
def document(server, shop, token):
    """What the token may call, as text."""
    headers = {"access-token": token}
    answer = requests.get(
        f"{server.url}/api/openapi.json", headers=headers, timeout=300
    )
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.fixture(scope="session")
def settings(server, admin):
    """What the stories are told of."""
    product = admin("product.product", "create", {"name": "Lamp"})
    return {
        "STORY_URL": server.url,
        "STORY_LOGIN": server.login,
        "STORY_PASSWORD": server.password,
        "STORY_PRODUCT": str(product),
    }


@pytest.fixture
def folder(document, tmp_path):
    (tmp_path / "openapi.json").write_text(document)
    return tmp_path


@pytest.fixture(scope="session")
def table():
    return ROWS


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("clients")
    titles = ("", "version", "generated", "compiled", "story")
    for row in [titles, *sorted(ROWS)]:
        line = "".join(text.ljust(12) for text in map(str, row[1:]))
        terminalreporter.write_line(f"{row[0]:38}{line}".rstrip())
