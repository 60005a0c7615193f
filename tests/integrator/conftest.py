from contextlib import ExitStack

import pytest
from servers import addons_folder, database, serving


@pytest.fixture(scope="session")
def addons():
    """A temporary folder for addons, and the option that has a server see it."""
    with addons_folder() as folder_and_option:
        yield folder_and_option


@pytest.fixture(scope="session")
def serve(addons):
    """Installs an addon of the folder on a new database, and serves it.

    :return: function from the addon's name to the address of its server
    """
    _folder, options = addons
    with ExitStack() as stack:

        def install_and_serve(addon):
            db = stack.enter_context(database(f"integrator_{addon}", addon, options))
            served = ["-d", db, "--db-filter", f"^{db}$"]
            return stack.enter_context(serving(db, *served, *options))

        yield install_and_serve
