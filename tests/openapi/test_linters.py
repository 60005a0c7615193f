"""The linters of others have nothing to say of the document."""

import json
import subprocess
from pathlib import Path

import pytest
import requests

NODE = Path(__file__).resolve().parents[2] / ".odoo" / "node" / "node_modules" / ".bin"
RULES = {
    "extends": ["spectral:oas"],
    "rules": {
        "info-contact": "off",  # whose server it is, is not for an addon to say
        "operation-description": "off",  # a summary says all of some
        # OpenAPI 3.1 has scopes of all schemes.
        "oas3-operation-security-defined": "off",
    },
}


@pytest.fixture
def folder(server, tmp_path):
    document = requests.get(f"{server.url}/api/openapi.json", timeout=60)
    (tmp_path / "openapi.json").write_text(document.text)
    return tmp_path


def lint(folder, *command):
    done = subprocess.run(
        [NODE / command[0], "lint", "openapi.json", *command[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_redocly_has_nothing_to_say(folder):
    (folder / "redocly.yaml").write_text("extends: [recommended]\n")
    code, said = lint(folder, "redocly", "--format=json", "--max-problems=1000")
    assert code == 0, said
    problems = json.loads(said[said.index("{") : said.rindex("}") + 1])["problems"]
    assert not problems, problems[:20]


def test_spectral_has_nothing_to_say(folder):
    (folder / "rules.json").write_text(json.dumps(RULES))
    code, said = lint(folder, "spectral", "-r", "rules.json", "-F", "hint")
    assert code == 0, said[:5000]
