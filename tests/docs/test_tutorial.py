"""The tutorial's addon is written, installed, called and tested as it says."""

import stat

import chromium
import pytest
import requests
import servers
from browser.pages import SwaggerUI
from playwright.sync_api import expect

from .reader import Reader

DATABASE = "library"
ODOO = """#!/usr/bin/env bash
# The tutorial's "odoo": what was started before ends, as if by Ctrl-C.
set -euo pipefail
"{odoo}" stop {name}
options=({options} --db-filter '^{name}$')
case " $* " in
    *" --stop-after-init "*)
        exec "{odoo}" run odoo "${{options[@]}}" --http-port {test_port} "$@" ;;
    *) exec "{odoo}" start {name} {port} "${{options[@]}}" "$@" ;;
esac
"""


@pytest.fixture(scope="module")
def port():
    return servers.free_port()


@pytest.fixture(scope="module")
def reader(port, tmp_path_factory):
    """A reader with a command ``odoo``, in a folder of its ``addons_path``."""
    tools = tmp_path_factory.mktemp("tools")
    with servers.addons_folder() as (folder, options):
        command = tools / "odoo"
        command.write_text(
            ODOO.format(
                odoo=servers.ODOO,
                name=DATABASE,
                options=" ".join(options),
                port=port,
                test_port=servers.free_port(),
            )
        )
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        servers.odoo("fresh", DATABASE)
        replace = {"http://127.0.0.1:8069": f"http://127.0.0.1:{port}"}
        yield Reader(folder, replace, tools)
        servers.odoo("stop", DATABASE)
        servers.odoo("run", "dropdb", "--if-exists", "--force", DATABASE)


@pytest.fixture(scope="module")
def library(reader, port):
    """Address of the server of who has followed the tutorial."""
    assert reader.follow(servers.REPO / "docs" / "tutorial.rst")
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def swagger(library):
    with chromium.running() as browser:
        page = browser.new_page(base_url=library)
        # Swagger UI asks another host for fonts, and waits for them.
        page.route(lambda url: not url.startswith(library), lambda route: route.abort())
        yield SwaggerUI(page, DATABASE)


def test_addon_is_documented(library):
    document = requests.get(f"{library}/api/openapi.json", timeout=60).json()
    lend = document["paths"]["/api/books/{record_id}/lend"]["post"]
    assert "`books:lend`" in lend["description"]
    assert "is_late" in document["components"]["schemas"]["Partner"]["properties"]


def test_action_can_be_tried_out_in_swagger_ui(swagger, library):
    credentials = {"login": "admin", "password": "admin"}
    issued = requests.post(f"{library}/api/auth/token", json=credentials, timeout=60)
    swagger.open("api: library")
    swagger.authorize(issued.json()["access_token"])
    swagger.close()
    answer = swagger.try_out("get", "/statistics")
    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text('"lent": 1')
    swagger.open("api: books")
    expect(swagger.page.get_by_text("Lend a book")).to_be_visible()
