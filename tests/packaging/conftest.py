import os
import shutil
import subprocess
import sys
import uuid

import pytest
from servers import ADDONS, OPTIONAL_ADDONS, REPO

PROJECTS = [f"setup/{addon}" for addon in f"{ADDONS},{OPTIONAL_ADDONS}".split(",")]


@pytest.fixture(scope="session")
def build():
    """Builds the wheels of the addons, in a folder that the server can see.

    :return: function from a series of Odoo to the folder, a :class:`pathlib.Path`
    """
    folder = REPO / ".odoo" / f"wheels_{uuid.uuid4().hex}"
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps"]

    def build_wheels(series):
        wheels = folder / series
        command = [*pip, "--wheel-dir", wheels, *PROJECTS]
        environment = {**os.environ, "ODOO_VERSION": series}
        done = subprocess.run(
            command, cwd=REPO, env=environment, capture_output=True, text=True
        )
        assert not done.returncode, done.stdout + done.stderr
        return wheels

    yield build_wheels
    shutil.rmtree(folder)
