import shutil
import socket
import subprocess
import uuid
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
ODOO = REPO / "tests" / "server" / "odoo"
INSIDE = Path("/mnt/repo")  # where the server sees the repository
ADDONS_PATH = (
    "/usr/lib/python3/dist-packages/odoo/addons,"
    "/usr/local/lib/python3.9/dist-packages/odoo/addons,"
    f"{INSIDE}"
)


def odoo(*arguments):
    """Run ``tests/server/odoo``, and show what it says where it fails."""
    done = subprocess.run(
        [ODOO, *arguments], capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stdout + done.stderr


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@pytest.fixture(scope="session")
def addons_folder():
    """A temporary folder that the server can see, for addons."""
    folder = REPO / ".odoo" / f"addons_{uuid.uuid4().hex}"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def serve(addons_folder):
    """Installs an addon of the folder on a new database, and serves it.

    :return: function from the addon's name to the address of its server
    """
    started = []

    def install_and_serve(addon):
        name = f"integrator_{addon}"
        inside = INSIDE / addons_folder.relative_to(REPO)
        options = ["-d", name, "--addons-path", f"{ADDONS_PATH},{inside}"]
        odoo("fresh", name)
        started.append(name)
        odoo("run", "odoo", *options, "-i", addon, "--stop-after-init")
        port = free_port()
        odoo("start", name, str(port), *options, "--db-filter", f"^{name}$")
        return f"http://127.0.0.1:{port}"

    yield install_and_serve
    for name in started:
        odoo("stop", name)
        odoo("run", "dropdb", "--force", name)
