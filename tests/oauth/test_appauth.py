"""AppAuth, in its version for JavaScript: a program on a desktop."""

import json
import os
import subprocess
from pathlib import Path

import requests
from browser.rpc import wait_until
from servers import REPO, free_port

PACKAGES = REPO / ".odoo" / "node" / "node_modules"
PROGRAM = Path(__file__).with_name("appauth") / "connect.mjs"
# The browser of its user, who takes the address to where they are
BROWSER = '#!/bin/sh\nprintf %s "$1" >"$0.tmp" && mv "$0.tmp" "$0.url"\n'


def test_appauth(site, administrator, alice, tmp_path):
    application = administrator.make_application(
        "partners:read",
        name="Desktop",
        uri="http://127.0.0.1/callback",
        is_confidential=False,
    )
    browser = tmp_path / "xdg-open"
    browser.write_text(BROWSER)
    browser.chmod(0o755)
    address = tmp_path / "xdg-open.url"
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["node", PROGRAM, PACKAGES, site.url]
    command += [application.client_id, str(free_port())]
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, text=True
    ) as program:
        try:
            wait_until(address.exists, 30)
            requests.get(alice.allow(address.read_text()), timeout=60)
            printed, _nothing = program.communicate(timeout=60)
        finally:
            program.kill()
    connected = json.loads(printed.splitlines()[-1])
    assert connected == {"statuses": [200, 200, 401], "scope": "partners:read"}
