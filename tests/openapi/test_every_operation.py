"""Every operation, called in all ways that schemathesis can think of.

Whatever is sent, the answer is one that the document knows, never an error of the
server; and what the document refuses is refused.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

HERE = Path(__file__).parent
RESOURCE = "openapi-tests"
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.fixture
def no_cooldown(admin):
    """Odoo refuses all logins for a while after a few that failed."""
    model, name = "ir.config_parameter", "base.login_cooldown_after"
    before = admin(model, "get_param", name)
    admin(model, "set_param", name, "0")
    yield
    admin(model, "set_param", name, before)


@pytest.fixture
def resource(admin, user):
    """A model that is exposed from the backend."""
    model = "res.partner.category"
    names = {"name": "required", "color": "write", "parent_id": "write"}
    names |= {"active": "write", "partner_ids": "read", "create_date": "read"}
    domain = [("model", "=", model), ("name", "in", list(names))]
    fields = admin("ir.model.fields", "search_read", domain, ["name", "model_id"])
    values = {
        "path": RESOURCE,
        "model_id": fields[0]["model_id"][0],
        "allow_create": True,
        "allow_update": True,
        "allow_delete": True,
        "field_ids": [
            (0, 0, {"field_id": field["id"], "access": names[field["name"]]})
            for field in fields
        ],
    }
    resource_id = admin("rest.resource", "create", values)
    yield
    admin("rest.resource", "unlink", [resource_id])
    admin.remove_records_of(user.id, model)


def test_answers_are_as_documented(
    server, user, token, no_cooldown, resource, tmp_path
):
    """The document is the one of the token."""
    document = requests.get(
        f"{server.url}/api/openapi.json", headers={"access-token": token}, timeout=60
    )
    (tmp_path / "openapi.json").write_text(document.text)
    environment = {
        "SCHEMATHESIS_HOOKS": "sandbox",
        "PYTHONPATH": str(HERE),
        "SANDBOX_URL": server.url,
        "SANDBOX_DB": server.db,
        "SANDBOX_LOGIN": user.login,
        "SANDBOX_PASSWORD": user.password,
        "SANDBOX_TOKEN": token,
    }
    command = [SCHEMATHESIS, "--config-file", HERE / "schemathesis.toml", "run"]
    command += ["--url", server.url, "openapi.json"]
    done = subprocess.run(
        command, env={**os.environ, **environment}, cwd=tmp_path, check=False
    )
    assert done.returncode == 0
