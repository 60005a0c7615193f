"""A database with demo data, and one without."""

import pytest
import requests
from servers import database, odoo, serving

USERS = "SELECT count(*) FROM res_users WHERE login IN ('web_shop', 'warehouse')"
OPEN = f"{USERS} AND password IS NOT NULL"
TOKENS = "SELECT count(*) FROM rest_token"
USABLE = f"{TOKENS} WHERE secret_hash IS NOT NULL"


class Api:
    def __init__(self, name, url):
        self.name = name
        self.url = url
        credentials = {"login": "admin", "password": "admin"}
        answer = requests.post(f"{url}/api/auth/token", json=credentials, timeout=60)
        self.headers = {"access-token": answer.json()["access_token"]}

    def get(self, path):
        return requests.get(self.url + path, headers=self.headers, timeout=60)

    def count(self, query):
        return int(odoo("run", "psql", "-qAtX", "-c", query, self.name))


@pytest.fixture(scope="module", params=["with", "without"])
def api(request):
    name = f"rest_demo_{request.param}"
    options = ("-d", name, "--db-filter", f"^{name}$")
    demo = request.param == "with"
    with database(name, demo=demo), serving(name, *options) as url:
        yield Api(name, url)


@pytest.fixture
def has_demo(api):
    return api.name == "rest_demo_with"


def test_service_and_resource_are_served_with_demo_data_alone(api, has_demo):
    greeting = api.get("/api/demo/greeting?name=Ada")
    countries = api.get("/api/countries?name=Portugal&fields=code")
    docs = api.get("/api-docs/api/demo.json")
    document = api.get("/api/openapi.json").json()
    shown = {"/api/demo/greeting", "/api/countries"} & document["paths"].keys()
    if has_demo:
        assert greeting.json() == {"greeting": "Hello Ada!"}
        assert [country["code"] for country in countries.json()["data"]] == ["PT"]
        assert docs.status_code == 200
        assert len(shown) == 2
    else:
        assert {greeting.status_code, countries.status_code, docs.status_code} == {404}
        assert not shown


def test_nobody_can_use_the_users_and_tokens_of_demo_data(api, has_demo):
    assert api.count(USERS) == (2 if has_demo else 0)
    assert api.count(TOKENS) == (6 if has_demo else 1)
    assert api.count(OPEN) == 0
    assert api.count(USABLE) == 1  # the one of this test
