"""The Postman collection is up to date, and runs."""

import os
import shutil
import subprocess
from pathlib import Path

from .postman import COLLECTION, make_collection

NODE = Path(__file__).resolve().parents[2] / ".odoo" / "node" / "node_modules" / ".bin"


def test_collection_is_the_one_of_the_document(server):
    assert COLLECTION.read_text() == make_collection(server.url), (
        "make postman makes the collection anew"
    )


def test_collection_runs_from_its_first_request_to_its_last(server, user):
    newman = shutil.which("newman", path=f"{NODE}{os.pathsep}{os.environ['PATH']}")
    variables = {
        "baseUrl": server.url,
        "db": server.db,
        "login": user.login,
        "password": user.password,
    }
    command = [newman, "run", COLLECTION, "--color", "off"]
    for name, value in variables.items():
        command += ["--env-var", f"{name}={value}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
