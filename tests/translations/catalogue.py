"""Makes the translation templates by Odoo's own export, and updates the translations.

    python -m translations.catalogue

writes ``i18n/*.pot`` and ``i18n/*.po`` of the addons, from a database of its own, and
says what is not translated.
"""

import sys
from contextlib import contextmanager
from pathlib import Path

import polib
from servers import ADDONS, INSIDE, OPTIONAL_ADDONS, REPO, database, odoo

NAMES = f"{ADDONS},{OPTIONAL_ADDONS}".split(",")
MADE_BY = "14.0"  # series whose export the templates are
DATES = ("POT-Creation-Date", "PO-Revision-Date")
# A command from Odoo 19.0, an option before
EXPORT = """
    file=$(mktemp -d)/$2.po
    if odoo i18n export --help >/dev/null 2>&1; then
        odoo i18n export -d "$1" --output "$file" "$2"
    else
        odoo -d "$1" --modules="$2" --i18n-export="$file" --no-http
    fi >&2
    cat "$file"
"""


@contextmanager
def exporting():
    """Return a function that exports the template of an addon."""
    with database("rest_i18n", ",".join(NAMES)) as name:

        def export(addon):
            return parse(odoo("run", "bash", "-c", EXPORT, "export", name, addon))

        yield export


def parse(text):
    """Read a template, without what differs from one export to the next.

    :rtype: polib.POFile
    """
    template = polib.pofile(text, wrapwidth=78)
    for name in DATES:
        template.metadata.pop(name, None)
    for entry in template:
        entry.occurrences = [
            (path.replace(f"{INSIDE}/", ""), line) for path, line in entry.occurrences
        ]
        # From 16.0, Odoo finds the terms of its code by this.
        if any(path.startswith("code:") for path, _line in entry.occurrences):
            entry.comment += "\nodoo-python"
    template.sort(key=lambda entry: entry.msgid)
    return template


def get_template_path(addon):
    return REPO / addon / "i18n" / f"{addon}.pot"


def get_translation_paths(addon):
    return sorted((REPO / addon / "i18n").glob("*.po"))


def get_untranslated(translation):
    """Return the terms that have no translation, or one that has to be looked at.

    :rtype: list of str
    """
    entries = [*translation.untranslated_entries(), *translation.fuzzy_entries()]
    return [entry.msgid for entry in entries]


def squeeze(text):
    """Leave out what a formatter of XML changes."""
    return " ".join(text.split())


def update(path, template):
    """Give a translation the terms of a template, and keep what is translated.

    :return: what is not translated
    :rtype: list of str
    """
    translation = polib.pofile(path, wrapwidth=78)
    known = {squeeze(entry.msgid): entry for entry in translation}
    for term in template:
        if squeeze(term.msgid) in known:
            known[squeeze(term.msgid)].msgid = term.msgid
    translation.merge(template)
    for entry in translation.obsolete_entries():
        translation.remove(entry)
    translation.sort(key=lambda entry: entry.msgid)
    translation.save(path)
    return get_untranslated(translation)


def main():
    status = 0
    with exporting() as export:
        for addon in NAMES:
            template = export(addon)
            path = get_template_path(addon)
            Path(path.parent).mkdir(exist_ok=True)
            template.save(path)
            print(f"{path.relative_to(REPO)}: {len(template)} terms")
            for translation in get_translation_paths(addon):
                untranslated = update(translation, template)
                print(f"{translation.relative_to(REPO)}: {len(untranslated)} to do")
                for term in untranslated:
                    status = 1
                    print(f"    {term!r}")
    return status


if __name__ == "__main__":
    sys.exit(main())
