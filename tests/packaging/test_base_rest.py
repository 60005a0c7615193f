"""base_rest for the series that OCA has not published it for."""

import base64
import hashlib
import importlib.util
import subprocess
import sys
from email import message_from_bytes
from zipfile import ZipFile

import pytest
from servers import REPO

TOOL = REPO / "setup" / "base_rest" / "port.py"
GONE = {  # or not there yet
    "17.0": (b"env._(", b"url_root="),
    "19.0": (b"CSRF_FREE_METHODS", b"get_misc", b"modules.graph", b"enter_test_mode("),
}


@pytest.fixture(scope="module")
def port():
    spec = importlib.util.spec_from_file_location("port", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["17.0", "19.0"])
def made(request, tmp_path_factory):
    """A series, and the files of the wheel that is made for it."""
    series = request.param
    folder = tmp_path_factory.mktemp(series)
    command = [sys.executable, TOOL, series, folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr
    (wheel,) = folder.iterdir()
    assert wheel.name == f"odoo_addon_base_rest-{series}.1.2.0-py3-none-any.whl"
    with ZipFile(wheel) as archive:
        return series, {name: archive.read(name) for name in archive.namelist()}


def test_wheel_says_what_it_is(made):
    series, files = made
    info = f"odoo_addon_base_rest-{series}.1.2.0.dist-info"
    about = message_from_bytes(files[f"{info}/METADATA"])
    assert about["Name"] == "odoo-addon-base_rest"
    assert about["Version"] == f"{series}.1.2.0"
    assert {f"odoo=={series}.*", f"odoo-addon-component=={series}.*"} < set(
        about.get_all("Requires-Dist")
    )
    assert (
        b'"%s.1.2.0"' % series.encode()
        in files["odoo/addons/base_rest/__manifest__.py"]
    )
    assert not [name for name in files if ".dist-info/" in name and info not in name]


def test_hashes_are_those_of_the_files(made):
    _series, files = made
    (record,) = [name for name in files if name.endswith("/RECORD")]
    expected = {record: ("", "")}
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
        expected.setdefault(
            name, (f"sha256={digest.decode().rstrip('=')}", str(len(content)))
        )
    lines = [line.rsplit(",", 2) for line in files[record].decode().splitlines()]
    assert {name: (digest, size) for name, digest, size in lines} == expected


def test_nothing_is_used_that_the_series_has_not(made):
    series, files = made
    code = b"".join(content for name, content in files.items() if name.endswith(".py"))
    assert not [name for name in GONE[series] if name in code]


def test_what_finds_nothing_to_replace_is_named(port):
    files = {"a.py": b"old old", "i/b.py": b"other"}
    missing = port.Replacement("{info}/b.py", "gone", "new")
    replacements = [port.Replacement("a.py", "old", "new"), missing]
    with pytest.raises(port.DoesNotMatch) as error:
        port.replace(files, "i", replacements)
    assert str(error.value) == "i/b.py: there is no 'gone'"
    assert files["a.py"] == b"new new"


@pytest.mark.parametrize("series", ["18.0", "13.0"])
def test_other_series_are_refused(port, series, tmp_path):
    assert series in port.main(series, tmp_path)
    assert not list(tmp_path.iterdir())
