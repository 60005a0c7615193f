"""The document is valid, and generators make clients of it that compile."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from openapi_spec_validator import validate

from .generators import GENERATORS, GeneratorError

CHUNK = 25  # models of a document that a client is generated from
ACCESSES = ("read", "write")


@pytest.fixture(scope="module")
def documents(exposed, admin):
    """What tokens that are limited to some of the resources are told."""
    chunks = [exposed[at : at + CHUNK] for at in range(0, len(exposed), CHUNK)]
    return [get_document(admin, chunk) for chunk in chunks]


def get_document(admin, models):
    scope = " ".join(f"{m.path}:{access}" for m in models for access in ACCESSES)
    token = admin.issue(scope=scope)
    answer = admin.call("GET", "/api/openapi.json", token=token)
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert {model.url for model in models} <= set(document["paths"])
    return document


def test_documents_are_valid(documents, report):
    for document in documents:
        validate(document)
        report.count("operations described", sum(map(len, document["paths"].values())))


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda each: each.__name__)
def test_client_compiles(documents, generator, report, tmp_path):
    kind = f"clients of {generator.__name__}"

    def generate(number, document):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "openapi.json").write_text(json.dumps(document))
        try:
            generator(folder)
            report.count(kind)
        except GeneratorError as error:
            report.check(kind, False, str(error))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(generate, *zip(*enumerate(documents))))
    faults = report.faults.get(kind, [])
    assert not faults, "\n\n".join(faults)
