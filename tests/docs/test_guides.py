"""The guides quote buttons, pages and menus as they are called in their language."""

import polib
import pytest
from docutils import nodes
from servers import ADDONS, REPO

from .snippets import read_page


@pytest.fixture(scope="module")
def french():
    """The addons' terms, and their French."""
    paths = [REPO / addon / "i18n" / "fr.po" for addon in ADDONS.split(",")]
    return {term.msgid: term.msgstr for path in paths for term in polib.pofile(path)}


def read_quoted(language):
    """Return the names that a guide has in italics: of menus, each of a path."""
    page = read_page(REPO / "docs" / f"guide.{language}.rst")
    for quoted in page.findall(nodes.emphasis):
        yield from " ".join(quoted.astext().split()).split(" / ")


def read_own(names, terms):
    """Return the names that are the addons', in their order: others are Odoo's."""
    return [name for name in names if name in terms]


def test_guides_quote_the_same_names(french):
    english = read_own(read_quoted("en"), french)
    assert {"New token", "Issue token", "Revoke", "Revoke all"} <= set(english)
    translated = [french[name] for name in english]
    assert read_own(read_quoted("fr"), french.values()) == translated
