"""Install the first version, upgrade it, uninstall it, and install it again.

It is the first that the series can load.
"""

import json
import shutil
import subprocess
import uuid
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from blackbox.clients import Backend, Client
from servers import INSIDE, OPTIONAL_ADDONS, REPO, SERIES, database, odoo, serving

HISTORY = Path(__file__).resolve().parents[2]
ADDONS = ("odoo_rest_token", "odoo_rest_token_api")
OF_THE_SERVER = "/usr/lib/python3/dist-packages/odoo/addons"
TRACES = """
    SELECT 'table ' || tablename FROM pg_tables WHERE tablename LIKE 'rest\\_%'
    UNION SELECT 'column ' || table_name || '.' || column_name
        FROM information_schema.columns
        WHERE column_name IN ('secret_hash', 'rest_token_ids')
    UNION SELECT 'parameter ' || key FROM ir_config_parameter
        WHERE key LIKE 'odoo\\_rest\\_token%'
    UNION SELECT 'model ' || model FROM ir_model
        WHERE model LIKE 'rest.%' AND model <> 'rest.service.registration'
    UNION SELECT 'access ' || name FROM ir_model_access WHERE name LIKE 'rest.%'
    UNION SELECT 'function ' || proname FROM pg_proc WHERE proname LIKE 'rest\\_token%'
    UNION SELECT 'index ' || indexname FROM pg_indexes
        WHERE indexname LIKE '%\\_rest\\_sync\\_index'
    UNION SELECT 'rule ' || name FROM ir_rule
        WHERE name LIKE 'REST %' OR name LIKE 'OAuth %'
    UNION SELECT 'xml id ' || name FROM ir_model_data
        WHERE module LIKE 'odoo\\_rest\\_token%'
    ORDER BY 1
"""


def query(name, statement):
    """Return the rows of a statement, each as one line of text."""
    return odoo("run", "psql", "-qAtX", "-c", statement, name).splitlines()


def shell(name, script, *options):
    """Run Python in Odoo's shell, and return what it says last, in JSON."""
    # Of its options, the shell reads the path of the addons too late.
    command = ["odoo", *options[:1], "shell", "-d", name, "--no-http"]
    command += ["--log-level", "error", *options]
    printed = odoo("run", *command, input=script)
    return json.loads(printed.splitlines()[-1])


def find_first(path, *options):
    """Find the first commit of a path, of those that options choose.

    :rtype: str
    """
    log = ["git", "log", "--format=%h", "--reverse", *options, "--", f":/{path}"]
    done = subprocess.run(log, cwd=HISTORY, capture_output=True, text=True, check=True)
    return done.stdout.split()[0]


@pytest.fixture(scope="module")
def first_version():
    """The addons as they were first, in a folder that the server can see."""
    landed = find_first("odoo_rest_token_api/__manifest__.py", "--diff-filter=A")
    if SERIES == "19.0":  # where groups have no category
        found = ("-Scategory_id", "--diff-filter=M")
        landed = find_first("odoo_rest_token/security", *found)
    folder = REPO / ".odoo" / f"first_{uuid.uuid4().hex}"
    folder.mkdir()
    archive = ["git", "archive", "--format=tar", landed, *ADDONS]
    packed = subprocess.run(archive, cwd=HISTORY, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
    yield f"{OF_THE_SERVER},{INSIDE / folder.relative_to(REPO)}"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def upgraded(first_version):
    """A database of the first version, with tokens in place, that is upgraded."""
    old = [f"--addons-path={first_version}", "--load=base,web,base_rest"]
    with database("rest_life_cycle", options=old) as name:
        tokens = shell(name, ISSUE, *old)
        before = query(name, USERS)
        upgrade = ["-u", ",".join(ADDONS), "-i", OPTIONAL_ADDONS]
        odoo("run", "odoo", "-d", name, *upgrade, "--stop-after-init", "--no-http")
        yield SimpleNamespace(name=name, tokens=tokens, users=before)


# All but those of the demo data
USERS = """
    SELECT id, login, password, active FROM res_users
    WHERE login NOT IN ('web_shop', 'warehouse') ORDER BY id
"""
HASHES = """
    SELECT secret_hash FROM rest_token WHERE secret_hash IS NOT NULL ORDER BY id
"""
ISSUE = """
import json
admin = env.ref("base.user_admin")
tokens = env["rest.token"].with_user(admin)
_token, valid = tokens._issue(admin, "Valid")
token, revoked = tokens._issue(admin, "Revoked")
token.action_revoke()
env.cr.commit()
print(json.dumps([valid, revoked]))
"""
UNINSTALL = """
import json
from odoo.addons.odoo_rest_token_api.records.sync_index import update_indexes
update_indexes(env.cr, ["res_partner"], at_once=True)
parameters = env["ir.config_parameter"].sudo()
for name in ("token.max_active", "token_api.login_failures", "token_oauth.max_x"):
    parameters.set_param(f"odoo_rest_{name}", "7")
modules = env["ir.module.module"]
modules.search([("name", "=", "odoo_rest_token")]).button_immediate_uninstall()
print(json.dumps(modules.search([("name", "=", "odoo_rest_token")]).state))
"""


def serve(name):
    return serving("rest_life_cycle", "-d", name, "--db-filter", f"^{name}$")


def test_tokens_of_the_first_version_go_on_after_the_upgrade(upgraded):
    valid, revoked = upgraded.tokens
    with serve(upgraded.name) as url, Client(url) as client:
        me = client.me(valid)
        assert me.status_code == 200, me.text
        assert me.json()["token"]["name"] == "Valid"
        assert client.me(revoked).status_code == 401
        server = SimpleNamespace(url=url, db=upgraded.name)
        admin = Backend(server, "admin", "admin")
        names = [("name", "in", ["Valid", "Revoked"])]
        assert len(admin("rest.token", "search", names)) == 2
        assert client.delete("/api/auth/token", valid).ok
        assert client.me(valid).status_code == 401
    hashes = query(upgraded.name, HASHES)
    assert hashes == [sha256(token.encode()).hexdigest() for token in upgraded.tokens]
    assert query(upgraded.name, USERS) == upgraded.users


def test_nothing_is_left_once_uninstalled_and_it_can_be_installed_again(upgraded):
    assert "column rest_token.secret_hash" in query(upgraded.name, TRACES)
    assert shell(upgraded.name, UNINSTALL) == "uninstalled"
    assert query(upgraded.name, TRACES) == []
    assert query(upgraded.name, USERS) == upgraded.users
    install = ["-i", ",".join([*ADDONS, OPTIONAL_ADDONS]), "--stop-after-init"]
    odoo("run", "odoo", "-d", upgraded.name, *install, "--no-http")
    with serve(upgraded.name) as url, Client(url) as client:
        for token in upgraded.tokens:
            assert client.me(token).status_code == 401
        credentials = {"login": "admin", "password": "admin"}
        answer = client.post("/api/auth/token", json=credentials)
        assert client.me(answer.json()["access_token"]).ok
