import shutil
import uuid
from contextlib import ExitStack

import pytest
from servers import INSIDE, REPO, database, serving

ADDONS_PATH = (
    "/usr/lib/python3/dist-packages/odoo/addons,"
    "/usr/local/lib/python3.9/dist-packages/odoo/addons,"
    f"{INSIDE}"
)


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
    inside = INSIDE / addons_folder.relative_to(REPO)
    options = ["--addons-path", f"{ADDONS_PATH},{inside}"]
    with ExitStack() as stack:

        def install_and_serve(addon):
            db = stack.enter_context(database(f"integrator_{addon}", addon, options))
            served = ["-d", db, "--db-filter", f"^{db}$"]
            return stack.enter_context(serving(db, *served, *options))

        yield install_and_serve
