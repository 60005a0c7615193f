"""Tokens of applications among those that their user can have."""

import pytest

MAX_ACTIVE = "odoo_rest_token.max_active"


@pytest.fixture
def limit_tokens(administrator):
    def limit(number):
        administrator.call("ir.config_parameter", "set_param", MAX_ACTIVE, number)

    yield limit
    limit(False)


def test_a_refresh_takes_the_place_of_the_token_that_it_ends(
    flow, make_person, limit_tokens
):
    person = make_person("holly")
    tokens = [flow.connect(person) for _number in range(2)]
    limit_tokens("2")
    response = flow.refresh(tokens[0]["refresh_token"])
    assert response.status_code == 200, response.text
    tokens[0] = response.json()
    assert [flow.call(token) for token in tokens] == [200, 200]


def test_one_more_ends_the_one_that_was_not_used_for_the_longest(
    flow, make_person, limit_tokens
):
    person = make_person("ivy")
    limit_tokens("1")
    tokens = [flow.connect(person) for _number in range(2)]
    assert [flow.call(token) for token in tokens] == [401, 200]
