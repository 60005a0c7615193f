import os
from typing import NamedTuple

import pytest


class Server(NamedTuple):
    url: str
    db: str
    login: str
    password: str

    @property
    def credentials(self):
        return {"login": self.login, "password": self.password}


@pytest.fixture(scope="session")
def server():
    return Server(
        os.environ.get("REST_URL", "http://127.0.0.1:8016").rstrip("/"),
        os.environ.get("REST_DB", "REST_TEST"),
        os.environ.get("REST_LOGIN", "admin"),
        os.environ.get("REST_PASSWORD", "admin"),
    )
