#!/usr/bin/env python3
"""Makes a base_rest for a series that OCA has not published it for: 17.0 or 19.0.

It takes OCA's wheel for 18.0 from PyPI, by version and hash, replaces what the series wants
otherwise, and writes a wheel of that series. A replacement that finds nothing to replace
is an error, and says so: the wheel is another one than it was made for.

    setup/base_rest/port.py SERIES FOLDER
"""

import base64
import hashlib
import subprocess  # nosec B404
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
ADDON = "odoo/addons/base_rest"


class Replacement(NamedTuple):
    """What to write in the place of something, in one file of the wheel."""

    file: str
    old: str
    new: str


class DoesNotMatch(Exception):
    """Some replacements have found nothing to replace."""


def rename(series):
    """List the replacements that give the wheel its series."""
    about = "{info}/METADATA"
    return [
        Replacement(f"{ADDON}/__manifest__.py", '"18.0.1.2.0"', f'"{series}.1.2.0"'),
        Replacement(about, "Version: 18.0.1.2.0\n", f"Version: {series}.1.2.0\n"),
        Replacement(about, "component==18.0.*", f"component=={series}.*"),
        Replacement(about, "odoo==18.0.*", f"odoo=={series}.*"),
        Replacement(
            about, "Framework :: Odoo :: 18.0", f"Framework :: Odoo :: {series}"
        ),
    ]


def look_for_swagger_ui():
    """List the replacement that keeps pages without Swagger UI from showing an error."""
    found = 'const swaggerUiEl = document.getElementById("swagger-ui");\n'
    script = f"{ADDON}/static/src/js/components/swagger_ui.js"
    return [Replacement(script, found, f"{found}        if (!swaggerUiEl) return;\n")]


def adapt_to_17():
    """List the replacements of what Odoo 17.0 does not have yet."""
    rest_api = f"{ADDON}/restapi.py"
    return [
        Replacement(rest_api, "from odoo import http\n", "from odoo import _, http\n"),
        Replacement(rest_api, "service.env._(", "_("),
        Replacement(
            f"{ADDON}/tests/test_openapi_generator.py",
            'with MockRequest(self.env, url_root="https://example.com"):',
            "with MockRequest(self.env) as mocked:\n"
            '            mocked.httprequest.url_root = "https://example.com"',
        ),
    ]


def adapt_to_19():
    """List the replacements of what has another name in Odoo 19.0."""
    http = f"{ADDON}/http.py"
    registration = f"{ADDON}/models/rest_service_registration.py"
    cases = f"{ADDON}/tests/common.py"
    context_test = f"{ADDON}/tests/test_service_context_provider.py"
    website, routing = "website.tools", "http_routing.tests.common"
    return [
        Replacement(http, "CSRF_FREE_METHODS", "SAFE_HTTP_METHODS"),
        Replacement(
            http,
            'config.get_misc("base_rest", "dev_mode")',
            'config.get("base_rest_dev_mode")',
        ),
        Replacement(
            registration,
            'odoo.modules.graph.Graph()\n        graph.add_module(self.env.cr, "base")',
            'odoo.modules.module_graph.ModuleGraph(self.env.cr)\n        graph.extend(["base"])',
        ),
        Replacement(
            registration,
            "graph.add_modules(self.env.cr, module_list)",
            "graph.extend(module_list)",
        ),
        Replacement(
            cases,
            "cls.registry.enter_test_mode(cls.env.cr)",
            "cls.registry_enter_test_mode_cls()",  # it leaves it by itself
        ),
        Replacement(cases, "        cls.registry.leave_test_mode()\n", ""),
        Replacement(
            context_test,
            "self.assertEqual(self.registry.test_cr, self.cr)",
            "self.assertTrue(self._registry_patched)",
        ),
        Replacement(context_test, website, routing),
        Replacement(f"{ADDON}/tests/test_openapi_generator.py", website, routing),
    ]


REPLACEMENTS = {
    "17.0": rename("17.0") + look_for_swagger_ui() + adapt_to_17(),
    "19.0": rename("19.0") + look_for_swagger_ui() + adapt_to_19(),
}


def download(folder):
    """Have pip fetch OCA's wheel, which it refuses if the hash is another.

    :param folder: where it goes
    :rtype: Path
    :raise subprocess.CalledProcessError: pip has said why
    """
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    # The command is this one.
    subprocess.run(  # nosec B603
        [*pip, "--quiet", "--dest", folder, "-r", REQUIREMENTS], check=True
    )
    (wheel,) = Path(folder).glob("*.whl")
    return wheel


def read(wheel):
    """Read the files of a wheel.

    :return: their names and contents, and the name of the folder that says what it is
    :rtype: (dict of bytes, str)
    """
    with ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    (record,) = [name for name in files if name.endswith(".dist-info/RECORD")]
    return files, record.split("/")[0]


def replace(files, info, replacements):
    """Replace in the files what the series wants otherwise.

    :param dict files: names and contents, which are changed
    :param str info: the folder that says what the wheel is
    :raise DoesNotMatch: names every replacement that found nothing
    """
    missed = []
    for file, old, new in replacements:
        name = file.format(info=info)
        text = files.get(name, b"").decode()
        if old in text:
            files[name] = text.replace(old, new).encode()
        else:
            missed.append(f"{name}: there is no {old!r}")
    if missed:
        raise DoesNotMatch("\n".join(missed))


def write(files, info, series, folder):
    """Write the files as a wheel of the series, with hashes of their own.

    :param files: names and contents
    :param info: the folder that says what the wheel was
    :rtype: Path
    """
    new_info = info.replace("-18.0.", f"-{series}.")
    record_name = f"{new_info}/RECORD"
    record = []
    wheel = Path(folder, f"{new_info.removesuffix('.dist-info')}-py3-none-any.whl")
    with ZipFile(wheel, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            new_name = name.replace(info, new_info, 1)
            if new_name == record_name:
                continue
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
            digest = digest.decode().rstrip("=")
            record.append(f"{new_name},sha256={digest},{len(content)}\n")
            archive.writestr(new_name, content)
        archive.writestr(record_name, "".join(record) + f"{record_name},,\n")
    return wheel


def main(series, folder):
    if series not in REPLACEMENTS:
        return f"For {series}, base_rest is OCA's, or not known how to make."
    Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        files, info = read(download(temporary))
    try:
        replace(files, info, REPLACEMENTS[series])
    except DoesNotMatch as error:
        return f"OCA's wheel is not the one that this was made for.\n{error}"
    print(write(files, info, series, folder))
    return None


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
