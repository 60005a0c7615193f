import pytest
from hypothesis import settings

from .target import target
from .verdict import get_fault
from .wire import make_request, send

# The same examples each time.
settings.register_profile(
    "derandomized", derandomize=True, database=None, deadline=None, max_examples=40
)
settings.load_profile("derandomized")


@pytest.fixture(scope="session")
def fuzzed():
    """Server of several workers."""
    with target() as server:
        yield server


@pytest.fixture(scope="session")
def token(fuzzed):
    return fuzzed.issue()


@pytest.fixture(scope="session")
def ask(fuzzed, token):
    """Sends a request with a token, and looks whether the answer is in order."""

    def ask(method, path, headers=(), body=b"", **options):
        headers = (("access-token", token), *headers)
        return ask_without_token(method, path, headers, body, **options)

    def ask_without_token(method, path, headers=(), body=b"", **options):
        request = make_request(method, path, headers, body, **options)
        answer = send(fuzzed.url, request)
        fault = get_fault(request.to_bytes(), answer)
        assert not fault, f"{fault}: {request.to_bytes()[:500]!r}\n{answer}"
        return answer

    ask.without_token = ask_without_token
    return ask


@pytest.fixture(autouse=True, scope="session")
def nothing_bad_is_logged(fuzzed):
    """No error, no traceback, no worker lost, whatever the tests send."""
    yield
    assert not fuzzed.get_bad_records()
