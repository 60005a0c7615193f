"""The snippets of a page of the documentation."""

import re
from typing import NamedTuple

from docutils import nodes
from docutils.core import publish_doctree

FILE_RE = re.compile(r"[\w./]+\.\w+")


class Snippet(NamedTuple):
    language: str
    text: str
    line: int
    section: str
    file: str | None  # that it is, if the paragraph before it ends with its name


def read_page(path):
    """Parse a page.

    :param Path path: of reStructuredText
    :rtype: docutils.nodes.document
    :raise docutils.utils.SystemMessage: it is malformed
    """
    settings = {"halt_level": 2, "report_level": 5, "syntax_highlight": "none"}
    return publish_doctree(
        path.read_text(), source_path=str(path), settings_overrides=settings
    )


def read_snippets(path):
    """Return the code blocks of a page that name a language, in their order.

    :param Path path: of reStructuredText
    :rtype: list of Snippet
    """
    return [
        Snippet(
            language=block["classes"][1],
            text=block.astext(),
            line=block.line,
            section=block.parent["names"][0],
            file=find_file(block),
        )
        for block in read_page(path).findall(nodes.literal_block)
        if "code" in block["classes"]
    ]


def find_file(block):
    before = block.previous_sibling()
    if isinstance(before, nodes.system_message):  # of a list that goes on after a block
        before = before.previous_sibling()
    while isinstance(before, nodes.enumerated_list | nodes.list_item):
        before = before[-1]
    if not isinstance(before, nodes.paragraph) or len(before) < 2:
        return None
    *_others, name, colon = before
    is_name = isinstance(name, nodes.literal) and FILE_RE.fullmatch(name.astext())
    return name.astext() if is_name and colon.astext() == ":" else None
