"""Requests that are made up, the same ones each time."""

import os

from .campaign import Campaign

COUNT = int(os.environ.get("FUZZ_TEST_COUNT", 2000))


def test_nothing_is_found(fuzzed):
    campaign = Campaign(fuzzed, COUNT, seed="make test")
    findings = campaign.run()
    assert not findings, "\n".join(map(str, findings[:20]))
    assert campaign.sent == COUNT
    # They come as far as they can, in each direction.
    assert {200, 201, 204, 400, 401, 404, 405, 422} <= set(campaign.statuses)
