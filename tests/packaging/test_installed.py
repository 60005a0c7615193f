"""The addons run from a virtual environment, where pip put their wheels."""

import pytest
from blackbox.clients import Client
from servers import INSIDE, REPO, SERIES, odoo, serving

DB = "rest_packaging"
VENV = f"/var/lib/odoo/{DB}"
# The first series has its number in the names of addons.
PREFIX = f"odoo{'14' if SERIES == '14.0' else ''}-addon"
ADDONS = [f"{PREFIX}-odoo_rest_token{name}" for name in ("", "_api", "_oauth")]
# Odoo's own folder, and no other: what pip installs is found without one.
ADDONS_PATH = "/usr/lib/python3/dist-packages/odoo/addons"


@pytest.fixture(scope="module")
def program(build):
    """Odoo's program, as pip makes one for a virtual environment."""
    folder = build(SERIES)
    inside = INSIDE / folder.relative_to(REPO)
    python = f"{VENV}/bin/python"
    program = folder / "odoo"
    program.write_text(f"#!{python}\nimport odoo.cli\n\nodoo.cli.main()\n")
    program.chmod(0o755)
    try:
        venv = ["--system-site-packages", "--without-pip", VENV]
        odoo("run", "python3", "-m", "venv", *venv)
        # Debian's Odoo has other packages than it says that it needs.
        install = ["install", "--no-index", "--no-deps", "--find-links", inside]
        odoo("run", python, "-m", "pip", *install, *ADDONS)
        missing = odoo("run", "sh", "-c", f"{python} -m pip check || true")
        assert "rest_token" not in missing.replace("-", "_"), missing
        yield inside / "odoo"
    finally:
        odoo("run", "rm", "-rf", VENV)


@pytest.fixture(scope="module")
def client(program):
    options = ["--addons-path", ADDONS_PATH]
    served = ["-d", DB, "--db-filter", f"^{DB}$", *options]
    odoo("fresh", DB)
    try:
        install = ["-d", DB, "-i", "odoo_rest_token_oauth", "--stop-after-init"]
        odoo("run", program, *install, "--no-http", *options)
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("REST_ODOO", str(program))
            with serving(DB, *served) as url, Client(url) as client:
                yield client
    finally:
        odoo("run", "dropdb", "--if-exists", "--force", DB)


def test_token_is_issued_and_used(client, server):
    issued = client.post("/api/auth/token", json=server.credentials)
    assert issued.status_code == 200, issued.text
    mine = client.get("/api/auth/me", issued.json()["access_token"])
    assert mine.status_code == 200, mine.text
    assert mine.json()["uid"] == issued.json()["uid"]


def test_applications_find_where_to_get_tokens(client):
    described = client.get("/.well-known/oauth-authorization-server").json()
    path = described["token_endpoint"].removeprefix(described["issuer"])
    assert client.post(path, data={"grant_type": "x"}).status_code == 400


@pytest.mark.parametrize(
    "addon", ["odoo_rest_token", "odoo_rest_token_api", "odoo_rest_token_oauth"]
)
@pytest.mark.parametrize("file", ["icon.png", "index.html"])
def test_files_are_served(client, addon, file):
    assert client.get(f"/{addon}/static/description/{file}").status_code == 200
