"""What is fetched to build, run and test is what was looked at."""

import re

import pytest
from servers import REPO

WORKFLOWS = sorted(REPO.glob(".github/workflows/*.yml"))
REQUIREMENTS = [
    REPO / ".github" / "pre-commit.txt",
    *sorted(REPO.glob("setup/docker/requirements/*.txt")),
]
DOCKERFILE = REPO / "setup" / "docker" / "Dockerfile"
COMPOSE = REPO / "compose.yaml"
DIGEST = re.compile(r"@sha256:[0-9a-f]{64}\b")
SUPPORTED = range(16, 19)  # versions of PostgreSQL
LEFT_ALONE = (
    "ghcr.io/oca/oca-ci/",  # rebuilt all along, under one tag
    *(f"odoo:{series}" for series in ("14.0", "15.0", "16.0")),  # published no more
)


def find(pattern, *files):
    found = [
        match.group(1)
        for file in files
        for match in re.finditer(pattern, file.read_text(), re.MULTILINE)
    ]
    assert found
    return found


def test_actions_are_commits():
    for used in find(r"uses: (.*)$", *WORKFLOWS):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", used), used


def test_images_are_digests():
    images = find(r"^ +(?:image|container): (\S+[:@]\S+)", *WORKFLOWS, COMPOSE)
    images += find(r"^FROM (\S+[:@]\S+) AS", DOCKERFILE)
    for image in images:
        assert DIGEST.search(image) or image.startswith(LEFT_ALONE), image


def test_postgresql_is_one_that_is_supported():
    for version in find(r"image: postgres:(\d+)", *WORKFLOWS, COMPOSE):
        assert int(version) in SUPPORTED


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda file: file.name)
def test_packages_are_hashes(file):
    lines = file.read_text().replace("\\\n", "").splitlines()
    for line in lines:
        assert re.fullmatch(r"[\w-]+==\S+( +--hash=sha256:[0-9a-f]{64})+ *", line), line


def test_pip_takes_nothing_else():
    for command in find(r"(pip3? install .*)", *WORKFLOWS, DOCKERFILE):
        assert "--require-hashes" in command or "--no-index" in command, command


def test_each_series_of_compose_has_its_packages():
    series = find(r"^FROM \S+ AS odoo-(\S+)", DOCKERFILE)
    assert {f"{name}.txt" for name in series} <= {file.name for file in REQUIREMENTS}
