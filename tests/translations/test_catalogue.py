"""Templates are what Odoo exports, and French is complete."""

import re

import polib
import pytest
from servers import SERIES

from .catalogue import (
    MADE_BY,
    NAMES,
    exporting,
    get_template_path,
    get_translation_paths,
    get_untranslated,
)

PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|</?strong>")
FORGOTTEN = "make i18n was forgotten"


@pytest.fixture(scope="module")
def export():
    with exporting() as function:
        yield function


@pytest.fixture(params=NAMES)
def addon(request):
    return request.param


@pytest.fixture
def french(addon):
    return polib.pofile(get_template_path(addon).with_name("fr.po"))


def terms(catalogue):
    return {entry.msgid for entry in catalogue}


def is_name_of_a_model(entry):
    return all(path.startswith("model:ir.model,") for path, _line in entry.occurrences)


def test_template_is_what_odoo_exports(addon, export):
    committed, exported = polib.pofile(get_template_path(addon)), export(addon)
    if SERIES == MADE_BY:
        assert terms(committed) == terms(exported), FORGOTTEN
    else:  # What is called otherwise there are models of Odoo's own.
        own = [entry for entry in exported if not is_name_of_a_model(entry)]
        assert terms(own) <= terms(committed), FORGOTTEN


def test_translations_have_the_terms_of_the_template(addon):
    template = polib.pofile(get_template_path(addon))
    for path in get_translation_paths(addon):
        assert terms(polib.pofile(path)) == terms(template), FORGOTTEN


def test_french_is_complete(french):
    assert not get_untranslated(french)


def test_french_keeps_placeholders_and_tags(french):
    for entry in french:
        found = PLACEHOLDER.findall(entry.msgid)
        assert sorted(PLACEHOLDER.findall(entry.msgstr)) == sorted(found), entry.msgid


def test_french_is_set_as_french_is(french):
    """Non-breaking spaces before and within its punctuation."""
    for entry in french:
        assert not re.search(r" [:;?!»]|« ", entry.msgstr), entry.msgstr
