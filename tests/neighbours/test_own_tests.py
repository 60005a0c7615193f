"""OCA's addons are as right beside ours as they are alone."""

import pytest

from .databases import ALONE, BESIDE_OURS, get_neighbours, run_tests

WITHOUT_TESTS = {  # as far as their wheels go
    "base_rest_auth_api_key",
    "base_rest_auth_jwt",
    "extendable",
    "pydantic",
}


@pytest.mark.parametrize("addon", get_neighbours())
def test_their_tests_fail_where_they_fail_without_ours(addon, without_ours, with_ours):
    alone = run_tests(without_ours, ALONE, addon)
    beside = run_tests(with_ours, BESIDE_OURS, addon)
    assert bool(alone.total) == (addon not in WITHOUT_TESTS)
    print(f"{addon}: {alone.total} tests, {len(alone.failed)} of which fail anyway")
    assert beside == alone
