#!/usr/bin/env python3
"""Each addon's README.rst and index.html, from its manifest and its readme/ folder.

The fragments are those of OCA's addons, ``DESCRIPTION.rst`` and so on; images are named
as from the fragment: ``../static/description/page.png``.
"""

import ast
from pathlib import Path

from docutils.core import publish_string
from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).resolve().parent
IMAGES = "static/description/"
HTML = {
    # Any warning of docutils is an error.
    "halt_level": 2,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "syntax_highlight": "none",
    "embed_stylesheet": False,
    # Odoo has styles of its own, and a warning for an XML declaration.
    "stylesheet_path": "",
    "xml_declaration": False,
}


def read_fragments(addon):
    """Return the texts of an addon's fragments by name.

    :param Path addon: its folder
    """
    return {path.stem: path.read_text().strip() for path in addon.glob("readme/*.rst")}


def render_readme(addon):
    """Return an addon's README, in reStructuredText."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    # reStructuredText has nothing to escape.
    environment = Environment(loader=FileSystemLoader(HERE))  # nosec B701
    text = environment.get_template("readme.rst.jinja").render(
        manifest=manifest,
        maturity=manifest.get("development_status", "Beta"),
        fragments=read_fragments(addon),
    )
    return text.replace(f"../{IMAGES}", IMAGES).strip() + "\n"


def render_index(readme):
    """Return the page that Odoo shows in *Apps*, where images lie beside the page."""
    html = publish_string(readme, writer="html4css1", settings_overrides=HTML).decode()
    return html.replace(f'src="{IMAGES}', 'src="')


def main():
    for manifest in sorted(HERE.parent.glob("*/__manifest__.py")):
        addon = manifest.parent
        readme = render_readme(addon)
        (addon / "README.rst").write_text(readme)
        (addon / IMAGES / "index.html").write_text(render_index(readme))


if __name__ == "__main__":
    main()
