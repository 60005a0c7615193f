"""A typed client, generated from the document, does what a person would do with it."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
import requests

GENERATOR = Path(sys.executable).with_name("openapi-python-client")
PACKAGE = "odoo_client"


@pytest.fixture(scope="module")
def generated(server, tmp_path_factory):
    """Imports a module of the client that is generated."""
    folder = tmp_path_factory.mktemp("client")
    document = requests.get(f"{server.url}/api/openapi.json", timeout=60)
    (folder / "openapi.json").write_text(document.text)
    (folder / "config.yml").write_text("post_hooks: []\n")
    command = [GENERATOR, "generate", "--path", "openapi.json", "--meta", "none"]
    command += ["--output-path", PACKAGE, "--config", "config.yml", "--fail-on-warning"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield lambda name="": importlib.import_module(f"{PACKAGE}{name}")
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def models(generated):
    return generated(".models")


@pytest.fixture(scope="module")
def client(server, user, generated, models):
    anonymous = generated().Client(server.url)
    credentials = models.AuthCredentials(
        login=user.login, password=user.password, name="Generated client"
    )
    issue = generated(".api.auth.auth_issue_token_post")
    issued = issue.sync(client=anonymous, body=credentials)
    assert isinstance(issued, models.AuthIssuedToken)
    assert issued.expires_at.tzinfo
    return generated().AuthenticatedClient(server.url, token=issued.access_token)


def test_partner_is_created_found_changed_and_deleted(client, generated, models):
    def call(operation, *args, **kwargs):
        module = generated(f".api.partners.partners_{operation}")
        return module.sync_detailed(*args, client=client, **kwargs)

    body = models.PartnerCreate(name="Generated", city="Lisboa", is_company=True)
    created = call("create", body=body)
    assert created.status_code == 201
    partner = created.parsed
    assert isinstance(partner, models.Partner)
    assert (partner.name, partner.city, partner.is_company) == (
        "Generated",
        "Lisboa",
        True,
    )
    assert partner.create_date.tzinfo

    page = call("search", city="Lisboa", is_company=True, limit=500).parsed
    assert isinstance(page, models.PartnerPage)
    assert partner.id in [found.id for found in page.data]

    body = models.PartnerUpdate(parent_id=None, city="Porto")
    changed = call("update_patch", partner.id, body=body).parsed
    assert (changed.name, changed.city) == ("Generated", "Porto")

    assert call("delete", partner.id).status_code == 204
    refused = call("get", partner.id)
    assert refused.status_code == 404
    assert isinstance(refused.parsed, models.Error)


def test_partners_are_created_at_once(client, generated, models):
    create = generated(".api.partners.partners_create_batch")
    body = [models.PartnerCreate(name=name) for name in ("One", "Two")]
    answer = create.sync(client=client, body=body)
    assert isinstance(answer, models.PartnerList)
    assert [partner.name for partner in answer.data] == ["One", "Two"]
