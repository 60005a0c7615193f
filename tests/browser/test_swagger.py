import pytest
from playwright.sync_api import expect

from .rpc import issue


@pytest.fixture(autouse=True)
def definition(swagger):
    swagger.open("api: auth")


def test_call_without_token_is_refused(swagger, screenshot):
    answer = swagger.try_out("get", "/me")
    expect(answer).to_contain_text("401")
    screenshot("swagger_unauthorized")


def test_nothing_is_asked_of_other_hosts(swagger, stray_requests):
    expect(swagger.try_out("get", "/me")).to_contain_text("401")
    assert not [route.request.url for route in stray_requests]


def test_call_with_token_is_answered(swagger, server, user, screenshot):
    secret = issue(server, user, "Swagger UI")
    screenshot("swagger")
    swagger.authorize(secret)
    screenshot("swagger_authorized")
    swagger.close()
    answer = swagger.try_out("get", "/me")
    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text(user.login)
    screenshot("swagger_try_it_out")
