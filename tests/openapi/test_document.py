"""The documents are valid OpenAPI."""

import html
import json
import re

import pytest
import requests
from openapi_spec_validator import validate


@pytest.fixture(scope="module")
def get(server):
    def get_path(path, **options):
        response = requests.get(server.url + path, timeout=60, **options)
        assert response.status_code == 200, response.text
        return response

    return get_path


def test_document_of_everything(get):
    document = get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1.")
    validate(document)


def test_document_of_a_token(get, token):
    validate(get("/api/openapi.json", headers={"access-token": token}).json())


def test_document_of_each_service(get):
    page = get("/api-docs").text
    settings = re.search(r'data-settings="([^"]*)"', page).group(1)
    entries = json.loads(html.unescape(settings))["urls"]
    assert entries
    for entry in entries:
        validate(get(entry["url"]).json())
