"""What the wheels of each series are called, depend on and contain."""

import ast
import subprocess
from email import message_from_string
from zipfile import ZipFile

import pytest
from servers import REPO

EXPECTED = {
    "14.0": ("odoo14-addon-", "", "odoo<14.1dev,>=14.0a"),
    "15.0": ("odoo-addon-", "<15.1dev,>=15.0dev", "odoo<15.1dev,>=15.0a"),
    "16.0": ("odoo-addon-", "<16.1dev,>=16.0dev", "odoo<16.1dev,>=16.0a"),
    "17.0": ("odoo-addon-", "<17.1dev,>=17.0dev", "odoo<17.1dev,>=17.0a"),
    **{
        series: ("odoo-addon-", f"=={series}.*", f"odoo=={series}.*")
        for series in ("18.0", "19.0")
    },
}
REQUIRED = {
    "odoo_rest_token": ((), ()),
    "odoo_rest_token_api": (("base_rest", "odoo_rest_token"), ("apispec", "cerberus")),
    "odoo_rest_token_oauth": (("odoo_rest_token_api",), ("authlib!=1.7.0,>=1.6.10",)),
}


def files_of(addon):
    """The files that are in git, or not yet, but not those that it ignores."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", addon]
    done = subprocess.run(listing, cwd=REPO, capture_output=True, text=True, check=True)
    return {f"odoo/addons/{file}" for file in done.stdout.splitlines()}


def read(wheel):
    """Return a wheel's metadata, and the names of its files beside them."""
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        about = message_from_string(archive.read(metadata).decode())
    return about, {name for name in names if ".dist-info/" not in name}


@pytest.fixture(scope="module", params=EXPECTED)
def series(request):
    return request.param


@pytest.fixture(scope="module")
def wheels(build, series):
    found = [read(wheel) for wheel in build(series).glob("*.whl")]
    return {about["Name"]: (about, names) for about, names in found}


@pytest.mark.parametrize("addon", REQUIRED)
def test_wheel(wheels, series, addon):
    prefix, specifier, odoo = EXPECTED[series]
    about, names = wheels[f"{prefix}{addon}"]
    manifest = ast.literal_eval((REPO / addon / "__manifest__.py").read_text())
    assert about["Version"] == f"{series}.{manifest['version']}"
    addons, packages = REQUIRED[addon]
    required = {f"{prefix}{needed}{specifier}" for needed in addons}
    assert set(about.get_all("Requires-Dist")) == {odoo, *packages, *required}
    assert f"Framework :: Odoo :: {series}" in about.get_all("Classifier")
    assert names == files_of(addon)
