"""Odoo servers and databases of a test's own, beside the one under test."""

import os
import shutil
import socket
import subprocess
import threading
import uuid
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
SERIES = os.environ.get("SERIES", "14.0")
OWN = REPO / ".odoo" / ("" if SERIES == "14.0" else SERIES)  # of this series alone
LOGS = OWN / "log"
INSIDE = Path("/mnt/repo")  # where the servers see the repository
ODOO = REPO / "tests" / "server" / "odoo"
ADDONS = "odoo_rest_token,odoo_rest_token_api"
OPTIONAL_ADDONS = "odoo_rest_token_oauth"  # what not everyone wants
ADDONS_PATH = f"/usr/lib/python3/dist-packages/odoo/addons,{INSIDE}"


def odoo(*arguments, **options):
    """Run ``tests/server/odoo``, and show what it says where it fails.

    :param options: of ``subprocess.run``, such as ``input``
    :return: what it printed
    :rtype: str
    """
    done = subprocess.run(
        [ODOO, *arguments], capture_output=True, text=True, check=False, **options
    )
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


def read_log(name):
    """Read what a server has logged so far.

    :param str name: of the server
    :rtype: str
    """
    return Path(LOGS, f"{name}.log").read_text(errors="replace")


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@contextmanager
def database(name, addons=ADDONS, options=(), demo=True):
    """Make a database, and drop it in the end.

    :param str name: of the database
    :param str addons: to install, with commas between them
    :param options: more of Odoo's command line
    :param bool demo: whether the addons get their demo data
    """
    odoo("fresh", name)
    try:
        if not demo:
            # An addon has none where those that it depends on have none.
            odoo("run", "psql", name, "-c", "UPDATE ir_module_module SET demo = false")
        install = ["-d", name, "-i", addons, "--stop-after-init", "--no-http"]
        odoo("run", "odoo", *install, *options)
        yield name
    finally:
        odoo("run", "dropdb", "--if-exists", "--force", name)


@contextmanager
def serving(name, *options):
    """Run an Odoo, and return its address.

    :param str name: of the server
    :param options: of Odoo's command line
    """
    port = free_port()
    odoo("start", name, str(port), *options)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        odoo("stop", name)


@contextmanager
def two_nodes(name, database, *options):
    """Run two servers, of two workers each and with files of their own, on a database.

    :param str name: of both, but for their number
    :param str database: its name
    :param options: of Odoo's command line
    :return: their addresses
    :rtype: list of str
    """
    place = ("-d", database, "--db-filter", f"^{database}$", "--workers", "2")
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                serving(node, *place, "--data-dir", f"/var/lib/odoo/{node}", *options)
            )
            for node in (f"{name}_1", f"{name}_2")
        ]


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@contextmanager
def serving_pages(folder, handler=QuietHandler):
    """Serve the files of a folder, as a site of its own.

    :param Path folder: which may get files until the end
    :param handler: class that answers requests
    :return: the origin
    :rtype: str
    """
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(handler, directory=folder)
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def addons_folder():
    """Make a temporary folder for addons, and remove it in the end.

    :return: the folder, and the option that has a server see it
    :rtype: (Path, list of str)
    """
    folder = REPO / ".odoo" / f"addons_{uuid.uuid4().hex}"
    folder.mkdir()
    inside = INSIDE / folder.relative_to(REPO)
    try:
        yield folder, ["--addons-path", f"{ADDONS_PATH},{inside}"]
    finally:
        shutil.rmtree(folder)
