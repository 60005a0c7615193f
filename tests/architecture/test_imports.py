"""The picture of the layers in docs/architecture.rst is true."""

import ast
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import servers
from servers import REPO

ADDONS = servers.ADDONS.split(",")
OPTIONAL = servers.OPTIONAL_ADDONS.split(",")
# What optional addons import of those two, as anybody's addon may
PUBLIC = {
    "odoo_rest_token.compat",
    "odoo_rest_token.exceptions",
    "odoo_rest_token.identity",
    "odoo_rest_token.log",
    "odoo_rest_token.parameters",
    "odoo_rest_token.principal",
    "odoo_rest_token.rates",
    "odoo_rest_token.secret",
    "odoo_rest_token.session",
    "odoo_rest_token_api.limits",
    "odoo_rest_token_api.oauth",
    "odoo_rest_token_api.restapi",
}
CONFIG = Path(__file__).with_name("importlinter.ini")
OCA = ("odoo.addons.base_rest", "odoo.addons.component")
# A port to another framework is a change of these.
OCA_FILES = {
    "restapi.py",
    "dispatch/operations.py",
    "openapi/service.py",
    "controllers/api_docs.py",
}


def iter_imports(addon):
    """Iterate over (file, module) of what the files of an addon import absolutely."""
    folder = REPO / addon
    for path in sorted(folder.rglob("*.py")):
        if "tests" in path.relative_to(folder).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module] + [f"{node.module}.{a.name}" for a in node.names]
            else:
                continue
            for name in names:
                yield path.relative_to(folder).as_posix(), name


def test_layers_import_what_is_below_them():
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, CONFIG, "--no-cache"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stdout + done.stderr


def test_the_picture_shows_these_layers():
    config = ConfigParser()
    config.read(CONFIG)
    page = (REPO / "docs" / "architecture.rst").read_text()
    picture = (
        page.partition("\nLayers\n")[2].partition("::\n\n")[2].partition("\n``")[0]
    )
    head, *lines = filter(None, picture.split("\n"))
    middle = head.index(f" {ADDONS[0]}", head.index(ADDONS[1])) + 1
    columns = {
        "services": [line[:middle] for line in lines],
        "token": [line[middle:] for line in lines],
    }
    for contract, column in columns.items():
        layers = config[f"importlinter:contract:{contract}"]["layers"].split("\n")
        shown = [cell.partition("<-")[0].strip() for cell in column]
        assert [*filter(None, shown)] == [*filter(None, layers)]


def test_tokens_know_nothing_of_services():
    imported = {module for _file, module in iter_imports(ADDONS[0])}
    assert not [name for name in imported if name.startswith(OCA)]
    assert not [name for name in imported if "odoo_rest_token_api" in name]


def test_optional_addons_import_what_is_public():
    imported = {
        module.replace("odoo.addons.", "", 1)
        for addon in OPTIONAL
        for _file, module in iter_imports(addon)
        if module.startswith(("odoo.addons.odoo_rest_token", *OCA))
    }
    roots = {".".join(module.split(".")[:2]) for module in imported}
    assert roots - set(ADDONS) <= PUBLIC


def test_no_addon_imports_an_optional_one():
    imported = {module for addon in ADDONS for _file, module in iter_imports(addon)}
    assert not [name for name in imported if name.split(".")[-1] in OPTIONAL]


def test_base_rest_and_component_are_known_to_few_files():
    files = {f for f, module in iter_imports(ADDONS[1]) if module.startswith(OCA)}
    assert files == OCA_FILES
