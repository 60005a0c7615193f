import os
import re
from collections import defaultdict

import pytest
from browser.conftest import browser
from servers import ADDONS, OPTIONAL_ADDONS, database, serving

from .attacks import Flow
from .people import Administrator, Person

__all__ = ["browser"]

NAME = "rest_oauth"
OUTCOMES = defaultdict(list)  # by the section of RFC 9700
SECTION_RE = re.compile(r"4\.\d+(\.\d+)?")


# ------------------------------------------------------------
# What was tried, and what held
# ------------------------------------------------------------


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    section = SECTION_RE.match(item.function.__doc__ or "")
    if section and (call.when == "call" or report.failed):
        attack = item.function.__doc__.splitlines()[0]
        OUTCOMES[section[0]].append((attack, report.passed))


def pytest_terminal_summary(terminalreporter):
    held = [passed for outcomes in OUTCOMES.values() for _name, passed in outcomes]
    if not held:
        return
    terminalreporter.section(f"RFC 9700: {sum(held)} of {len(held)} held", sep="-")
    for section in sorted(OUTCOMES, key=lambda each: [*map(int, each.split("."))]):
        for name, passed in OUTCOMES[section]:
            outcome = "held       " if passed else "GOT THROUGH"
            terminalreporter.write_line(f"  {outcome}  {name}")


# ------------------------------------------------------------
# The server, people and applications
# ------------------------------------------------------------


@pytest.fixture(scope="session")
def site(server):
    """Address of a server that has the addon; a server of its own, if not told."""
    if "REST_OAUTH_URL" in os.environ:
        yield server._replace(url=os.environ["REST_OAUTH_URL"])
        return
    addons = f"{ADDONS},{OPTIONAL_ADDONS}"
    options = ["-d", NAME, "--db-filter", f"^{NAME}$", "--workers", "2"]
    with database(NAME, addons), serving(NAME, *options) as url:
        yield server._replace(url=url, db=NAME)


@pytest.fixture(scope="session")
def administrator(site):
    return Administrator(site, site.login, site.password)


@pytest.fixture(scope="session")
def make_person(site, administrator):
    return lambda name: Person(site.url, *administrator.make_user(name))


@pytest.fixture(scope="session")
def alice(make_person):
    """A user, who allows what she is asked for."""
    return make_person("alice")


@pytest.fixture(scope="session")
def mallory(make_person):
    """Another user, who attacks."""
    return make_person("mallory")


@pytest.fixture(scope="session")
def application(administrator):
    """An application on a server, which keeps a secret."""
    return administrator.make_application("auth:read", "partners:read")


@pytest.fixture(scope="session")
def public(administrator):
    """An application on a phone, which keeps none."""
    return administrator.make_application(
        "partners:read", name="Phone", is_confidential=False
    )


@pytest.fixture(scope="session")
def other(administrator):
    """An application of the attacker's."""
    uri = "https://evil.example.com/callback"
    return administrator.make_application("partners:read", name="Other", uri=uri)


@pytest.fixture
def flow(site, application):
    return Flow(site.url, application)


@pytest.fixture
def public_flow(site, public):
    return Flow(site.url, public)


@pytest.fixture
def others_flow(site, other):
    return Flow(site.url, other)
