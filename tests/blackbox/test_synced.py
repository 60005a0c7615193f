"""What is synced has an index, which the server makes while it serves."""

import time

import pytest

from .resources import Exposing


@pytest.fixture
def expose(admin):
    expose = Exposing(admin)
    yield expose
    expose.remove()


def get_advice(admin, resource):
    """Return what the form says to whoever looks at it."""
    return admin("rest.resource", "read", [resource], ["advice"])[0]["advice"]


def test_index_is_made_soon_after_a_resource_is_synced(admin, expose):
    names = ("name", "write_date")
    resource = expose("blackbox-synced", "res.country", *names, synced=True)
    ends_at = time.monotonic() + 60
    while get_advice(admin, resource):
        assert time.monotonic() < ends_at, "there is no index"
        time.sleep(0.2)
