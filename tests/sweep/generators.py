"""Generators of clients that nobody here wrote, and the compilers of what they make."""

import os
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
NODE = REPO / ".odoo" / "sweep" / "node_modules" / ".bin"
STRICT = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom"]
EXPECTED = (
    "OpenAPI 3.1 support is still in beta",  # of each document
    # Names of schemas and parameters stay as they are for those who have clients.
    "cannot be used as a model name. Renamed",
    "cannot be used as model name. Renamed",
    "cannot be used as parameter name. Renamed",
    "Ignoring complex example on request body",  # of a list
)
# Of "python" for each document that has a text, be it the only thing it has; of the
# other for each number that is one of several alternatives.
NAMELESS = "Failed to get the schema name: null"
EXPECTED_OF = {"python": (NAMELESS,), "typescript-fetch": (NAMELESS,)}


class GeneratorError(Exception):
    """What a generator, or the compiler of what it made, has to complain of."""


def run(folder, *command, **environment):
    """Run a command in a folder.

    :param environment: beside that of this process
    :return: what it printed
    :raise GeneratorError: it failed
    """
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={**os.environ, **{n: str(v) for n, v in environment.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    printed = done.stdout + done.stderr
    if done.returncode:
        raise GeneratorError(f"{command[0]} {command[1]}: {printed[-3000:]}")
    return printed


def openapi_python_client(folder):
    (folder / "config.yml").write_text("post_hooks: []\n")
    command = [BIN / "openapi-python-client", "generate", "--path", "openapi.json"]
    command += ["--meta", "none", "--output-path", "python_client"]
    run(folder, *command, "--config", "config.yml", "--fail-on-warning")
    run(
        folder, sys.executable, "-W", "error", "-m", "compileall", "-q", "python_client"
    )


def openapi_typescript(folder):
    run(folder, NODE / "openapi-typescript", "openapi.json", "--output", "types.ts")
    run(folder, NODE / "tsc", *STRICT, "types.ts")


def typescript_fetch(folder):
    generate(folder, "typescript-fetch", "fetch")
    run(folder, NODE / "tsc", *STRICT, "--moduleResolution", "bundler", "--module",
        "esnext", "fetch/index.ts")  # fmt: skip


def python(folder):
    generate(folder, "python", "python")
    run(folder / "python", sys.executable, "-W", "error", "-c",
        "import openapi_client.api, openapi_client.models")  # fmt: skip


def generate(folder, generator, output, *options):
    """Have openapi-generator make a client, without a warning.

    :raise GeneratorError: it warned
    """
    command = [BIN / "openapi-generator-cli", "generate", "-i", "openapi.json"]
    printed = run(folder, *command, "-g", generator, "-o", output, *options)
    expected = (*EXPECTED, *EXPECTED_OF.get(generator, ()))
    warnings = [
        line
        for line in printed.splitlines()
        if ("WARN" in line or "ERROR" in line)
        and not any(text in line for text in expected)
    ]
    if warnings:
        raise GeneratorError(f"{generator} warns: " + "\n".join(sorted(set(warnings))))


GENERATORS = (openapi_python_client, openapi_typescript, typescript_fetch, python)
